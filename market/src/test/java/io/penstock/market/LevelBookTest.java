// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testing.Seeds;
import org.junit.jupiter.api.Test;

class LevelBookTest extends OrderBookContractTest {
    private static final int LAST = MarketEvent.END_OF_EVENT;

    @Override
    BookBuilder newBook() {
        return new LevelBook(Events.INSTRUMENT);
    }

    @Override
    void change(Events to, Side side, long price, long from, long quantity) {
        to.level(side, price, quantity);
    }

    private BookChange packet(long sequence, long previous, long price) {
        events.sequence(sequence).level(Side.BUY, price, 1, previous, LAST);
        return apply(events);
    }

    private void snapshot(long sequence) {
        events.sequence(sequence).add(EventKind.CLEAR, MarketEvent.SNAPSHOT, 0, 0, 0, 0);
        apply(events);
        events.level(Side.SELL, 1_000, 1, MarketEvent.NO_SEQUENCE, MarketEvent.SNAPSHOT | LAST);
        apply(events);
    }

    @Test
    void isStaleBeforeTheFirstSnapshotOfASequencedFeed() {
        assertThat(packet(10, 9, 5)).isEqualTo(BookChange.IGNORED);
        assertThat(book.isStale()).isTrue();
        assertThat(book.levels(Side.BUY)).isZero();
        snapshot(10);
        assertThat(book.isStale()).isFalse();
    }

    @Test
    void ignoresPacketsThatTheSnapshotContains() {
        snapshot(100);
        assertThat(packet(99, 90, 5)).isEqualTo(BookChange.IGNORED);
        assertThat(packet(100, 99, 5)).isEqualTo(BookChange.IGNORED);
        assertThat(book.isStale()).isFalse();
        assertThat(book.sequence()).isEqualTo(100);
    }

    @Test
    void takesAPacketThatOverlapsDirectlyAfterTheSnapshotOnly() {
        snapshot(100);
        assertThat(packet(105, 95, 5)).isEqualTo(BookChange.APPLIED);
        assertThat(packet(110, 105, 6)).isEqualTo(BookChange.APPLIED);
        assertThat(packet(115, 108, 7)).isEqualTo(BookChange.GAP);
        assertThat(book.isStale()).isTrue();
        assertThat(book.bestBid()).isEqualTo(6);
        assertThat(packet(116, 115, 8)).isEqualTo(BookChange.IGNORED);
        snapshot(120);
        assertThat(packet(121, 120, 9)).isEqualTo(BookChange.APPLIED);
        assertThat(book.levels(Side.BUY)).isEqualTo(1);
    }

    @Test
    void findsAGapDirectlyAfterTheSnapshot() {
        snapshot(100);
        assertThat(packet(105, 101, 5)).isEqualTo(BookChange.GAP);
    }

    @Test
    void findsAGapOncePerPacket() {
        snapshot(100);
        packet(101, 100, 5);
        events.sequence(110).level(Side.BUY, 7, 1, 105, 0);
        assertThat(apply(events)).isEqualTo(BookChange.GAP);
        events.level(Side.BUY, 8, 1, 105, LAST);
        assertThat(apply(events)).isEqualTo(BookChange.IGNORED);
        assertThat(book.bestBid()).isEqualTo(5);
        assertThat(book.sequence()).isEqualTo(101);
    }

    @Test
    void movesItsSequenceWithAPacketWithoutLevels() {
        snapshot(100);
        assertThat(packet(105, 100, MarketEvent.NO_PRICE)).isEqualTo(BookChange.NONE);
        assertThat(book.sequence()).isEqualTo(105);
        assertThat(packet(106, 105, 5)).isEqualTo(BookChange.APPLIED);
    }

    @Test
    void saysWhenALevelIsWhatItWas() {
        assertThat(packet(1, MarketEvent.NO_SEQUENCE, 5)).isEqualTo(BookChange.APPLIED);
        assertThat(packet(2, MarketEvent.NO_SEQUENCE, 5)).isEqualTo(BookChange.NONE);
        assertThat(apply(events.level(Side.SELL, 5, 0))).isEqualTo(BookChange.NONE);
    }

    @Test
    void staysAsItIsWhenAPacketComesAmidASnapshot() {
        events.sequence(50).add(EventKind.CLEAR, MarketEvent.SNAPSHOT, 0, 0, 0, 0);
        apply(events);
        assertThat(packet(51, 50, 5)).isEqualTo(BookChange.IGNORED);
        assertThat(book.isStale()).isTrue();
    }

    /// Packets of 1 to 4 levels, some of them lost, doubled or cut by a GAP; snapshots now and
    /// then.
    @Test
    void equalsTheNaiveModelOfASequencedFeed() throws Exception {
        Seeds.check(
                80,
                300,
                (random, size) -> {
                    book = newBook();
                    NaiveBook model = new NaiveBook();
                    long feed = 1_000;
                    long at = -1;
                    boolean stale = true;
                    boolean fresh = false;
                    for (int i = 0; i < size; i++) {
                        int dice = random.nextInt(40);
                        if (dice == 0) {
                            snapshot(feed - random.nextInt(5));
                            at = book.sequence();
                            model.clear();
                            model.set(Side.SELL, 1_000, 1);
                            stale = false;
                            fresh = true;
                            continue;
                        }
                        if (dice == 1) {
                            apply(events.add(EventKind.GAP, LAST, 0, 0, 0, 0));
                            stale = true;
                            continue;
                        }
                        long previous = dice == 2 ? feed + 1 : feed;
                        long next = dice == 3 ? feed : previous + 1 + random.nextInt(4);
                        feed = next;
                        boolean old = next <= at;
                        boolean fits = fresh ? previous <= at : previous == at;
                        boolean applied = !stale && !old && fits;
                        int levels = 1 + random.nextInt(4);
                        for (int k = 1; k <= levels; k++) {
                            long price = random.nextInt(20);
                            long quantity = random.nextInt(4);
                            events.sequence(next);
                            events.level(
                                    Side.BUY, price, quantity, previous, k == levels ? LAST : 0);
                            BookChange change = apply(events);
                            if (applied) {
                                model.set(Side.BUY, price, quantity);
                                assertThat(change).isIn(BookChange.APPLIED, BookChange.NONE);
                            } else {
                                boolean gap = !stale && !old && k == 1;
                                assertThat(change)
                                        .isEqualTo(gap ? BookChange.GAP : BookChange.IGNORED);
                            }
                        }
                        if (applied) {
                            at = next;
                            fresh = false;
                        } else if (!old) {
                            stale = true;
                        }
                        model.check(book);
                        assertThat(book.isStale()).isEqualTo(stale);
                        assertThat(book.sequence())
                                .isEqualTo(at < 0 ? MarketEvent.NO_SEQUENCE : at);
                    }
                });
    }
}
