// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.OverflowPolicy;
import io.penstock.channel.Scheduler;
import io.penstock.channel.StrandKind;
import io.penstock.exchange.ReplayConfiguration;
import io.penstock.market.OrderBook;
import io.penstock.market.Quote;
import io.penstock.market.Side;
import io.penstock.market.Tape;
import io.penstock.simulation.Simulation;
import io.penstock.stage.StageStatistics;
import io.penstock.strategy.OrderEvent;
import io.penstock.strategy.OrderReport;
import io.penstock.strategy.Orders;
import io.penstock.strategy.ReportKind;
import io.penstock.strategy.Strategy;
import io.penstock.trading.OmsConfiguration;
import io.penstock.trading.TradingState;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How staged sessions end, and what they do about a strategy that is slow.
final class StagedSessionTest {
    private static final int EVENTS = 200;
    private static final long HOUR_NS = 3_600_000_000_000L;

    /// Market time before the event that comes after an hour of silence.
    private static final long SILENCE_NS = TapeMaker.START_NS + 47_000;

    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final OmsConfiguration SMALL =
            OmsConfiguration.DEFAULT.withCapacity(new OmsConfiguration.Capacity(2, 1, 1_024, 8));

    @TempDir static Path folder;
    private static Tape tape;

    /// Quotes with a trade of one lot at the bid between any two.
    @BeforeAll
    static void writeTape() {
        try (TapeMaker maker = new TapeMaker(folder.resolve("tape"), TapeMaker.ONE)) {
            maker.quote(TapeMaker.ONE, 100, 102).after(1_000);
            for (int i = 1; i < EVENTS / 2; i++) {
                maker.trade(TapeMaker.ONE, 99, 1, Side.SELL).after(1_000);
                maker.quote(TapeMaker.ONE, 100, 102 + i % 2).after(1_000);
            }
            tape = maker.open();
        }
    }

    @AfterAll
    static void closeTape() {
        tape.close();
    }

    /// Waits at its first quote.
    private static final class Slow implements Strategy {
        private final Consumer<Orders> waiting;
        private final List<ReportKind> heard = new ArrayList<>();
        private int quotes;

        Slow(Consumer<Orders> waiting) {
            this.waiting = waiting;
        }

        @Override
        public void onQuote(Quote quote, Orders orders) {
            if (++quotes == 2) {
                waiting.accept(orders);
            }
        }

        @Override
        public void onOrder(OrderEvent event, Orders orders) {
            heard.add(event.kind());
        }
    }

    /// Sends an order far from the market and cancels it, again and again.
    private static final class Canceller implements Strategy {
        private int cancelled;
        private long id;

        @Override
        public void onQuote(Quote quote, Orders orders) {
            if (id == 0) {
                id = orders.limit(0, Side.BUY, 1, 60);
            } else {
                orders.cancel(id);
            }
        }

        @Override
        public void onOrder(OrderEvent event, Orders orders) {
            if (event.state().isTerminal()) {
                id = 0;
                cancelled += event.kind() == ReportKind.CANCELLED ? 1 : 0;
            }
        }
    }

    private static SessionPlan plan(
            Supplier<? extends Strategy> first, Supplier<? extends Strategy> second) {
        return SessionPlan.of(
                        List.of(
                                SessionPlan.Worker.of("first", first),
                                SessionPlan.Worker.of("second", second)))
                .withOms(SMALL)
                .within(FOREVER, FOREVER);
    }

    private static StagedSession session(SessionPlan plan, Scheduler scheduler) {
        return StagedSession.over(tape, ReplayConfiguration.standard(), plan, scheduler);
    }

