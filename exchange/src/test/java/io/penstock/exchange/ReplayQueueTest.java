// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import static io.penstock.market.Side.BUY;
import static io.penstock.market.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.MarketEvent;
import io.penstock.strategy.OrderTicket;
import org.junit.jupiter.api.Test;

class ReplayQueueTest {
    private final RecordedEvents levels = RecordedEvents.byLevel();
    private final RecordedEvents orders = RecordedEvents.byOrder();

    private VenueSession session(RecordedEvents events, QueueModel model) {
        return new VenueSession(
                new ReplayVenue(events, new ReplayConfiguration(FeeSchedule.none(), model, 0)));
    }

    private VenueSession session(RecordedEvents events) {
        return session(events, QueueModel.PROPORTIONAL);
    }

    @Test
    void tradesServeTheQueueFromTheFront() {
        levels.at(1).bid(99, 10).ask(101, 5);
        levels.at(2).trade(99, 6, -1).at(3).trade(99, 6, -1).at(4).trade(99, 9, -1);
        VenueSession session = session(levels).until(1).limit(1, BUY, 5, 99);
        assertThat(session.until(2).reports()).containsExactly("ACCEPTED 1");
        assertThat(session.until(3).reports()).containsExactly("FILL 1 2@99 maker");
        assertThat(session.until(4).reports()).containsExactly("FILL 1 3@99 maker");
    }

    @Test
    void aFallThatTradesExplainDoesNotCountTwice() {
        levels.at(1).bid(99, 10).ask(101, 5);
        levels.at(2).trade(99, 4, -1).at(3).bid(99, 6).at(4).trade(99, 6, -1);
        levels.at(5).trade(99, 1, -1);
        VenueSession session = session(levels, QueueModel.OPTIMISTIC).until(1);
        session.limit(1, BUY, 5, 99);
        assertThat(session.until(4).reports()).containsExactly("ACCEPTED 1");
        assertThat(session.until(5).reports()).containsExactly("FILL 1 1@99 maker");
    }

    @Test
    void cancellationsAreSpreadByTheModel() {
        // 10 ahead, 10 behind, then 8 lots cancelled.
        levels.at(1).bid(99, 10).ask(101, 5).at(2).bid(99, 20).at(3).bid(99, 12);
        levels.at(4).trade(99, 11, -1);
        assertThat(filledBy(QueueModel.PESSIMISTIC)).isEqualTo("FILL 1 1@99 maker");
        assertThat(filledBy(QueueModel.PROPORTIONAL)).isEqualTo("FILL 1 5@99 maker");
        assertThat(filledBy(QueueModel.OPTIMISTIC)).isEqualTo("FILL 1 9@99 maker");
    }

    private String filledBy(QueueModel model) {
        VenueSession session = session(levels, model).until(1).limit(1, BUY, 9, 99);
        session.reports();
        return session.until(4).reports().getFirst();
    }

    @Test
    void aTradeThroughOurPriceFillsUpToItsSize() {
        levels.at(1).bid(99, 10).ask(101, 5).at(2).trade(98, 3, -1).at(3).trade(97, 9, -1);
        VenueSession session = session(levels).until(1).limit(1, BUY, 5, 99);
        assertThat(session.until(2).reports()).containsExactly("ACCEPTED 1", "FILL 1 3@99 maker");
        assertThat(session.until(3).reports()).containsExactly("FILL 1 2@99 maker");
    }

    @Test
    void anOppositeQuoteThroughOurPriceFillsUpToItsSize() {
        levels.at(1).bid(99, 10).ask(101, 5);
        levels.at(2).packet(() -> levels.bid(99, 0).ask(98, 2)).at(3).ask(98, 2).at(4).ask(98, 7);
        VenueSession session = session(levels).until(1).limit(1, BUY, 5, 99);
        assertThat(session.until(3).reports()).containsExactly("ACCEPTED 1", "FILL 1 2@99 maker");
        assertThat(session.until(4).reports()).containsExactly("FILL 1 3@99 maker");
    }

    @Test
    void oneTradeFillsOurOrdersOnceInPriceTimePriority() {
        levels.at(1).bid(99, 4).ask(103, 5).at(2).trade(99, 9, -1);
        VenueSession session = session(levels).until(1).limit(1, BUY, 2, 99);
        session.limit(2, BUY, 3, 100).limit(3, BUY, 9, 99);
        session.reports();
        // 3 go to the better price, 4 to the recorded queue, 2 to the first of ours.
        assertThat(session.until(2).reports())
                .containsExactly("FILL 2 3@100 maker", "FILL 1 2@99 maker");
    }

    @Test
    void aTradeByTheSameSideDoesNotFill() {
        levels.at(1).bid(99, 1).ask(101, 5).at(2).trade(101, 3, 1).trade(99, 3, 1);
        VenueSession session = session(levels).until(1).limit(1, BUY, 2, 100);
        assertThat(session.until(2).reports()).containsExactly("ACCEPTED 1");
    }

