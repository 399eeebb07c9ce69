// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.SlotSink;
import io.penstock.market.EventKind;
import io.penstock.market.MarketEvent;
import io.penstock.market.OrderBook;
import io.penstock.market.Side;
import io.penstock.strategy.OrderReport;
import io.penstock.strategy.OrderTicket;
import io.penstock.strategy.OrderType;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import io.penstock.testing.Seeds;
import io.penstock.trading.OrderRequest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What must hold whatever the recorded market and our orders do.
class ReplayVenuePropertyTest {
    /// One run: random requests between the packets of a random recording.
    private static final class Run implements SlotSink {
        private final RecordedEvents events;
        private final ReplayVenue venue;
        private final SplittableRandom random;
        private final MemorySegment request = Arena.ofAuto().allocate(OrderRequest.BYTES, 8);
        private final Map<Long, OrderTicket> tickets = new HashMap<>();
        private final Map<Long, Long> filled = new HashMap<>();
        private final Map<Long, Long> takenAt = new HashMap<>();
        private final Map<Long, Long> shownAt = new HashMap<>();
        private final List<Long> working = new ArrayList<>();
        private final List<String> log = new ArrayList<>();
        private long lastId;
        private long filledNow;
        private long lastExecution;

        Run(RecordedEvents events, QueueModel model, SplittableRandom random) {
            this.events = events;
            this.random = random;
            venue = new ReplayVenue(events, new ReplayConfiguration(FeeSchedule.none(), model, 0));
        }

        void play(int size) {
            for (int time = 0; time <= size; time++) {
                while (venue.nextTimeNs() <= time) {
                    advance();
                }
                for (int i = random.nextInt(3); i > 0; i--) {
                    request(time);
                }
            }
            venue.close(size + 1L, this);
            assertThat(working).isEmpty();
        }

        /// Two far orders are there all the time: the overlay never idles.
        void keepBusy() {
            for (int sign = -1; sign <= 1; sign += 2) {
                OrderTicket far = OrderTicket.limit(0, Side.of(sign), 1, 100L - 90L * sign);
                OrderRequest.putNew(request, 0, 1_000_000L + sign, far);
                venue.onRequest(request, 0, -1, this);
            }
        }

        private void advance() {
            long from = venue.eventCount();
            long before = shown();
            filledNow = 0;
            venue.advance(this);
            long traded = 0;
            for (long k = from; k < venue.eventCount(); k++) {
                long offset = k * MarketEvent.BYTES;
                EventKind kind = MarketEvent.kind(events.events(), offset);
                if (kind == EventKind.TRADE) {
                    traded += MarketEvent.payload1(events.events(), offset);
                }
            }
            // A packet gives what it traded, and what it newly shows to orders that it reaches.
            assertThat(filledNow).isLessThanOrEqualTo(traded + Math.max(shown(), before));
            countShown();
            assertTaken();
        }

        private long shown() {
            OrderBook book = venue.book(0);
            long sum = 0;
            for (Side side : Side.values()) {
                for (int i = 0; i < book.levels(side); i++) {
                    sum += book.quantity(side, i);
                }
            }
            return sum;
        }

        /// Adds up what was ever new at each price; what was taken there never exceeds it.
        private void countShown() {
            for (Side side : Side.values()) {
                for (long price = 90; price <= 110; price++) {
                    long lots = venue.book(0).quantityAt(side, price);
                    long old = shownAt.getOrDefault(key(side, price, 1), 0L);
                    shownAt.put(key(side, price, 1), lots);
                    shownAt.merge(key(side, price, 2), Math.max(0, lots - old), Long::sum);
                }
            }
        }

        private static long key(Side side, long price, int what) {
            return (price * 10 + what) * side.sign();
        }

        private void assertTaken() {
            for (Side side : Side.values()) {
                for (long price = 90; price <= 110; price++) {
                    long taken = venue.overlay(0).taken(side).at(price);
                    if (taken > venue.book(0).quantityAt(side, price)) {
                        throw new AssertionError("taken=" + taken + " at " + side + " " + price);
                    }
                }
            }
        }

        private void request(long time) {
            if (!working.isEmpty() && random.nextInt(3) == 0) {
                long target = working.get(random.nextInt(working.size()));
                if (random.nextBoolean()) {
                    OrderRequest.putCancel(request, 0, 0, Side.BUY, target);
                } else {
                    OrderTicket old = tickets.get(target);
                    long id = ++lastId;
                    long price = old.price() + random.nextInt(-1, 2);
                    long lots = Math.max(1, old.quantity() + random.nextInt(-3, 4));
                    tickets.put(id, OrderTicket.limit(0, old.side(), lots, price));
                    OrderRequest.putReplace(request, 0, 0, old.side(), id, target);
                    OrderRequest.putTerms(request, 0, price, lots);
                }
            } else {
                long id = ++lastId;
                tickets.put(id, ticket(time));
                OrderRequest.putNew(request, 0, id, tickets.get(id));
            }
            venue.onRequest(request, 0, time, this);
            assertTaken();
        }

