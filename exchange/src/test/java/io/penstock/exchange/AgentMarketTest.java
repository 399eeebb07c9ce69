// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.SlotSink;
import io.penstock.market.EventKind;
import io.penstock.market.MarketEvent;
import io.penstock.market.OrderBook;
import io.penstock.market.OrderByOrderBook;
import io.penstock.market.Side;
import io.penstock.market.Tape;
import io.penstock.market.TapeHeader;
import io.penstock.market.TapeWriter;
import io.penstock.strategy.OrderTicket;
import io.penstock.trading.Venue;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentMarketTest {
    private static final long START = AgentMarketConfiguration.DEFAULT_START_NS;
    private static final long SECOND = 1_000_000_000L;
    private static final SlotSink NOBODY = (segment, offset) -> {};

    private static AgentMarketConfiguration minutes(long seed, int minutes) {
        return new AgentMarketConfiguration(seed, START, 60 * SECOND * minutes);
    }

    private static void play(Venue market) {
        while (market.nextTimeNs() != Venue.NEVER) {
            market.advance(NOBODY);
        }
    }

    /// A checksum of all bytes of a feed.
    private static final class Sum implements SlotSink {
        private final CRC32C crc = new CRC32C();
        private long count;

        @Override
        public void accept(MemorySegment segment, long offset) {
            crc.update(segment.asSlice(offset, MarketEvent.BYTES).toArray(ValueLayout.JAVA_BYTE));
            count++;
        }
    }

    private static long feedOf(AgentMarketConfiguration configuration) {
        Sum sum = new Sum();
        play(new AgentMarket(configuration, FeeSchedule.none(), sum));
        assertThat(sum.count).isGreaterThan(1_000);
        return sum.crc.getValue();
    }

    @Test
    void theSeedDecidesEveryByteOfTheFeed() {
        assertThat(feedOf(minutes(1, 2))).isEqualTo(feedOf(minutes(1, 2)));
        assertThat(feedOf(minutes(1, 2))).isNotEqualTo(feedOf(minutes(2, 2)));
    }

    /// Pinned, so that a change of the market that ships with the program is noticed.
    @Test
    void aSessionLooksLikeAMarket() {
        long[] kinds = new long[16];
        AgentMarket market =
                new AgentMarket(
                        AgentMarketConfiguration.of(1),
                        FeeSchedule.none(),
                        (segment, offset) -> kinds[MarketEvent.kindCode(segment, offset)]++);
        long spreads = 0;
        long lots = 0;
        int samples = 0;
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (long at = START + SECOND; at < START + 1_799 * SECOND; at += SECOND) {
            while (market.nextTimeNs() <= at) {
                market.advance(NOBODY);
            }
            OrderBook book = market.book();
            assertThat(book.bestAsk()).isGreaterThan(book.bestBid());
            assertThat(book.levels(Side.BUY)).isGreaterThan(3);
            assertThat(book.levels(Side.SELL)).isGreaterThan(3);
            spreads += book.bestAsk() - book.bestBid();
            lots += book.bestQuantity(Side.BUY) + book.bestQuantity(Side.SELL);
            low = Math.min(low, book.bestBid());
            high = Math.max(high, book.bestAsk());
            samples++;
        }
        assertThat((double) spreads / samples).isBetween(1.2, 5.0);
        assertThat(lots / samples).isBetween(20L, 200L);
        assertThat(low).isGreaterThan(9_500);
        assertThat(high).isLessThan(10_500);
        assertThat(high - low).isGreaterThan(30);
        assertThat(market.eventCount()).isBetween(180_000L, 500_000L);
        assertThat(kinds[EventKind.TRADE.code()]).isEqualTo(market.tradeCount());
        assertThat(market.tradeCount()).isBetween(5_000L, 60_000L);
    }

    @Test
    void theFeedRebuildsTheBookAfterEveryPacket() {
        OrderByOrderBook rebuilt = new OrderByOrderBook(AgentMarket.newInstrument());
        boolean[] isWhole = {true};
        AgentMarket market =
                new AgentMarket(
                        minutes(3, 3),
                        FeeSchedule.none(),
                        (segment, offset) -> {
                            rebuilt.apply(segment, offset);
                            isWhole[0] = MarketEvent.isEndOfEvent(segment, offset);
                        });
        while (market.nextTimeNs() != Venue.NEVER) {
            market.advance(NOBODY);
            assertThat(isWhole[0]).isTrue();
            assertThat(levels(rebuilt)).isEqualTo(levels(market.book()));
        }
        assertThat(rebuilt.isStale()).isFalse();
    }

    private static List<Long> levels(OrderBook book) {
        return List.of(
                book.bestBid(),
                book.bestAsk(),
                book.bestQuantity(Side.BUY),
                book.bestQuantity(Side.SELL),
                (long) book.levels(Side.BUY),
                (long) book.levels(Side.SELL),
                sum(book, Side.BUY),
                sum(book, Side.SELL));
    }

    private static long sum(OrderBook book, Side side) {
        long sum = 0;
        for (int i = 0; i < book.levels(side); i++) {
            sum = 31 * sum + book.price(side, i) * 7 + book.quantity(side, i);
        }
        return sum;
    }

    @Test
    void ordersOfTheUserMeetTheAgents() {
        AgentMarket market = new AgentMarket(minutes(1, 5), FeeSchedule.none(), NOBODY);
        VenueSession session = new VenueSession(market).until(START + 30 * SECOND);
        long ask = market.book().bestAsk();
        long lots = market.book().bestQuantity(Side.SELL);
        session.market(1, Side.BUY, lots);
        assertThat(session.reports().getLast())
                .startsWith("FILL 1 ")
                .endsWith("@" + ask + " taker");
        assertThat(market.book().bestAsk()).isGreaterThan(ask);
        assertThat(market.lastTrade()).isEqualTo(ask);
        session.limit(2, Side.BUY, 3, market.book().bestAsk() - 1);
        assertThat(market.book().bestBid()).isEqualTo(market.book().bestAsk() - 1);
        session.until(START + 60 * SECOND);
        assertThat(session.reports())
                .startsWith("ACCEPTED 2")
                .anyMatch(report -> report.startsWith("FILL 2 ") && report.endsWith(" maker"));
    }

    @Test
    void stopsAreTriggeredByTradesOfTheAgents() {
        AgentMarket market = new AgentMarket(minutes(1, 20), FeeSchedule.none(), NOBODY);
        VenueSession session = new VenueSession(market).until(START + 30 * SECOND);
        session.submit(1, OrderTicket.stop(0, Side.BUY, 2, market.lastTrade() + 3));
        session.submit(2, OrderTicket.stop(0, Side.SELL, 2, market.lastTrade() - 3));
        session.until(START + 1_000 * SECOND);
        assertThat(session.reports())
                .startsWith("ACCEPTED 1", "ACCEPTED 2")
                .containsAnyOf("TRIGGERED 1", "TRIGGERED 2");
    }

    @Test
    void takesNoOrderOutsideTheSession() {
        AgentMarket market = new AgentMarket(minutes(1, 1), FeeSchedule.none(), NOBODY);
        VenueSession session = new VenueSession(market).limit(1, Side.BUY, 1, 9_990);
        session.until(START + 10 * SECOND).limit(2, Side.BUY, 1, 9_000);
        session.until(START + 61 * SECOND).limit(3, Side.BUY, 1, 9_000).close();
        assertThat(session.reports())
                .containsExactly(
                        "REJECTED 1 NOT_TRADING",
                        "ACCEPTED 2",
                        "REJECTED 3 NOT_TRADING",
                        "EXPIRED 2 SESSION_END");
    }

    @Test
    void aTapeOfTheSessionReplays(@TempDir Path folder) {
        Path path = folder.resolve("demo.tape");
        AgentMarket market;
        try (TapeWriter writer =
                TapeWriter.create(path, TapeHeader.of(List.of(AgentMarket.newInstrument())))) {
            market = new AgentMarket(minutes(4, 2), FeeSchedule.none(), received(writer));
            play(market);
            writer.finish();
        }
        try (Tape tape = Tape.open(path)) {
            ReplayVenue replay = new ReplayVenue(tape, ReplayConfiguration.standard());
            play(replay);
            assertThat(replay.eventCount()).isEqualTo(market.eventCount());
            assertThat(levels(replay.book(0))).isEqualTo(levels(market.book()));
            assertThat(replay.lastTrade(0)).isEqualTo(market.lastTrade());
            assertThat(replay.liquiditySource(0)).isEqualTo(LiquiditySource.BOOK);
        }
    }

    /// Received when it happened.
    private static SlotSink received(SlotSink sink) {
        return (segment, offset) -> {
            long time = MarketEvent.exchangeTime(segment, offset);
            MarketEvent.putTimes(
                    segment, offset, time, time, MarketEvent.sequence(segment, offset));
            sink.accept(segment, offset);
        };
    }
}