    @Test
    void anUnknownAggressorIsToldByTheBook() {
        levels.at(1).bid(99, 1).ask(101, 5).at(2).trade(99, 3, 0).at(3).trade(101, 9, 0);
        VenueSession session = session(levels).until(1);
        session.limit(1, BUY, 5, 99).limit(2, SELL, 2, 101).reports();
        assertThat(session.until(2).reports()).containsExactly("FILL 1 2@99 maker");
        assertThat(session.until(3).reports()).containsExactly("FILL 2 2@101 maker");
    }

    @Test
    void aHiddenTradeBringsNobodyForward() {
        levels.at(1).bid(99, 4).ask(101, 5).at(2).hiddenTrade(99, 4, -1).at(3).trade(99, 4, -1);
        levels.at(4).hiddenTrade(99, 1, -1);
        VenueSession session = session(levels).until(1).limit(1, BUY, 5, 99);
        assertThat(session.until(3).reports()).containsExactly("ACCEPTED 1");
        assertThat(session.until(4).reports()).containsExactly("FILL 1 1@99 maker");
    }

    @Test
    void nothingFillsWhileTheBookIsStaleAndTheQueueStartsAgain() {
        levels.at(1).bid(99, 4).ask(101, 5).at(2).gap().at(3).trade(98, 5, -1).ask(98, 5);
        levels.at(4)
                .packet(
                        () ->
                                levels.clear(MarketEvent.SNAPSHOT)
                                        .level(BUY, 99, 8, MarketEvent.SNAPSHOT)
                                        .level(SELL, 101, 8, MarketEvent.SNAPSHOT));
        levels.at(5).trade(99, 8, -1).at(6).trade(99, 1, -1);
        VenueSession session = session(levels).until(1).limit(1, BUY, 5, 99);
        assertThat(session.until(5).reports()).containsExactly("ACCEPTED 1");
        assertThat(session.until(6).reports()).containsExactly("FILL 1 1@99 maker");
    }

    @Test
    void whatIsAheadBehindTheVisibleDepthIsKnownWhenItShows() {
        levels.depth(1).at(1).bid(99, 4).ask(101, 5);
        levels.at(2).packet(() -> levels.bid(99, 0).level(BUY, 98, 6, MarketEvent.REVEALED));
        levels.at(3).trade(98, 6, -1).at(4).trade(98, 1, -1);
        VenueSession session = session(levels).until(1).limit(1, BUY, 5, 98);
        assertThat(session.until(3).reports()).containsExactly("ACCEPTED 1");
        assertThat(session.until(4).reports()).containsExactly("FILL 1 1@98 maker");
    }

    @Test
    void recordedOrdersAheadAreKnownWhenTheirLevelComesIntoView() {
        orders.depth(1).at(1).order(11, BUY, 99, 4).order(12, BUY, 98, 6).order(21, SELL, 101, 5);
        orders.at(2).delete(11, BUY, 99, 4).execute(12, BUY, 98, 5).hiddenTrade(98, 2, -1);
        orders.at(3).execute(12, BUY, 98, 1).hiddenTrade(98, 2, -1);
        VenueSession session = session(orders).until(1).limit(1, BUY, 5, 98);
        assertThat(session.until(2).reports()).containsExactly("ACCEPTED 1");
        assertThat(session.until(3).reports()).containsExactly("FILL 1 2@98 maker");
    }

    @Test
    void recordedOrdersAheadLeaveAndThoseBehindDoNot() {
        orders.at(1).order(11, BUY, 99, 4).order(12, BUY, 99, 6).order(21, SELL, 101, 5);
        orders.at(2).order(13, BUY, 99, 7).delete(12, BUY, 99, 6).reduce(11, BUY, 99, 1);
        orders.at(3).delete(13, BUY, 99, 7).execute(11, BUY, 99, 2);
        orders.at(4).order(14, BUY, 99, 5).execute(11, BUY, 99, 1).execute(14, BUY, 99, 2);
        VenueSession session = session(orders).until(1).limit(1, BUY, 5, 99);
        assertThat(session.until(3).reports()).containsExactly("ACCEPTED 1");
        assertThat(session.until(4).reports()).containsExactly("FILL 1 2@99 maker");
    }

    @Test
    void anExecutionOfAnOrderBehindUsIsOurs() {
        orders.at(1).order(11, BUY, 99, 4).order(21, SELL, 101, 5);
        orders.at(2).order(12, BUY, 99, 6).execute(12, BUY, 99, 2);
        orders.at(3).replace(11, 13, 99, 4).execute(13, BUY, 99, 4);
        VenueSession session = session(orders).until(1).limit(1, BUY, 5, 99);
        assertThat(session.until(2).reports()).containsExactly("ACCEPTED 1", "FILL 1 2@99 maker");
        assertThat(session.until(3).reports()).containsExactly("FILL 1 3@99 maker");
    }

    @Test
    void anExecutionAtAWorsePriceIsOurs() {
        orders.at(1).order(11, BUY, 98, 4).order(21, SELL, 101, 5);
        orders.at(2).execute(11, BUY, 98, 3).trade(98, 3, -1);
        VenueSession session = session(orders).until(1).limit(1, BUY, 5, 99);
        assertThat(session.until(2).reports()).containsExactly("ACCEPTED 1", "FILL 1 3@99 maker");
    }

