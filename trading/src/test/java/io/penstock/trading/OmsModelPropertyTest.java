// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.Side;
import io.penstock.strategy.OrderState;
import io.penstock.strategy.OrderTicket;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import io.penstock.testing.Seeds;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Random requests, and random reports of a venue gone mad: duplicate, late, reordered, invented.
class OmsModelPropertyTest {
    private static final OmsConfiguration.Capacity CAPACITY =
            new OmsConfiguration.Capacity(12, 20, 64, 1);
    private static final RiskLimits LIMITS =
            RiskLimits.DEFAULT.withPosition(300).withOpenOrders(10).withSelfTrade(true);

    @Test
    void nothingIsLostWhateverTheVenueSays() throws Exception {
        Seeds.check(300, 400, (random, size) -> new Run(random).run(size));
    }

    @Test
    void equalsTheNaiveModelWhenTheVenueIsSane() throws Exception {
        Seeds.check(300, 300, (random, size) -> new SaneVenueRun(random).run(size));
    }

    private static final class Run {
        private final SplittableRandom random;
        private final OrderLogHash hash = new OrderLogHash();
        private final OmsHarness harness =
                new OmsHarness(
                        OmsConfiguration.DEFAULT.withCapacity(CAPACITY).withLimits(LIMITS), hash);
        private final NaivePosition position = new NaivePosition();
        private final List<Long> booked = new ArrayList<>();
        private long lastId;
        private long execution;

        Run(SplittableRandom random) {
            this.random = random;
        }

        void run(int size) {
            for (int i = 0; i < size; i++) {
                harness.now += random.nextLong(2_000_000_000L);
                step();
                checkReservations();
                checkPosition();
            }
            checkCounts();
        }

        private void step() {
            switch (random.nextInt(14)) {
                case 0, 1, 2, 3 -> submit();
                case 4, 5 -> request(() -> harness.cancel(someId()), ReportKind.CANCEL_REJECTED);
                case 6 -> {
                    long target = someId();
                    lastId++;
                    request(
                            () -> harness.replace(target, lastId, price(), 1 + random.nextInt(60)),
                            ReportKind.REPLACE_REJECTED);
                }
                case 7, 8, 9 -> fill();
                case 10 -> harness.oms.onTime(harness.now);
                case 11 ->
                        harness.oms.setState(
                                TradingState.values()[random.nextInt(8) == 0 ? 1 : 0], harness.now);
                default -> report();
            }
        }

        private void submit() {
            long id = lastId > 0 && random.nextInt(10) == 0 ? someId() : ++lastId;
            Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
            OrderTicket ticket =
                    random.nextInt(5) == 0
                            ? OrderTicket.market(0, side, random.nextInt(50))
                            : OrderTicket.limit(0, side, random.nextInt(50), price());
            request(() -> harness.submit(id, ticket), ReportKind.REJECTED);
        }

        /// Exactly one outcome.
        private void request(Runnable action, ReportKind refusal) {
            int sent = harness.sent.size();
            int told = harness.told.size();
            action.run();
            boolean wasSent = harness.sent.size() == sent + 1;
            long refused =
                    harness.told.subList(told, harness.told.size()).stream()
                            .filter(report -> report.kind() == refusal)
                            .count();
            assertThat(refused).isEqualTo(wasSent ? 0 : 1);
            assertThat(harness.sent.size() - sent).isLessThanOrEqualTo(1);
        }

        private void fill() {
            boolean isDuplicate = !booked.isEmpty() && random.nextInt(6) == 0;
            long id = someId();
            long quantity = 1 + random.nextLong(30);
            long price = price();
            Order order = harness.order(id);
            Side side = order == null ? Side.SELL : order.side;
            if (isDuplicate) {
                long known = booked.getLast();
                harness.fill(known >> 32, Side.SELL, quantity, price, known & 0xffff_ffffL);
                return;
            }
            harness.fill(id, side, quantity, price, ++execution);
            booked.add(id << 32 | execution);
            position.onFill(side.sign() * quantity, price, 2 * quantity);
        }

