// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exchange.AgentMarketConfiguration;
import io.penstock.market.Side;
import io.penstock.report.RunResult;
import io.penstock.report.RunStatus;
import io.penstock.strategy.OrderTicket;
import io.penstock.strategy.Orders;
import io.penstock.strategy.Reason;
import io.penstock.strategy.Strategy;
import io.penstock.trading.Venue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The strategy's code before its first callback and in its last one.
final class WatchTest {
    private static final CountDownLatch CONSTRUCTOR = new CountDownLatch(1);
    private static final CountDownLatch INITIALISER = new CountDownLatch(1);

    /// Its constructor does not return before it is let go.
    public static final class SlowToMake implements Strategy {
        public SlowToMake() {
            await(CONSTRUCTOR);
        }
    }

    /// Its static initialiser does not return before it is let go.
    public static final class SlowToLoad implements Strategy {
        static final int ANSWER = slowly();

        private static int slowly() {
            await(INITIALISER);
            return 42;
        }
    }

    /// Its static initialiser throws.
    public static final class CannotLoad implements Strategy {
        static final int ANSWER = Integer.parseInt("no number");
    }

    /// Sends requests in its last callback.
    public static final class Late implements Strategy {
        @Override
        public void onStop(Orders orders) {
            orders.market(0, Side.BUY, 1);
            orders.submit(OrderTicket.limit(0, Side.BUY, 1, 1));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void tellsWhenAConstructorDoesNotReturn() {
        assertThat(told(SlowToMake.class, CONSTRUCTOR))
                .singleElement()
                .asString()
                .matches(
                        "WatchTest.java:\\d+: SlowToMake: its constructor or a static initialiser"
                                + " has not returned for 50 ms");
    }

    @Test
    void tellsWhenAStaticInitialiserDoesNotReturn() {
        assertThat(told(SlowToLoad.class, INITIALISER))
                .singleElement()
                .asString()
                .matches(
                        "WatchTest.java:\\d+: SlowToLoad: its constructor or a static initialiser"
                                + " has not returned for 50 ms");
    }

    @Test
    void saysAtWhichLineAStaticInitialiserThrew() {
        assertThatThrownBy(() -> new Backtest(plan(CannotLoad.class), RunListener.NONE).run())
                .isInstanceOf(StrategyException.class)
                .hasMessageMatching(
                        "(?s)WatchTest.java:\\d+: CannotLoad: its static initialiser failed:"
                                + " java.lang.NumberFormatException.*");
    }

    @Test
    void refusesRequestsOfTheLastCallbackBecauseTheSessionIsOver() {
        RunResult result = new Backtest(plan(Late.class), RunListener.NONE).run().result();

        assertThat(result.status()).isEqualTo(RunStatus.COMPLETE);
        assertThat(result.orders().rejections()).isEqualTo(Map.of(Reason.SESSION_END, 2L));
    }

    private static List<String> told(Class<? extends Strategy> strategy, CountDownLatch latch) {
        List<String> told = new ArrayList<>();
        RunListener listener =
                new RunListener() {
                    @Override
                    public void onProgress(long events, long total) {}

                    @Override
                    public void onStuck(String message, @Nullable RunResult soFar) {
                        told.add(message);
                        assertThat(soFar).isNull();
                        latch.countDown();
                    }
                };
        new Backtest(plan(strategy), listener).run();
        return told;
    }

    private static BacktestPlan plan(Class<? extends Strategy> strategy) {
        return new BacktestPlan(
                Strategies.load(strategy),
                Map.of(),
                new MarketData.Agents(
                        AgentMarketConfiguration.of(1).withDuration(1_000_000_000L), "agents"),
                BacktestPlan.World.standard(),
                new BacktestPlan.Run(
                        Long.MIN_VALUE, Venue.NEVER, 1, Placement.FUSED, 50_000_000L, List.of()));
    }
}
