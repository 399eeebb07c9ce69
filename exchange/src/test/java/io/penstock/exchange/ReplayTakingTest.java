// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import static io.penstock.market.Side.BUY;
import static io.penstock.market.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.market.DataException;
import io.penstock.market.MarketEvent;
import io.penstock.market.TradingStatus;
import io.penstock.strategy.OrderTicket;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTakingTest {
    private final RecordedEvents events = RecordedEvents.byLevel();

    private VenueSession session() {
        return new VenueSession(venue());
    }

    private ReplayVenue venue() {
        return new ReplayVenue(events, ReplayConfiguration.standard());
    }

    @Test
    void takesLevelByLevelUpToTheLimit() {
        events.at(1).ask(101, 3).ask(102, 4).ask(103, 5).bid(99, 1);
        VenueSession session = session().until(1).limit(1, BUY, 10, 102);
        assertThat(session.reports())
                .containsExactly("ACCEPTED 1", "FILL 1 3@101 taker", "FILL 1 4@102 taker");
    }

    @Test
    void cancelsWhatAMarketOrderCannotTake() {
        events.at(1).ask(101, 3).bid(99, 2);
        VenueSession session = session().until(1).market(1, BUY, 10).market(2, BUY, 1);
        assertThat(session.reports())
                .containsExactly(
                        "ACCEPTED 1",
                        "FILL 1 3@101 taker",
                        "CANCELLED 1 NO_LIQUIDITY",
                        "ACCEPTED 2",
                        "CANCELLED 2 NO_LIQUIDITY");
    }

    @Test
    void takesNothingThatANewerQuoteNoLongerShows() {
        events.at(1).ask(101, 10).ask(103, 6).bid(99, 2).at(2).quote(102, 1, 103, 4);
        VenueSession session = session().until(1).market(1, BUY, 1);
        assertThat(session.reports()).contains("FILL 1 1@101 taker");
        session.until(2).market(2, BUY, 9);
        assertThat(session.reports())
                .containsExactly("ACCEPTED 2", "FILL 2 4@103 taker", "CANCELLED 2 NO_LIQUIDITY");
    }

    @Test
    void whatWasTakenStaysTakenUntilTheLevelGrows() {
        events.at(1).ask(101, 10).at(2).ask(101, 12).at(3).ask(101, 5).at(4).ask(101, 9);
        VenueSession session = session().until(1).market(1, BUY, 8);
        session.market(2, BUY, 8).reports();
        session.until(2).market(3, BUY, 8);
        assertThat(session.reports()).contains("FILL 3 2@101 taker");
        session.until(3).market(4, BUY, 8);
        assertThat(session.reports()).contains("CANCELLED 4 NO_LIQUIDITY").hasSize(2);
        session.until(4).market(5, BUY, 8);
        assertThat(session.reports()).contains("FILL 5 4@101 taker");
    }

    @Test
    void aFallOfTheLevelGivesNothingBack() {
        events.at(1).ask(101, 10).at(2).ask(101, 7);
        VenueSession session = session().until(1).market(1, BUY, 6);
        session.reports();
        session.until(2).market(2, BUY, 9);
        assertThat(session.reports()).contains("FILL 2 1@101 taker");
    }

    @Test
    void aLevelThatWentAndCameIsNew() {
        events.at(1).ask(101, 10).at(2).ask(101, 0).at(3).ask(101, 4);
        VenueSession session = session().until(1).market(1, BUY, 10);
        session.reports();
        session.until(3).market(2, BUY, 9);
        assertThat(session.reports()).contains("FILL 2 4@101 taker");
    }

    @Test
    void aLevelThatOnlyLeftTheViewIsNotNew() {
        events.depth(1).at(1).ask(101, 10);
        events.at(2).level(SELL, 101, 0, MarketEvent.REVEALED);
        events.at(3).level(SELL, 101, 10, MarketEvent.REVEALED);
        VenueSession session = session().until(1).market(1, BUY, 9);
        session.reports();
        session.until(3).market(2, BUY, 9);
        assertThat(session.reports()).contains("FILL 2 1@101 taker");
    }

    @Test
    void aSnapshotMakesEverythingNew() {
        events.at(1).ask(101, 10).at(2);
        events.packet(
                () ->
                        events.clear(MarketEvent.SNAPSHOT)
                                .level(SELL, 101, 10, MarketEvent.SNAPSHOT));
        VenueSession session = session().until(1).market(1, BUY, 10);
        session.reports();
        session.until(2).market(2, BUY, 10);
        assertThat(session.reports()).contains("FILL 2 10@101 taker");
    }

    @Test
    void levelsBelowTheVisibleDepthDoNotCount() {
        events.depth(1).at(1).ask(101, 3).ask(102, 4);
        VenueSession session = session().until(1).market(1, BUY, 10);
        assertThat(session.reports()).contains("FILL 1 3@101 taker", "CANCELLED 1 NO_LIQUIDITY");
    }

    @Test
    void immediateOrCancelNeverRests() {
        events.at(1).ask(101, 3);
        VenueSession session =
                session().until(1).submit(1, OrderTicket.limit(0, BUY, 5, 101).immediateOrCancel());
        assertThat(session.reports())
                .containsExactly("ACCEPTED 1", "FILL 1 3@101 taker", "CANCELLED 1 TIME_IN_FORCE");
    }

    @Test
    void fillOrKillTakesAllOrNothing() {
        events.at(1).ask(101, 3).ask(102, 4);
        VenueSession session =
                session()
                        .until(1)
                        .submit(1, OrderTicket.limit(0, BUY, 8, 102).fillOrKill())
                        .submit(2, OrderTicket.limit(0, BUY, 4, 101).fillOrKill())
                        .submit(3, OrderTicket.limit(0, BUY, 7, 102).fillOrKill());
        assertThat(session.reports())
                .containsExactly(
                        "ACCEPTED 1",
                        "CANCELLED 1 NOT_FILLABLE",
                        "ACCEPTED 2",
                        "CANCELLED 2 NOT_FILLABLE",
                        "ACCEPTED 3",
                        "FILL 3 3@101 taker",
                        "FILL 3 4@102 taker");
    }

    @Test
    void postOnlyIsRejectedWhereItWouldTake() {
        events.at(1).ask(101, 3);
        VenueSession session =
                session()
                        .until(1)
                        .submit(1, OrderTicket.limit(0, BUY, 1, 101).postOnly())
                        .submit(2, OrderTicket.limit(0, BUY, 1, 100).postOnly())
                        .replace(3, 2, 101, 1);
        assertThat(session.reports())
                .containsExactly(
                        "REJECTED 1 WOULD_TAKE", "ACCEPTED 2", "REPLACE_REJECTED 2->3 WOULD_TAKE");
    }

    @Test
    void refusesWhileTheBookIsStale() {
        events.at(1).ask(101, 3).at(2).gap();
        VenueSession session = session().until(2).market(1, BUY, 1).limit(2, SELL, 1, 200);
        assertThat(session.reports())
                .containsExactly("REJECTED 1 STALE_BOOK", "REJECTED 2 STALE_BOOK");
    }

    @Test
    void refusesWhileTradingIsHaltedButCancels() {
        events.at(1).ask(101, 3).at(2).status(TradingStatus.HALTED);
        events.at(3).ask(100, 5).trade(99, 5, -1).at(4).status(TradingStatus.TRADING);
        VenueSession session = session().until(1).limit(1, BUY, 1, 100).limit(2, BUY, 1, 100);
        session.until(3).market(3, BUY, 1).cancel(2);
        assertThat(session.reports())
                .containsExactly(
                        "ACCEPTED 1",
                        "ACCEPTED 2",
                        "REJECTED 3 NOT_TRADING",
                        "CANCELLED 2 REQUESTED");
        assertThat(session.until(4).reports()).containsExactly("FILL 1 1@100 maker");
    }

    @Test
    void quotesFillWhereThereIsNoBook() {
        events.at(1).quote(99, 5, 101, 7).at(2).quote(99, 5, 101, 9).at(3).quote(98, 5, 100, 4);
        events.at(4).quote(98, 5, 101, 9);
        ReplayVenue venue = venue();
        VenueSession session = new VenueSession(venue).until(1).market(1, BUY, 9);
        assertThat(session.reports()).contains("FILL 1 7@101 taker");
        session.until(2).market(2, BUY, 9);
        assertThat(session.reports()).contains("FILL 2 2@101 taker");
        session.until(4).market(3, BUY, 9);
        assertThat(session.reports()).doesNotContain("FILL 3 9@101 taker");
        assertThat(venue.liquiditySource(0)).isEqualTo(LiquiditySource.QUOTES);
        assertThat(venue.filledLots(0, LiquiditySource.QUOTES)).isEqualTo(9);
    }

    @Test
    void quotesFillWhileTheBookWasNeverComplete() {
        events.at(1).sequence(10).sequencedBid(99, 5, 9).quote(99, 5, 101, 7);
        events.at(2).sequence(11);
        events.packet(
                () -> events.clear(MarketEvent.SNAPSHOT).level(SELL, 102, 3, MarketEvent.SNAPSHOT));
        events.at(3).gap();
        ReplayVenue venue = venue();
        VenueSession session = new VenueSession(venue).until(1).market(1, BUY, 2);
        assertThat(session.reports()).contains("FILL 1 2@101 taker");
        session.until(2).market(2, BUY, 2);
        assertThat(session.reports()).contains("FILL 2 2@102 taker");
        session.until(3).market(3, BUY, 2);
        assertThat(session.reports()).containsExactly("REJECTED 3 STALE_BOOK");
        assertThat(venue.filledLots(0, LiquiditySource.QUOTES)).isEqualTo(2);
        assertThat(venue.filledLots(0, LiquiditySource.BOOK)).isEqualTo(2);
    }

    @Test
    void quotesWithoutSizesNeedASize() {
        events.at(1).quote(99, 0, 101, 0).at(2).quote(99, 0, 101, 0).at(3).quote(99, 0, 102, 0);
        assertThatThrownBy(this::venue)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no sizes");
        VenueSession session =
                new VenueSession(
                        new ReplayVenue(
                                events,
                                new ReplayConfiguration(
                                        FeeSchedule.none(), QueueModel.PROPORTIONAL, 4)));
        session.until(2).market(1, BUY, 9).market(2, BUY, 9);
        assertThat(session.reports())
                .containsSubsequence("FILL 1 4@101 taker", "CANCELLED 2 NO_LIQUIDITY");
        session.until(3).market(3, BUY, 9);
        assertThat(session.reports()).contains("FILL 3 4@102 taker");
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        events.at(1).ask(101, 3);
        VenueSession session = session().until(1).limit(1, BUY, 1, 99);
        session.submit(2, OrderTicket.limit(1, BUY, 1, 99));
        session.limit(3, BUY, 0, 99).limit(4, BUY, 1, MarketEvent.NO_PRICE).limit(1, BUY, 1, 99);
        session.submit(5, OrderTicket.limit(0, BUY, 1, 99).until(MarketEvent.NO_TIME));
        session.submit(6, OrderTicket.market(0, BUY, 1).postOnly());
        session.cancel(7).replace(9, 8, 99, 1).replace(1, 1, 99, 1).replace(9, 1, 99, 0);
        assertThat(session.reports())
                .isEqualTo(
                        List.of(
                                "ACCEPTED 1",
                                "REJECTED 2 UNKNOWN_INSTRUMENT",
                                "REJECTED 3 BAD_QUANTITY",
                                "REJECTED 4 BAD_PRICE",
                                "REJECTED 1 DUPLICATE_ID",
                                "REJECTED 5 BAD_TIME_IN_FORCE",
                                "REJECTED 6 BAD_TIME_IN_FORCE",
                                "CANCEL_REJECTED 7 UNKNOWN_ORDER",
                                "REPLACE_REJECTED 8->9 UNKNOWN_ORDER",
                                "REPLACE_REJECTED 1->1 DUPLICATE_ID",
                                "REPLACE_REJECTED 1->9 BAD_QUANTITY"));
    }
}