        private void report() {
            ReportKind[] kinds = ReportKind.values();
            ReportKind kind = kinds[random.nextInt(kinds.length)];
            if (kind == ReportKind.FILL) {
                return;
            }
            long id = someId();
            Order order = harness.order(id);
            long related = order == null || random.nextInt(5) == 0 ? someId() : order.successorId;
            Reason reason = random.nextInt(4) == 0 ? Reason.UNKNOWN_ORDER : Reason.VENUE;
            harness.report(kind, id, reason, related);
        }

        private void checkReservations() {
            long[] naive = new long[2];
            int working = 0;
            for (long id = 1; id <= lastId; id++) {
                Order order = harness.order(id);
                if (order == null || order.state.isTerminal()) {
                    continue;
                }
                long held = Math.max(0, order.total - order.filled);
                if (!order.isConfirmed) {
                    held = Math.max(0, order.total - order.predecessorTotal);
                }
                naive[order.side == Side.BUY ? 0 : 1] += held;
                working += order.isConfirmed ? 1 : 0;
            }
            Risk risk = harness.oms.parts().risk();
            assertThat(risk.reserved(0, Side.BUY)).isEqualTo(naive[0]);
            assertThat(risk.reserved(0, Side.SELL)).isEqualTo(naive[1]);
            assertThat(harness.oms.openOrders()).isEqualTo(working);
        }

        private void checkPosition() {
            assertThat(BigInteger.valueOf(harness.position())).isEqualTo(position.quantity);
            assertThat(BigInteger.valueOf(harness.oms.portfolio().position(0).realizedProfit()))
                    .isEqualTo(position.realized);
        }

        private void checkCounts() {
            OmsStatistics statistics = harness.oms.statistics();
            assertThat(statistics.sent()).isEqualTo(harness.sent.size());
            assertThat(statistics.fills()).isEqualTo(booked.size());
            assertThat(statistics.orders().values()).allMatch(count -> count >= 0);
            long orders = statistics.orders().values().stream().mapToLong(n -> n).sum();
            long refusedIds =
                    statistics.refused().getOrDefault(Reason.DUPLICATE_ID, 0L)
                            + statistics.refused().getOrDefault(Reason.BAD_ID, 0L);
            assertThat(orders).isLessThanOrEqualTo(statistics.requests() - refusedIds);
            assertThat(statistics.requests())
                    .isEqualTo(
                            statistics.sent()
                                    + statistics.refused().values().stream()
                                            .mapToLong(n -> n)
                                            .sum());
            long logged = statistics.requests() + statistics.reports() + statistics.sent();
            assertThat(hash.count()).isGreaterThanOrEqualTo(logged);
        }

        private long someId() {
            return Math.max(1, lastId - random.nextInt(25));
        }

        private long price() {
            return 900 + random.nextLong(200);
        }
    }

    /// A venue that works off its requests in order, and an OMS that hears of it late and with the
    /// reports of different orders shuffled. At rest both agree on every order.
    private static final class SaneVenueRun {
        private record Working(long total, long filled) {}

        private final SplittableRandom random;
        private final OmsHarness harness = new OmsHarness(OmsHarness.with(LIMITS));
        private final TreeMap<Long, Working> venue = new TreeMap<>();
        private final TreeMap<Long, OrderState> ended = new TreeMap<>();
        private final List<Runnable> reports = new ArrayList<>();
        private final boolean isShuffled;
        private long lastId;
        private int seen;
        private long position;
        private long execution;

        SaneVenueRun(SplittableRandom random) {
            this.random = random;
            isShuffled = random.nextBoolean();
        }

        void run(int size) {
            for (int i = 0; i < size; i++) {
                harness.now += 1_000_000;
                act();
                if (random.nextInt(3) > 0) {
                    work();
                }
                while (!reports.isEmpty() && random.nextInt(3) > 0) {
                    hear();
                }
            }
            work();
            while (!reports.isEmpty()) {
                hear();
            }
            compare();
        }

        private void act() {
            switch (random.nextInt(6)) {
                case 0, 1 ->
                        harness.submit(
                                ++lastId,
                                OrderTicket.limit(0, Side.BUY, 1 + random.nextInt(20), 1_000));
                case 2 -> harness.cancel(1 + random.nextLong(lastId + 1));
                case 3 -> {
                    long target = 1 + random.nextLong(lastId + 1);
                    harness.replace(target, ++lastId, 1_000, 1 + random.nextInt(30));
                }
                default -> fillSome();
            }
        }

