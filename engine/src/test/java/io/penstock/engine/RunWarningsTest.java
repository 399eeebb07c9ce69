// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import static io.penstock.engine.TapeMaker.ONE;
import static io.penstock.engine.TapeMaker.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.Side;
import io.penstock.market.Tape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunWarningsTest {
    @TempDir Path folder;

    @Test
    void countsQuotesThatAreCrossed() {
        try (TapeMaker maker = new TapeMaker(folder.resolve("tape"), ONE, TWO)) {
            maker.quote(ONE, 100, 101).after(10).quote(ONE, 102, 101).after(10);
            maker.quote(ONE, 101, 101).after(10).quote(TWO, 7, 9).after(10).quote(ONE, 100, 99);
            assertThat(warnings(maker))
                    .containsExactly(
                            "ONE: quotes with the bid above the ask: 2; the strategy saw them as"
                                    + " they are");
        }
    }

    @Test
    void countsGapsInTheMiddleOfARunThatEndsWell() {
        try (TapeMaker maker = new TapeMaker(folder.resolve("tape"), ONE, TWO)) {
            maker.snapshot(ONE, 100, 101, 10).after(10).level(ONE, Side.BUY, 99, 5, 11).after(10);
            maker.level(ONE, Side.BUY, 98, 5, 13).after(10).level(ONE, Side.BUY, 97, 5, 14);
            maker.after(10).snapshot(ONE, 100, 101, 20).after(10).level(ONE, Side.BUY, 98, 5, 25);
            maker.after(10).snapshot(ONE, 100, 101, 30);
            maker.after(10).snapshot(TWO, 100, 101, 10);
            assertThat(warnings(maker))
                    .singleElement()
                    .asString()
                    .startsWith("ONE: gaps in the data: 2; ");
        }
    }

    private static List<String> warnings(TapeMaker maker) {
        try (Tape tape = maker.open()) {
            BacktestPlan plan =
                    new BacktestPlan(
                            Strategies.load(Strategies.Idle.class),
                            Map.of(),
                            new MarketData.Recorded(tape, "test", 0, List.of()),
                            BacktestPlan.World.standard(),
                            BacktestPlan.Run.whole(1));
            return new Backtest(plan, RunListener.NONE).run().result().warnings();
        }
    }
}
