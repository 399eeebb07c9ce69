// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exchange.AgentMarket;
import io.penstock.exchange.AgentMarketConfiguration;
import io.penstock.exchange.FeeSchedule;
import io.penstock.market.EventKind;
import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import io.penstock.market.Quote;
import io.penstock.market.Side;
import io.penstock.market.Tape;
import io.penstock.market.TapeHeader;
import io.penstock.market.TapeWriter;
import io.penstock.report.RunResult;
import io.penstock.strategy.Orders;
import io.penstock.strategy.Strategy;
import io.penstock.trading.Venue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing may use what it could not have known yet.
final class LookAheadTest {
    private static final long START_NS = 1_767_623_400_000_000_000L;
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final int QUOTES = 5_000;
    private static final Instrument INSTRUMENT =
            new Instrument(0, "WALK", 2, 1, BigDecimal.ONE, Instrument.Origin.GIVEN);

    @TempDir Path folder;

    /// Knows the tape: the cheat that shows what looking ahead would earn.
    public static final class Oracle implements Strategy {
        static long[] mids = new long[0];
        private int index;

        @Override
        public void onQuote(Quote quote, Orders orders) {
            index++;
            if (index < mids.length) {
                long wanted = Long.signum(mids[index] - mids[index - 1]);
                long missing = wanted - orders.position(0).quantity();
                if (wanted != 0 && missing != 0) {
                    orders.market(0, missing > 0 ? Side.BUY : Side.SELL, Math.abs(missing));
                }
            }
        }
    }

    private static RunResult run(
            Tape tape,
            Class<? extends Strategy> strategy,
            Map<String, String> parameters,
            long to) {
        BacktestPlan plan =
                new BacktestPlan(
                        Strategies.load(strategy),
                        parameters,
                        new MarketData.Recorded(tape, "test", 0, List.of()),
                        BacktestPlan.World.standard(),
                        new BacktestPlan.Run(
                                Long.MIN_VALUE, to, 1, Placement.FUSED, MINUTE_NS, List.of()));
        BacktestOutcome outcome = new Backtest(plan, RunListener.NONE).run();
        assertThat(outcome.failure()).isNull();
        return outcome.result();
    }

    @Test
    void earnsNothingByShiftingItsOwnDataOnARandomWalk() {
        try (Tape tape = Tape.open(randomWalk(7))) {
            assertThat(run(tape, Oracle.class, Map.of(), Venue.NEVER).totals().net())
                    .as("the test can see a gain")
                    .isGreaterThan(BigDecimal.TEN);
            for (int lag = 0; lag < 5; lag++) {
                RunResult shifted =
                        run(tape, Strategies.Follower.class, Map.of("lag", "" + lag), Venue.NEVER);
                assertThat(shifted.totals().fills()).isGreaterThan(1_000);
                assertThat(shifted.totals().net()).as("lag %d", lag).isNegative();
            }
        }
    }

    /// Quotes whose mid goes up or down by two ticks at random, one tick apart, in lots of 100.
    private Path randomWalk(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Path path = folder.resolve("walk.tape");
        Oracle.mids = new long[QUOTES];
        try (Arena arena = Arena.ofConfined();
                TapeWriter writer = TapeWriter.create(path, TapeHeader.of(List.of(INSTRUMENT)))) {
            MemorySegment event = arena.allocate(MarketEvent.BYTES, 64);
            long bid = 10_000;
            for (int i = 0; i < QUOTES; i++) {
                bid += random.nextBoolean() ? 2 : -2;
                Oracle.mids[i] = bid;
                long time = START_NS + i * 1_000_000L;
                MarketEvent.putHead(event, 0, EventKind.QUOTE, MarketEvent.END_OF_EVENT, 0, 0);
                MarketEvent.putTimes(event, 0, time, time, MarketEvent.NO_SEQUENCE);
                MarketEvent.putPayload(event, 0, bid, 100, bid + 1, 100);
                writer.accept(event, 0);
            }
            writer.finish();
        }
        return path;
    }

    @Test
    void decidesTheSameWhateverComesAfterwards() {
        long cutNs = START_NS + MINUTE_NS;
        Path told = folder.resolve("told.tape");
        Path changed = folder.resolve("changed.tape");
        agentSession(told, Long.MAX_VALUE);
        agentSession(changed, cutNs);

        try (Tape original = Tape.open(told);
                Tape other = Tape.open(changed)) {
            RunResult before = run(original, Strategies.Busy.class, Map.of("one-in", "5"), cutNs);

            assertThat(before.totals().fills()).isPositive();
            assertThat(run(other, Strategies.Busy.class, Map.of("one-in", "5"), cutNs).orders())
                    .isEqualTo(before.orders());
            assertThat(
                            run(other, Strategies.Busy.class, Map.of("one-in", "5"), Venue.NEVER)
                                    .orders()
                                    .logHash())
                    .as("the change can be seen afterwards")
                    .isNotEqualTo(
                            run(original, Strategies.Busy.class, Map.of("one-in", "5"), Venue.NEVER)
                                    .orders()
                                    .logHash());
        }
    }

    /// Two minutes of the agents' market on a tape; after the cut all quantities are others.
    private static void agentSession(Path path, long cutNs) {
        AgentMarketConfiguration configuration =
                new AgentMarketConfiguration(5, START_NS, 2 * MINUTE_NS);
        try (Arena arena = Arena.ofConfined();
                TapeWriter writer =
                        TapeWriter.create(path, TapeHeader.of(configuration.instruments()))) {
            MemorySegment copy = arena.allocate(MarketEvent.BYTES, 64);
            AgentMarket market =
                    new AgentMarket(
                            configuration,
                            FeeSchedule.none(),
                            (segment, offset) -> {
                                MemorySegment.copy(segment, offset, copy, 0, MarketEvent.BYTES);
                                long time = MarketEvent.exchangeTime(copy, 0);
                                MarketEvent.putTimes(
                                        copy, 0, time, time, MarketEvent.sequence(copy, 0));
                                if (time > cutNs) {
                                    falsify(copy);
                                }
                                writer.accept(copy, 0);
                            });
            while (market.nextTimeNs() != Venue.NEVER) {
                market.advance((_, _) -> {});
            }
            writer.finish();
        }
    }

    private static void falsify(MemorySegment event) {
        EventKind kind = MarketEvent.kind(event, 0);
        long first = MarketEvent.payload0(event, 0);
        long second = MarketEvent.payload1(event, 0);
        long third = MarketEvent.payload2(event, 0);
        long fourth = MarketEvent.payload3(event, 0);
        if (kind == EventKind.QUOTE) {
            MarketEvent.putPayload(event, 0, first + 9, second, third + 9, fourth);
        } else if (kind == EventKind.ORDER_ADD) {
            MarketEvent.putPayload(event, 0, first, second + 9, third, fourth);
        }
    }
}
