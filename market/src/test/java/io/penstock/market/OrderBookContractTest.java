// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testing.Allocation;
import io.penstock.testing.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every book does, whatever it is fed with.
abstract class OrderBookContractTest {
    private static final int MEASURED_EVENTS = 1_000_000;

    final Events events = new Events();
    private final Events clearing = new Events().add(EventKind.CLEAR, 1, 0, 0, 0, 0);
    BookBuilder book = newBook();

    abstract BookBuilder newBook();

    /// Appends to `to` the events that bring a level from one quantity to another.
    abstract void change(Events to, Side side, long price, long from, long quantity);

    @BeforeEach
    void startAnew() {
        book = newBook();
    }

    @Test
    void isEmptyAtFirst() {
        checkEmpty();
    }

    private void checkEmpty() {
        new NaiveBook().check(book);
        assertThat(book.instrument()).isEqualTo(Events.INSTRUMENT);
        assertThat(book.isStale()).isFalse();
        assertThat(book.sequence()).isEqualTo(MarketEvent.NO_SEQUENCE);
        assertThat(book.isCrossed()).isFalse();
        assertThat(book.quantityAt(Side.BUY, 0)).isZero();
    }

    @Test
    void sortsBothSidesFromTheBest() {
        set(Side.BUY, 100, 0, 5);
        set(Side.BUY, 102, 0, 6);
        set(Side.BUY, 101, 0, 7);
        set(Side.SELL, 105, 0, 1);
        set(Side.SELL, 103, 0, 2);
        set(Side.SELL, 104, 0, 3);
        assertThat(book.bestBid()).isEqualTo(102);
        assertThat(book.bestAsk()).isEqualTo(103);
        assertThat(book.price(Side.BUY, 2)).isEqualTo(100);
        assertThat(book.price(Side.SELL, 2)).isEqualTo(105);
        assertThat(book.quantity(Side.SELL, 1)).isEqualTo(3);
        assertThat(book.quantityAt(Side.BUY, 101)).isEqualTo(7);
        set(Side.BUY, 102, 6, 0);
        assertThat(book.bestBid()).isEqualTo(101);
        assertThat(book.levels(Side.BUY)).isEqualTo(2);
    }

    @Test
    void knowsWhenItIsCrossed() {
        set(Side.BUY, 100, 0, 5);
        set(Side.SELL, 101, 0, 5);
        assertThat(book.isCrossed()).isFalse();
        set(Side.SELL, 100, 0, 5);
        assertThat(book.isCrossed()).isTrue();
        assertThat(book.quantityAt(Side.BUY, 100)).isEqualTo(5);
    }

    @Test
    void takesEveryPriceThatALongCanBe() {
        long least = MarketEvent.NO_PRICE + 1;
        for (Side side : Side.values()) {
            for (long price : new long[] {0, Long.MAX_VALUE, least, -1, 1}) {
                set(side, price, 0, 1);
            }
        }
        assertThat(book.bestBid()).isEqualTo(Long.MAX_VALUE);
        assertThat(book.bestAsk()).isEqualTo(least);
        assertThat(book.price(Side.BUY, 4)).isEqualTo(least);
        assertThat(book.price(Side.SELL, 1)).isEqualTo(-1);
    }

    @Test
    void isEmptyAfterClear() {
        set(Side.BUY, 100, 0, 5);
        assertThat(apply(events.add(EventKind.CLEAR, MarketEvent.END_OF_EVENT, 0, 0, 0, 0)))
                .isEqualTo(BookChange.APPLIED);
        new NaiveBook().check(book);
        set(Side.BUY, 100, 0, 4);
        assertThat(book.bestQuantity(Side.BUY)).isEqualTo(4);
    }

    @Test
    void isStaleFromAGapToTheNextSnapshot() {
        set(Side.BUY, 100, 0, 5);
        assertThat(apply(events.add(EventKind.GAP, MarketEvent.END_OF_EVENT, 0, 0, 0, 0)))
                .isEqualTo(BookChange.GAP);
        assertThat(book.isStale()).isTrue();
        Events later = new Events();
        change(later, Side.BUY, 101, 0, 5);
        assertThat(later.applyLast(book)).isEqualTo(BookChange.IGNORED);
        assertThat(book.bestBid()).isEqualTo(100);
        apply(events.sequence(7).add(EventKind.CLEAR, MarketEvent.SNAPSHOT, 0, 0, 0, 0));
        assertThat(book.isStale()).isTrue();
        events.level(
                Side.BUY,
                99,
                3,
                MarketEvent.NO_SEQUENCE,
                MarketEvent.SNAPSHOT | MarketEvent.END_OF_EVENT);
        assertThat(apply(events)).isEqualTo(BookChange.APPLIED);
        assertThat(book.isStale()).isFalse();
        assertThat(book.sequence()).isEqualTo(7);
        assertThat(book.levels(Side.BUY)).isEqualTo(1);
        assertThat(book.bestBid()).isEqualTo(99);
    }