        private void fillSome() {
            if (venue.isEmpty()) {
                return;
            }
            List<Long> ids = new ArrayList<>(venue.keySet());
            long id = ids.get(random.nextInt(ids.size()));
            Working order = venue.get(id);
            long quantity = 1 + random.nextLong(order.total - order.filled);
            put(id, order.total, order.filled + quantity, OrderState.FILLED);
            position += quantity;
            long number = ++execution;
            reports.add(() -> harness.fill(id, Side.BUY, quantity, 1_000, number));
        }

        private void put(long id, long total, long filled, OrderState end) {
            if (filled < total) {
                venue.put(id, new Working(total, filled));
            } else {
                venue.remove(id);
                ended.put(id, end);
            }
        }

        /// The venue takes the requests that were sent.
        private void work() {
            for (; seen < harness.sent.size(); seen++) {
                OmsHarness.Sent request = harness.sent.get(seen);
                switch (request.kind()) {
                    case NEW -> {
                        venue.put(request.id(), new Working(request.quantity(), 0));
                        add(ReportKind.ACCEPTED, request.id(), Reason.NONE, 0);
                    }
                    case CANCEL -> {
                        if (venue.remove(request.target()) == null) {
                            Reason reason = Reason.UNKNOWN_ORDER;
                            add(ReportKind.CANCEL_REJECTED, request.target(), reason, 0);
                        } else {
                            ended.put(request.target(), OrderState.CANCELLED);
                            add(ReportKind.CANCELLED, request.target(), Reason.REQUESTED, 0);
                        }
                    }
                    case REPLACE -> replace(request);
                }
            }
        }

        private void replace(OmsHarness.Sent request) {
            Working old = venue.remove(request.target());
            if (old == null) {
                ended.put(request.id(), OrderState.REJECTED);
                Reason reason = Reason.UNKNOWN_ORDER;
                add(ReportKind.REPLACE_REJECTED, request.target(), reason, request.id());
                return;
            }
            ended.put(request.target(), OrderState.REPLACED);
            put(request.id(), request.quantity(), old.filled, OrderState.CANCELLED);
            add(ReportKind.REPLACED, request.target(), Reason.NONE, request.id());
        }

        private void add(ReportKind kind, long id, Reason reason, long related) {
            reports.add(() -> harness.report(kind, id, reason, related));
        }

        /// The next report, or one that has overtaken it.
        private void hear() {
            int bound = isShuffled ? Math.min(3, reports.size()) : 1;
            reports.remove(random.nextInt(bound)).run();
        }

        private void compare() {
            assertThat(harness.position()).isEqualTo(position);
            assertThat(harness.anomalies().overfills()).isZero();
            if (!isShuffled) {
                assertThat(harness.anomalies())
                        .isEqualTo(new OmsStatistics.Anomalies(0, 0, 0, 0, 0, 0, 0));
            }
            assertThat(harness.anomalies().contradictions()).isZero();
            venue.forEach(this::compareWorking);
            ended.forEach(this::compareEnded);
            assertThat(harness.oms.openOrders()).isEqualTo(venue.size());
        }

        private void compareWorking(long id, Working order) {
            Order known = harness.order(id);
            assertThat(known.total).isEqualTo(order.total);
            assertThat(known.filled).isEqualTo(order.filled);
            assertThat(known.left()).isEqualTo(order.total - order.filled);
            if (!isShuffled) {
                assertThat(known.state)
                        .isEqualTo(
                                order.filled == 0
                                        ? OrderState.ACCEPTED
                                        : OrderState.PARTIALLY_FILLED);
            }
        }

        private void compareEnded(long id, OrderState state) {
            // With nothing left, a fill heard of late makes the end FILLED rather than CANCELLED.
            OrderState known = harness.state(id);
            boolean isWhole = isShuffled && known == OrderState.FILLED;
            assertThat(known).isEqualTo(isWhole ? known : state);
        }
    }
}