    private static EdgeStatistics edge(SessionOutcome outcome, String name) {
        return outcome.statistics().edges().stream()
                .filter(edge -> edge.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isNothingOpen(SessionOutcome outcome) {
        return outcome.statistics().oms().orders().entrySet().stream()
                .allMatch(count -> count.getKey().isTerminal() || count.getValue() == 0);
    }

    private static void simulate(Consumer<Scheduler> body) {
        Simulation.of(body::accept).seeds(30).faults(0).check();
    }

    /// A market in which a resting buy order is filled lot by lot, and which then falls.
    private static Tape falling() {
        try (TapeMaker maker = new TapeMaker(folder.resolve("falling"), TapeMaker.ONE)) {
            for (int i = 0; i < 4; i++) {
                maker.quote(TapeMaker.ONE, 100, 102).after(1_000);
            }
            for (int i = 0; i < 80; i++) {
                maker.trade(TapeMaker.ONE, 99, 1, Side.SELL).after(1_000);
                maker.quote(TapeMaker.ONE, 100, 102 + i % 2).after(1_000);
            }
            for (int i = 0; i < 100; i++) {
                maker.quote(TapeMaker.ONE, 80, 82 + i % 2).after(1_000);
            }
            return maker.open();
        }
    }

    /// Sends an order far from the market and cancels it, and notes how late it hears of what it
    /// asked for last.
    private static final class Punctual implements Strategy {
        private final Scheduler scheduler;
        private long id;
        private long sentNs;
        private long latestNs;
        private int told;

        Punctual(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        @Override
        public void onQuote(Quote quote, Orders orders) {
            sentNs = scheduler.nanoTime();
            if (id == 0) {
                id = orders.limit(0, Side.BUY, 1, 60);
            } else {
                orders.cancel(id);
            }
        }

        @Override
        public void onOrder(OrderEvent event, Orders orders) {
            told++;
            latestNs = Math.max(latestNs, scheduler.nanoTime() - sentNs);
            if (event.state().isTerminal()) {
                id = 0;
            }
        }
    }

    @Test
    void booksAndTellsTheOthersAtOnceWhileOneStrategyIsSlow() {
        try (Tape market = falling()) {
            simulate(scheduler -> isSlowAlone(market, scheduler));
        }
    }

    private static void isSlowAlone(Tape market, Scheduler scheduler) {
        StagedSession[] session = new StagedSession[1];
        TradingState[] whenBack = new TradingState[1];
        int[] toldWhenBack = new int[1];
        Punctual other = new Punctual(scheduler);
        Slow slow =
                new Slow(
                        orders -> {
                            orders.limit(0, Side.BUY, 60, 100);
                            SessionFaults.pause(scheduler, 4 * SECOND.toNanos());
                            whenBack[0] = session[0].stages().oms().side().oms().state();
                            toldWhenBack[0] = other.told;
                        });
        SessionPlan plan =
                plan(() -> slow, () -> other)
                        .withDataCapacity(512)
                        .withMaxLoss(new BigDecimal("6"))
                        .within(SECOND.multipliedBy(10), FOREVER);
        session[0] = steady(market, plan, scheduler);
        SessionOutcome outcome = session[0].run();

        assertThat(outcome).isInstanceOf(SessionOutcome.Done.class);
        assertThat(outcome.statistics().stalls()).isEmpty();
        assertThat(whenBack[0]).as("when the slow one is back").isEqualTo(TradingState.HALTED);
        assertThat(toldWhenBack[0]).as("what the other was told meanwhile").isGreaterThan(10);
        assertThat(other.latestNs).as("longest time to an answer").isLessThan(SECOND.toNanos());
        long fills = slow.heard.stream().filter(ReportKind.FILL::equals).count();
        assertThat(fills).isEqualTo(60).isEqualTo(outcome.statistics().oms().fills());
        assertThat(outcome.statistics().edges())
                .allMatch(edge -> edge.isBalanced() && edge.left() == 0);
    }

    @Test
    void givesUpAStrategyThatLeavesTooMuchUnread() {
        int[] givenUp = new int[1];
        simulate(
                scheduler -> {
                    Canceller other = new Canceller();
                    int[] whenBack = new int[1];
                    Slow slow =
                            new Slow(
                                    orders -> {
                                        orders.limit(0, Side.BUY, EVENTS, 100);
                                        SessionFaults.pause(scheduler, SECOND.toNanos());
                                        whenBack[0] = other.cancelled;
                                    });
                    SessionPlan plan =
                            plan(() -> slow, () -> other).withDataCapacity(256).withUnreadEvents(4);
                    SessionOutcome outcome = steady(tape, plan, scheduler).run();

                    assertThat(outcome).isInstanceOf(SessionOutcome.Done.class);
                    assertThat(outcome.statistics().edges()).allMatch(EdgeStatistics::isBalanced);
                    assertThat(isNothingOpen(outcome)).isTrue();
                    if (outcome.statistics().stalls().isEmpty()) {
                        return; // its order came when the market was over
                    }
                    givenUp[0]++;
                    assertThat(outcome.statistics().stalls()).hasSize(1);
                    var stall = outcome.statistics().stalls().getFirst();
                    assertThat(stall.worker()).isEqualTo("first");
                    assertThat(stall.message())
                            .startsWith("StagedSessionTest.java:")
                            .endsWith(
                                    "Slow: more than 12 order events are unread;"
                                            + " the last callback is onQuote");
                    EdgeStatistics events = edge(outcome, "OMS → first");
                    assertThat(events.dropped() + events.left()).isEqualTo(13);
                    assertThat(events.refused()).as(events.toString()).isPositive();
                    assertThat(whenBack[0]).as("cancels of the other meanwhile").isPositive();
                });
        assertThat(givenUp[0]).isGreaterThan(15);
    }

    /// Answers each refusal with as many orders as there is room for.
    private static final class Storm implements Strategy {
        private static final int MOST = 400;
        private static final long START_NS = TapeMaker.START_NS + 20_000;
        private final Scheduler scheduler;
        private int sent;
        private int told;
        private long lastNs;

        Storm(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        @Override
        public void onQuote(Quote quote, Orders orders) {
            if (orders.nowNs() >= START_NS) {
                send(orders);
            }
        }

        @Override
        public void onOrder(OrderEvent event, Orders orders) {
            told++;
            lastNs = scheduler.nanoTime();
            send(orders);
        }

        private void send(Orders orders) {
            while (sent < MOST && orders.limit(0, Side.BUY, 1, 1_000) != Orders.NOT_SENT) {
                sent++;
            }
        }
    }

    @Test
    void takesTheRequestsOfAFloodAsItReadsTheAnswers() {
        simulate(
                scheduler -> {
                    Storm storm = new Storm(scheduler);
                    long startNs = scheduler.nanoTime();
                    SessionPlan plan =
                            plan(() -> storm, Strategies.Idle::new)
                                    .withDataCapacity(256)
                                    .withUnreadEvents(1);
                    SessionOutcome outcome = silent(plan, scheduler).run();

                    assertThat(outcome.statistics().stalls()).isEmpty();
                    assertThat(storm.sent).isEqualTo(Storm.MOST);
                    assertThat(storm.told).isEqualTo(Storm.MOST);
                    assertThat(storm.lastNs - startNs).isLessThan(HOUR_NS / 2);
                });
    }

    /// A session whose feed is silent for an hour before its fiftieth event.
    private static StagedSession silent(SessionPlan plan, Scheduler scheduler) {
        int[] events = new int[1];
        return paced(
                tape,
                plan,
                scheduler,
                () -> SessionFaults.pause(scheduler, ++events[0] == 50 ? HOUR_NS : 0));
    }

    /// A session whose feed has an event every millisecond.
    private static StagedSession steady(Tape recorded, SessionPlan plan, Scheduler scheduler) {
        return paced(recorded, plan, scheduler, () -> SessionFaults.pause(scheduler, 1_000_000));
    }

    private static StagedSession paced(
            Tape recorded, SessionPlan plan, Scheduler scheduler, Runnable before) {
        SessionMarket market = SessionMarket.recorded(recorded, ReplayConfiguration.standard());
        MarketFeed feed = new SessionFaults.Feed(market.feed(), before);
        return new StagedSession(
                plan,
                new SessionMarket(
                        market.instruments(),
                        market.sources(),
                        feed,
                        market.venue(),
                        market.startNs()),
                scheduler);
    }

    /// Keeps one order in the market, until the first fill or cancel.
    private abstract static class Bidder implements Strategy {
        private final long quantity;
        private final long price;
        private boolean hasEnded;

        Bidder(long quantity, long price) {
            this.quantity = quantity;
            this.price = price;
        }

        @Override
        public void onQuote(Quote quote, Orders orders) {
            if (!hasEnded && orders.openOrders() == 0) {
                orders.limit(0, Side.BUY, quantity, price);
            }
        }

        @Override
        public void onOrder(OrderEvent event, Orders orders) {
            hasEnded |= event.kind() == ReportKind.FILL || event.kind() == ReportKind.CANCELLED;
        }
    }

    /// Pauses when its order is accepted, and notes when it hears of fills.
    private static final class Paused extends Bidder {
        private final Scheduler scheduler;
        private int fills;
        private long lastNs;

        Paused(Scheduler scheduler) {
            super(24, 100);
            this.scheduler = scheduler;
        }

        @Override
        public void onOrder(OrderEvent event, Orders orders) {
            super.onOrder(event, orders);
            if (event.kind() == ReportKind.ACCEPTED) {
                SessionFaults.pause(scheduler, 1_000_000_000);
            } else if (event.kind() == ReportKind.FILL && event.venueTime() < SILENCE_NS) {
                fills++;
                lastNs = scheduler.nanoTime();
            }
        }
    }

    @Test
    void tellsASlowStrategyAllOfItAsSoonAsItListens() {
        int[] mostFills = new int[1];
        simulate(
                scheduler -> {
                    Paused paused = new Paused(scheduler);
                    long startNs = scheduler.nanoTime();
                    SessionPlan plan =
                            plan(() -> paused, Strategies.Idle::new).withDataCapacity(256);
                    silent(plan, scheduler).run();

                    assertThat(paused.lastNs - startNs).isLessThan(HOUR_NS / 2);
                    mostFills[0] = Math.max(mostFills[0], paused.fills);
                });
        assertThat(mostFills[0]).as("told before the hour of silence").isGreaterThan(15);
    }

    @Test
    void cancelsAtOnceAlsoWhileTheFeedIsSilent() {
        int[] accepted = new int[1];
        simulate(
                scheduler -> {
                    long[] endedNs = new long[1];
                    boolean[] isOpen = new boolean[1];
                    Strategy bidder =
                            new Bidder(1, 60) {
                                @Override
                                public void onOrder(OrderEvent event, Orders orders) {
                                    super.onOrder(event, orders);
                                    isOpen[0] |= event.kind() == ReportKind.ACCEPTED;
                                    if (event.kind() == ReportKind.CANCELLED) {
                                        endedNs[0] = scheduler.nanoTime();
                                    }
                                }
                            };
                    long startNs = scheduler.nanoTime();
                    StagedSession session =
                            silent(plan(() -> bidder, Strategies.Idle::new), scheduler);
                    scheduler.start(
                            "whoever stops",
                            StrandKind.VIRTUAL,
                            () -> {
                                SessionFaults.pause(scheduler, HOUR_NS / 60);
                                session.stop();
                            });
                    session.run();

                    if (isOpen[0]) { // the first prices may come too late for the order
                        assertThat(endedNs[0] - startNs).isBetween(HOUR_NS / 60, HOUR_NS / 2);
                        accepted[0]++;
                    }
                });
        assertThat(accepted[0]).isPositive();
    }

    @Test
    void givesUpAStrategyThatStallsAndServesTheOthers() {
        simulate(
                scheduler -> {
                    Slow slow =
                            new Slow(
                                    orders -> {
                                        orders.limit(0, Side.BUY, 1, 60);
                                        SessionFaults.pause(scheduler, HOUR_NS);
                                    });
                    SessionPlan plan =
                            plan(() -> slow, Canceller::new)
                                    .withDataCapacity(4)
                                    .within(Duration.ofSeconds(30), FOREVER);
                    SessionOutcome outcome = session(plan, scheduler).run();

                    assertThat(outcome).isInstanceOf(SessionOutcome.Done.class);
                    var stall = outcome.statistics().stalls().getFirst();
                    assertThat(stall.worker()).isEqualTo("first");
                    assertThat(stall.message())
                            .startsWith("StagedSessionTest.java:")
                            .endsWith("Slow: onQuote has not returned for 30000 ms");
                    assertThat(stall.stack())
                            .anyMatch(frame -> frame.getMethodName().equals("pause"));
                    assertThat(edge(outcome, "feed → second").received()).isEqualTo(tape.count());
                    assertThat(outcome.statistics().edges()).allMatch(EdgeStatistics::isBalanced);
                    assertThat(isNothingOpen(outcome)).isTrue();
                });
    }

    @Test
    void cancelsTheOrdersOfAStrategyThatWasGivenUp() {
        int[] cancelledBefore = new int[1];
        simulate(
                scheduler -> {
                    TakenMemory log = new TakenMemory(10_000);
                    Slow slow =
                            new Slow(
                                    orders -> {
                                        orders.limit(0, Side.BUY, 1, 60);
                                        SessionFaults.pause(scheduler, HOUR_NS);
                                    });
                    SessionPlan plan =
                            plan(() -> slow, Strategies.Idle::new)
                                    .withDataCapacity(4)
                                    .withOmsLog(log)
                                    .within(Duration.ofSeconds(30), FOREVER);
                    session(plan, scheduler).run();
                    cancelledBefore[0] += isCancelledBeforeTheEnd(log) ? 1 : 0;
                });
        assertThat(cancelledBefore[0]).isPositive();
    }

    private static boolean isCancelledBeforeTheEnd(TakenMemory log) {
        for (int i = 0; i < log.count(); i++) {
            long entry = TakenMemory.offset(i);
            Taken kind = TakenRecord.kind(log.segment(), entry);
            long message = entry + TakenRecord.MESSAGE;
            if (kind == Taken.HALT) {
                return false;
            }
            if (kind == Taken.REPORT
                    && OrderReport.kind(log.segment(), message) == ReportKind.CANCELLED) {
                return true;
            }
        }
        return false;
    }

    /// Sends as much as there is room for, and cancels all of it.
    private static final class Flood implements Strategy {
        private int cancelsWithoutRoom;

        @Override
        public void onQuote(Quote quote, Orders orders) {
            List<Long> sent = new ArrayList<>();
            long id = orders.limit(0, Side.BUY, 1, 60);
            while (id != Orders.NOT_SENT) {
                sent.add(id);
                id = orders.limit(0, Side.BUY, 1, 60);
            }
            for (long order : sent) {
                cancelsWithoutRoom += orders.cancel(order) ? 0 : 1;
            }
        }
    }

    @Test
    void keepsRoomForTheCancelsOfAFlood() {
        simulate(
                scheduler -> {
                    Flood flood = new Flood();
                    SessionPlan plan = plan(() -> flood, Strategies.Idle::new).withDataCapacity(4);
                    SessionOutcome outcome = session(plan, scheduler).run();

                    assertThat(outcome).isInstanceOf(SessionOutcome.Done.class);
                    assertThat(flood.cancelsWithoutRoom).isZero();
                    assertThat(edge(outcome, "first → OMS").highWater()).isGreaterThan(4);
                    assertThat(edge(outcome, "first → OMS").refused()).isZero();
                });
    }

    @Test
    void endsWithTheStrategyThatThrowsAndCancelsAllOrders() {
        simulate(
                scheduler -> {
                    Slow failing =
                            new Slow(
                                    orders -> {
                                        orders.limit(0, Side.BUY, 1, 60);
                                        throw new IllegalStateException("no more");
                                    });
                    SessionOutcome outcome =
                            session(plan(() -> failing, Canceller::new), scheduler).run();

                    assertThat(outcome).isInstanceOf(SessionOutcome.Failed.class);
                    var failed = (SessionOutcome.Failed) outcome;
                    assertThat(failed.stage()).isEqualTo("first");
                    assertThat(failed.cause())
                            .isInstanceOf(StrategyException.class)
                            .hasMessageContaining("no more");
                    assertThat(isNothingOpen(outcome)).isTrue();
                });
    }

    @Test
    void namesAStrandThatDoesNotEnd() {
        simulate(
                scheduler -> {
                    boolean[] letGo = new boolean[1];
                    Slow deaf =
                            new Slow(
                                    _ -> {
                                        while (!letGo[0]) {
                                            scheduler.clearInterrupt();
                                            long later = scheduler.nanoTime() + 1_000_000_000L;
                                            scheduler.park("deaf", later);
                                        }
                                    });
                    SessionPlan plan =
                            plan(() -> deaf, Canceller::new)
                                    .within(Duration.ofSeconds(30), Duration.ofSeconds(60));
                    SessionOutcome outcome = session(plan, scheduler).run();
                    letGo[0] = true;

                    assertThat(outcome).isInstanceOf(SessionOutcome.Stuck.class);
                    assertThat(((SessionOutcome.Stuck) outcome).report().describe())
                            .contains("first", "StagedSessionTest");
                    assertThat(outcome.statistics().orderLogHash()).isNotEmpty();
                });
    }

    @Test
    void stopsEverythingWhenTheOmsFails() {
        simulate(
                scheduler -> {
                    SessionPlan plan =
                            plan(Canceller::new, Canceller::new)
                                    .withDataCapacity(4)
                                    .withOmsLog(new TakenMemory(5));
                    SessionOutcome outcome = session(plan, scheduler).run();

                    assertThat(outcome).isInstanceOf(SessionOutcome.Failed.class);
                    assertThat(((SessionOutcome.Failed) outcome).stage()).isEqualTo("OMS");
                    assertThat(outcome.statistics().edges()).allMatch(EdgeStatistics::isBalanced);
                });
    }

    @Test
    void cancelsWhatIsOpenWhenItIsStopped() {
        simulate(
                scheduler -> {
                    StagedSession[] session = new StagedSession[1];
                    Slow stopping =
                            new Slow(
                                    orders -> {
                                        orders.limit(0, Side.BUY, 1, 60);
                                        session[0].stop();
                                    });
                    SessionPlan plan = plan(() -> stopping, Canceller::new).withDataCapacity(4);
                    session[0] = session(plan, scheduler);
                    SessionOutcome outcome = session[0].run();

                    assertThat(outcome).isInstanceOf(SessionOutcome.Done.class);
                    assertThat(edge(outcome, "feed → first").sent()).isLessThan(tape.count());
                    assertThat(isNothingOpen(outcome)).isTrue();
                });
    }

    /// Counts the books that it is shown stale.
    private static final class Reader implements Strategy {
        private int stale;

        @Override
        public void onBook(OrderBook book, Orders orders) {
            stale += book.isStale() ? 1 : 0;
        }
    }

    @Test
    void findsTheGapWhereItsEdgeHasDroppedEvents() {
        Path file = folder.resolve("levels");
        try (TapeMaker maker = new TapeMaker(file, TapeMaker.ONE)) {
            maker.snapshot(TapeMaker.ONE, 100, 102, 1).after(1_000);
            for (int i = 0; i < 100; i++) {
                maker.level(TapeMaker.ONE, Side.BUY, 100, 5 + i, 2 + i).after(1_000);
            }
            try (Tape levels = maker.open()) {
                int[] staleBooks = new int[1];
                simulate(scheduler -> staleBooks[0] += dropsLevels(levels, scheduler));
                assertThat(staleBooks[0]).isPositive();
            }
        }
    }

    private static int dropsLevels(Tape levels, Scheduler scheduler) {
        Reader reader = new Reader();
        SessionPlan plan =
                SessionPlan.of(
                                List.of(
                                        SessionPlan.Worker.of("reader", () -> reader)
                                                .whenFull(OverflowPolicy.DROP_OLDEST)))
                        .withDataCapacity(4)
                        .within(FOREVER, FOREVER);
        SessionOutcome outcome =
                StagedSession.over(levels, ReplayConfiguration.standard(), plan, scheduler).run();
        EdgeStatistics data = edge(outcome, "feed → reader");
        assertThat(data.sent()).isEqualTo(levels.count());
        assertThat(reader.stale > 0).as(data.toString()).isEqualTo(data.dropped() > 0);
        return reader.stale;
    }

    @Test
    void runsOnRealThreads() {
        for (int seed = 0; seed < 20; seed++) {
            List<TakenMemory> taken = List.of(new TakenMemory(100_000), new TakenMemory(100_000));
            TakenMemory takenByOms = new TakenMemory(100_000);
            List<SessionPlan.Worker> workers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int number = 2 * seed + i;
                workers.add(
                        SessionPlan.Worker.of(
                                        "worker " + i, () -> new SessionTrader(number, (_, _) -> 0))
                                .logging(taken.get(i)));
            }
            SessionPlan plan =
                    SessionPlan.of(workers)
                            .withOms(SMALL)
                            .withOmsLog(takenByOms)
                            .withDataCapacity(8)
                            .within(FOREVER, SECOND.multipliedBy(60));
            SessionOutcome outcome = session(plan, Scheduler.real()).run();

            assertThat(outcome).as("seed " + seed).isInstanceOf(SessionOutcome.Done.class);
            for (EdgeStatistics edge : outcome.statistics().edges()) {
                assertThat(edge.isBalanced() && edge.left() == 0).as(edge.toString()).isTrue();
            }
            for (StageStatistics stage : outcome.statistics().stages()) {
                assertThat(stage.out()).as(stage.toString()).isEqualTo(stage.in());
            }
            SessionReplay replay = SessionReplay.of(tape, plan);
            for (int i = 0; i < 2; i++) {
                assertThat(replay.worker(i, taken.get(i)))
                        .as("seed " + seed)
                        .isEqualTo(outcome.statistics().workers().get(i));
            }
            assertThat(replay.oms(takenByOms))
                    .as("seed " + seed)
                    .isEqualTo(outcome.statistics().orderLogHash());
        }
    }

    @Test
    void refusesAPlanThatCannotBe() {
        SessionPlan.Worker worker = SessionPlan.Worker.of("one", Strategies.Idle::new);

        assertThatThrownBy(() -> worker.whenFull(OverflowPolicy.FAIL))
                .hasMessage("market data must wait or drop the oldest: full=FAIL");
        assertThatThrownBy(() -> SessionPlan.of(List.of(worker)).withUnreadEvents(0))
                .hasMessage("unreadEvents must be 1 to 1048576: unreadEvents=0");
        assertThatThrownBy(() -> SessionPlan.of(List.of()))
                .hasMessageStartingWith("a session has strategies");
        assertThatThrownBy(() -> SessionPlan.of(List.of(worker, worker)))
                .hasMessageStartingWith("each worker has a name of its own");
    }

    @Test
    void holdsWhatItsBoundsSay() {
        for (int open : new int[] {1, 2, 3, 100, 4_096, 65_536}) {
            for (int ended : new int[] {1, 100, 4_096}) {
                SessionBounds bounds =
                        SessionBounds.of(new OmsConfiguration.Capacity(open, ended, 16, 64), 10);

                assertThat(bounds.mostUnread()).isEqualTo(bounds.requests() + 10);
                assertThat(bounds.orderEvents() - bounds.mostUnread())
                        .isGreaterThanOrEqualTo(bounds.requests() + 2 * bounds.told());
                assertThat(bounds.roomForRequest() - 1).isGreaterThanOrEqualTo(bounds.told());
                assertThat(bounds.requests()).isGreaterThanOrEqualTo(4 * open);
            }
        }
    }
}