    @Test
    void endsASnapshotThatIsEmpty() {
        events.add(EventKind.GAP, MarketEvent.END_OF_EVENT, 0, 0, 0, 0);
        apply(events);
        int flags = MarketEvent.SNAPSHOT | MarketEvent.END_OF_EVENT;
        apply(events.add(EventKind.CLEAR, flags, 0, 0, 0, 0));
        assertThat(book.isStale()).isFalse();
    }

    @Test
    void publishesTheSequenceAtTheEndOfThePacket() {
        events.sequence(41);
        set(Side.BUY, 100, 0, 5);
        assertThat(book.sequence()).isEqualTo(41);
        events.sequence(42).level(Side.BUY, 99, 1, MarketEvent.NO_SEQUENCE, 0);
        apply(events);
        assertThat(book.sequence()).isEqualTo(41);
        events.level(Side.BUY, MarketEvent.NO_PRICE, 0);
        assertThat(apply(events)).isEqualTo(BookChange.NONE);
        assertThat(book.sequence()).isEqualTo(42);
    }

    @Test
    void leavesOtherKindsAlone() {
        set(Side.BUY, 100, 0, 5);
        NaiveBook model = new NaiveBook();
        model.set(Side.BUY, 100, 5);
        for (EventKind kind :
                new EventKind[] {
                    EventKind.QUOTE,
                    EventKind.TRADE,
                    EventKind.STATUS,
                    EventKind.TIMER,
                    EventKind.REFERENCE
                }) {
            events.add(kind, MarketEvent.END_OF_EVENT, 100, 1, 100, 1);
            assertThat(apply(events)).isEqualTo(BookChange.NONE);
        }
        model.check(book);
    }

    @Test
    void forgetsEverythingOnReset() {
        events.sequence(3);
        set(Side.BUY, 100, 0, 5);
        apply(events.add(EventKind.GAP, MarketEvent.END_OF_EVENT, 0, 0, 0, 0));
        book.reset();
        checkEmpty();
    }

    @Test
    void equalsTheNaiveModel() throws Exception {
        Seeds.check(
                60,
                1_500,
                (random, size) -> {
                    book = newBook();
                    NaiveBook model = new NaiveBook();
                    Prices prices = new Prices(random);
                    for (int i = 0; i < size; i++) {
                        if (random.nextInt(400) == 0) {
                            model.clear();
                            events.add(EventKind.CLEAR, MarketEvent.END_OF_EVENT, 0, 0, 0, 0);
                            apply(events);
                        }
                        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
                        long price = prices.next(side);
                        long quantity = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(9);
                        set(side, price, model.quantityAt(side, price), quantity);
                        model.set(side, price, quantity);
                        if (i % 50 == 0) {
                            model.check(book);
                        }
                    }
                    model.check(book);
                });
    }

    @Test
    void allocatesNothingInSteadyState() throws Exception {
        Allocation allocation = new Allocation();
        Events cycle = cycle();
        run(cycle);
        run(cycle);
        allocation.bytes();
        long before = allocation.bytes();
        long done = 0;
        while (done < MEASURED_EVENTS) {
            done += run(cycle);
        }
        assertThat((double) (allocation.bytes() - before) / done).isLessThan(0.01);
    }

    private Events cycle() {
        SplittableRandom random = new SplittableRandom(7);
        Events cycle = new Events();
        Prices prices = new Prices(random);
        NaiveBook model = new NaiveBook();
        for (int i = 0; i < 20_000; i++) {
            Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
            long price = prices.next(side);
            long quantity = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(9);
            change(cycle, side, price, model.quantityAt(side, price), quantity);
            model.set(side, price, quantity);
        }
        return cycle;
    }

    private int run(Events cycle) {
        book.apply(clearing.segment(), 0);
        for (int i = 0; i < cycle.count(); i++) {
            book.apply(cycle.segment(), Tape.offset(i));
        }
        return cycle.count();
    }

    final void set(Side side, long price, long from, long quantity) {
        int first = events.count();
        change(events, side, price, from, quantity);
        for (int i = first; i < events.count(); i++) {
            book.apply(events.segment(), Tape.offset(i));
        }
    }

    final BookChange apply(Events appended) {
        return appended.applyLast(book);
    }

    /// Prices as markets have them: near a middle that walks and now and then jumps, some far away,
    /// some anywhere at all; a bid may be above an ask.
    static final class Prices {
        private final SplittableRandom random;
        private final long step;
        private long middle;

        Prices(SplittableRandom random) {
            this.random = random;
            step = random.nextBoolean() ? 1 : 100;
            middle = random.nextLong(2_000) - 1_000;
        }

        long next(Side side) {
            int dice = random.nextInt(1_000);
            if (dice == 0) {
                middle = random.nextLong() >> random.nextInt(3, 60);
            } else if (dice < 100) {
                middle += step * (random.nextInt(7) - 3L);
            }
            if (dice > 990) {
                return Math.max(MarketEvent.NO_PRICE + 1, random.nextLong());
            }
            long width = dice > 900 ? 20_000L : 30L;
            return middle - side.sign() * step * (random.nextLong(width) - 2);
        }
    }
}
