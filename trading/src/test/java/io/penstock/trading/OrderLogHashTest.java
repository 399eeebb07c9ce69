// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.Side;
import io.penstock.strategy.OrderState;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderLogHashTest {
    @Test
    void isTheHashOfAllRecordsAtAnyTime() throws Exception {
        OrderLogHash hash = new OrderLogHash();
        MessageDigest whole = MessageDigest.getInstance("SHA-256");
        OrderLog both =
                (segment, offset) -> {
                    hash.append(segment, offset);
                    whole.update(
                            segment.asSlice(offset, OrderRecord.BYTES)
                                    .toArray(ValueLayout.JAVA_BYTE));
                };
        OmsHarness harness = new OmsHarness(OmsConfiguration.DEFAULT, both);
        for (int id = 1; id <= 100; id++) {
            harness.buy(id, 5, 1_000);
            harness.fill(id, 5, 1_000);
            String expected = HexFormat.of().formatHex(((MessageDigest) whole.clone()).digest());
            assertThat(hash.hex()).isEqualTo(expected);
        }
        assertThat(hash.count()).isEqualTo(300);
    }

    @Test
    void logsWhatHappensInItsOrder() {
        List<String> lines = new ArrayList<>();
        OrderLog log =
                (s, o) ->
                        lines.add(
                                OrderRecord.entry(s, o)
                                        + " "
                                        + OrderRecord.kindCode(s, o)
                                        + " "
                                        + OrderRecord.clientOrderId(s, o)
                                        + " "
                                        + OrderRecord.state(s, o)
                                        + " "
                                        + OrderRecord.reason(s, o)
                                        + " "
                                        + OrderRecord.quantity(s, o));
        OmsHarness harness = new OmsHarness(OmsConfiguration.DEFAULT, log);
        harness.buy(1, 5, 1_000);
        harness.fill(1, Side.BUY, 6, 1_000, 1);
        harness.fill(1, Side.BUY, 6, 1_000, 1);
        harness.buy(2, 5, 1_000);
        int fill = ReportKind.FILL.code();
        int rejected = ReportKind.REJECTED.code();
        assertThat(lines)
                .containsExactly(
                        line("REQUEST", 0, 1, OrderState.NEW, Reason.NONE, 5),
                        line("SENT", 0, 1, OrderState.NEW, Reason.NONE, 5),
                        line("REPORT", fill, 1, OrderState.FILLED, Reason.NONE, 6),
                        line("TRADING_STATE", 1, 1, OrderState.NEW, Reason.NONE, 0),
                        line("HELD_BACK", fill, 1, OrderState.NEW, Reason.NONE, 6),
                        line("REQUEST", 0, 2, OrderState.NEW, Reason.NONE, 5),
                        line("ANSWER", rejected, 2, OrderState.REJECTED, Reason.REDUCING, 0));
    }

    private static String line(
            String entry, int kind, long id, OrderState state, Reason reason, long quantity) {
        return entry + " " + kind + " " + id + " " + state + " " + reason + " " + quantity;
    }
}
