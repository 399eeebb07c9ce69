// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.report.EquitySeries;
import io.penstock.report.OrderCounts;
import io.penstock.report.RunResult;
import io.penstock.report.RunSetup;
import io.penstock.report.RunSpeed;
import io.penstock.report.RunStatus;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/// Results of runs that did nothing.
final class Results {
    private Results() {}

    static RunResult complete() {
        return of(RunStatus.COMPLETE);
    }

    static RunResult partial(String reason) {
        return of(RunStatus.partial(reason));
    }

    private static RunResult of(RunStatus status) {
        return new RunResult(
                new RunSetup("Nothing on X", "backtest", "Idle", List.of(), "", 0, 0, 1, List.of()),
                status,
                new RunSpeed(0, 0, 0, -1),
                new OrderCounts(Map.of(), Map.of(), 0, "00", 0),
                List.of(),
                new EquitySeries(new long[0], new double[0], new double[0], BigDecimal.ZERO),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