    @Test
    void lessAtTheSamePriceKeepsItsPlaceAndMoreLosesIt() {
        levels.at(1).bid(99, 4).ask(101, 5).at(2).bid(99, 10).at(3).trade(99, 5, -1);
        levels.at(4).trade(99, 5, -1).at(5).trade(99, 3, -1);
        VenueSession kept = session(levels).until(1).limit(1, BUY, 5, 99).until(2);
        assertThat(kept.replace(2, 1, 99, 3).until(4).reports())
                .containsExactly(
                        "ACCEPTED 1", "REPLACED 1->2", "FILL 2 1@99 maker", "FILL 2 2@99 maker");
        VenueSession lost = session(levels).until(1).limit(1, BUY, 5, 99).until(2);
        assertThat(lost.replace(2, 1, 99, 6).until(4).reports())
                .containsExactly("ACCEPTED 1", "REPLACED 1->2");
        assertThat(lost.until(5).reports()).containsExactly("FILL 2 3@99 maker");
    }

    @Test
    void aReplacementCountsWhatWasFilled() {
        levels.at(1).bid(99, 4).ask(101, 5);
        VenueSession session = session(levels).until(1).limit(1, BUY, 7, 101).replace(2, 1, 100, 6);
        session.replace(3, 2, 100, 5).cancel(2).cancel(1).cancel(9).close();
        assertThat(session.reports())
                .containsExactly(
                        "ACCEPTED 1",
                        "FILL 1 5@101 taker",
                        "REPLACED 1->2",
                        "REPLACE_REJECTED 2->3 BAD_QUANTITY",
                        "CANCELLED 2 REQUESTED",
                        "CANCEL_REJECTED 1 UNKNOWN_ORDER",
                        "CANCEL_REJECTED 9 UNKNOWN_ORDER");
    }

    @Test
    void ordersExpireInTheirTime() {
        levels.at(1).bid(99, 4).ask(101, 5).at(10).ask(99, 5).at(20).ask(99, 4);
        ReplayVenue venue = new ReplayVenue(levels, ReplayConfiguration.standard());
        VenueSession session = new VenueSession(venue).until(1);
        session.submit(1, OrderTicket.limit(0, BUY, 5, 99).until(10));
        session.submit(2, OrderTicket.limit(0, BUY, 1, 98).until(8));
        session.submit(3, OrderTicket.limit(0, BUY, 1, 98).until(1));
        session.submit(4, OrderTicket.limit(0, BUY, 1, 98));
        assertThat(session.reports())
                .containsExactly(
                        "ACCEPTED 1",
                        "ACCEPTED 2",
                        "ACCEPTED 3",
                        "EXPIRED 3 TIME_IN_FORCE",
                        "ACCEPTED 4");
        assertThat(venue.nextTimeNs()).isEqualTo(8);
        assertThat(session.until(10).reports())
                .containsExactly("EXPIRED 2 TIME_IN_FORCE", "EXPIRED 1 TIME_IN_FORCE");
        assertThat(session.close().reports()).containsExactly("EXPIRED 4 SESSION_END");
        session.submit(5, OrderTicket.limit(0, BUY, 1, 98));
        assertThat(session.reports()).containsExactly("REJECTED 5 SESSION_END");
    }

    @Test
    void aStopIsTriggeredByATrade() {
        levels.at(1)
                .bid(99, 4)
                .ask(101, 5)
                .trade(100, 1, 1)
                .at(2)
                .ask(102, 1)
                .at(3)
                .trade(103, 1, 1);
        VenueSession session = session(levels).until(1);
        session.submit(1, OrderTicket.stop(0, BUY, 6, 102));
        session.submit(2, OrderTicket.stop(0, SELL, 1, 100));
        assertThat(session.reports())
                .containsExactly("ACCEPTED 1", "ACCEPTED 2", "TRIGGERED 2", "FILL 2 1@99 taker");
        assertThat(session.until(2).reports()).isEmpty();
        assertThat(session.until(3).reports())
                .containsExactly("TRIGGERED 1", "FILL 1 5@101 taker", "FILL 1 1@102 taker");
    }

    @Test
    void aStopLooksAtTheOppositeBestWhereNothingTrades() {
        levels.at(1).bid(99, 4).ask(101, 5).at(2).packet(() -> levels.ask(101, 0).ask(103, 2));
        VenueSession session = session(levels).until(1);
        session.submit(1, OrderTicket.stop(0, BUY, 6, 102))
                .submit(2, OrderTicket.stop(0, SELL, 1, 90));
        assertThat(session.until(2).reports())
                .containsExactly(
                        "ACCEPTED 1",
                        "ACCEPTED 2",
                        "TRIGGERED 1",
                        "FILL 1 2@103 taker",
                        "CANCELLED 1 NO_LIQUIDITY");
        assertThat(session.replace(3, 2, 99, 1).reports())
                .containsExactly("REPLACED 2->3", "TRIGGERED 3", "FILL 3 1@99 taker");
    }
}