        private OrderTicket ticket(long time) {
            Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
            long lots = 1L + random.nextInt(15);
            long price = 100L + random.nextInt(-7, 8);
            OrderTicket limit = OrderTicket.limit(0, side, lots, price);
            return switch (random.nextInt(7)) {
                case 0 -> OrderTicket.market(0, side, lots);
                case 1 -> OrderTicket.stop(0, side, lots, price);
                case 2 -> limit.immediateOrCancel();
                case 3 -> limit.fillOrKill();
                case 4 -> limit.postOnly();
                case 5 -> limit.until(time + random.nextInt(20));
                default -> limit;
            };
        }

        @Override
        public void accept(MemorySegment segment, long offset) {
            long id = OrderReport.clientOrderId(segment, offset);
            ReportKind kind = OrderReport.kind(segment, offset);
            if (id > 900_000) {
                return;
            }
            log.add(
                    kind
                            + " "
                            + id
                            + " "
                            + OrderReport.reason(segment, offset)
                            + " "
                            + OrderReport.lastQuantity(segment, offset)
                            + "@"
                            + OrderReport.lastPrice(segment, offset)
                            + " t"
                            + OrderReport.venueTime(segment, offset));
            switch (kind) {
                case ACCEPTED -> working.add(id);
                case FILL -> onFill(segment, offset, id);
                case REPLACED -> {
                    long newId = OrderReport.relatedOrderId(segment, offset);
                    working.set(working.indexOf(id), newId);
                    filled.put(newId, filled.getOrDefault(id, 0L));
                    if (tickets.get(id).type() == OrderType.STOP) {
                        tickets.put(
                                newId,
                                OrderTicket.stop(
                                        0,
                                        tickets.get(id).side(),
                                        tickets.get(newId).quantity(),
                                        0));
                    }
                }
                case CANCELLED, EXPIRED -> assertThat(working.remove(id)).isTrue();
                case TRIGGERED -> assertThat(working).contains(id);
                case REJECTED -> assertThat(working).doesNotContain(id);
                case CANCEL_REJECTED, REPLACE_REJECTED, PENDING -> {}
            }
        }

        private void onFill(MemorySegment segment, long offset, long id) {
            OrderTicket ticket = tickets.get(id);
            long price = OrderReport.lastPrice(segment, offset);
            long lots = OrderReport.lastQuantity(segment, offset);
            assertThat(working).contains(id);
            assertThat(lots).isPositive();
            assertThat(venue.refusal(0)).isEqualTo(Reason.NONE);
            if (ticket.type() == OrderType.LIMIT) {
                assertThat(ticket.side().reaches(ticket.price(), price)).isTrue();
            }
            long total = filled.merge(id, lots, Long::sum);
            assertThat(total).isLessThanOrEqualTo(ticket.quantity());
            assertThat(OrderReport.filledQuantity(segment, offset)).isEqualTo(total);
            assertThat(OrderReport.leftQuantity(segment, offset))
                    .isEqualTo(ticket.quantity() - total);
            assertThat(OrderReport.executionIdLow(segment, offset)).isEqualTo(++lastExecution);
            if (OrderReport.flags(segment, offset) == 0) {
                Side other = ticket.side().opposite();
                assertThat(venue.book(0).quantityAt(other, price)).isPositive();
                countShown();
                assertThat(takenAt.merge(key(other, price, 2), lots, Long::sum))
                        .isLessThanOrEqualTo(
                                shownAt.get(key(other, price, 2)) + snapshotAllowance());
            } else {
                assertThat(price).isEqualTo(ticket.price());
            }
            filledNow += lots;
            if (total == ticket.quantity()) {
                working.remove(id);
            }
        }

        /// A snapshot makes everything new, as often as there was one.
        private long snapshotAllowance() {
            long snapshots = 0;
            for (long k = 0; k < venue.eventCount(); k++) {
                if (MarketEvent.kind(events.events(), k * MarketEvent.BYTES) == EventKind.CLEAR) {
                    snapshots++;
                }
            }
            return snapshots * 1_000;
        }
    }

    private static List<String> run(
            SplittableRandom random, int size, boolean isByOrder, boolean isBusy) {
        RecordedEvents events = RandomRecording.of(random.split(), size, isByOrder);
        QueueModel model = QueueModel.values()[random.nextInt(3)];
        Run run = new Run(events, model, random.split());
        if (isBusy) {
            run.keepBusy();
        }
        run.play(size);
        return run.log;
    }

    @Test
    void nothingIsFilledThatTheRecordingDidNotShowByLevel() throws Exception {
        Seeds.check(60, 300, (random, size) -> run(random, size, false, false));
    }

    @Test
    void nothingIsFilledThatTheRecordingDidNotShowByOrder() throws Exception {
        Seeds.check(60, 300, (random, size) -> run(random, size, true, false));
    }

    @Test
    void ordersThatAreNeverReachedChangeNothing() throws Exception {
        Seeds.check(
                40,
                200,
                (random, size) -> {
                    long seed = random.nextLong();
                    boolean isByOrder = random.nextBoolean();
                    List<String> alone = run(new SplittableRandom(seed), size, isByOrder, false);
                    List<String> beside = run(new SplittableRandom(seed), size, isByOrder, true);
                    assertThat(beside).isEqualTo(alone);
                    assertThat(run(new SplittableRandom(seed), size, isByOrder, false))
                            .isEqualTo(alone);
                });
    }
}
