// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.Side;
import io.penstock.strategy.OrderState;
import io.penstock.strategy.OrderTicket;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import org.junit.jupiter.api.Test;

class OmsTest {
    private final OmsHarness harness = new OmsHarness();

    @Test
    void followsAnOrderFromItsRequestToItsLastFill() {
        harness.buy(1, 10, 1_000);
        assertThat(harness.sent)
                .containsExactly(new OmsHarness.Sent(RequestKind.NEW, 1, 0, 1_000, 10));
        assertThat(harness.told).isEmpty();
        harness.accept(1);
        harness.fill(1, 4, 999);
        assertThat(harness.last())
                .isEqualTo(told(ReportKind.FILL, 1, OrderState.PARTIALLY_FILLED, 4, 6, 8, 4));
        harness.fill(1, 6, 1_000);
        assertThat(harness.last())
                .isEqualTo(told(ReportKind.FILL, 1, OrderState.FILLED, 10, 0, 20, 6));
        assertThat(harness.position()).isEqualTo(10);
        assertThat(harness.oms.portfolio().position(0).fees()).isEqualTo(20);
        assertThat(harness.oms.openOrders()).isZero();
        OmsStatistics.Traded traded = harness.oms.statistics().instruments().getFirst();
        assertThat(traded.volume()).isEqualTo(10);
        assertThat(traded.notional()).isEqualTo(4 * 999 + 6_000);
    }

    @Test
    void refusesAnIdThatWasUsedAndLeavesTheFirstOrderAlone() {
        harness.buy(5, 10, 1_000);
        harness.accept(5);
        harness.buy(5, 99, 1_005);
        assertThat(harness.last().reason()).isEqualTo(Reason.DUPLICATE_ID);
        harness.buy(4, 99, 1_005);
        assertThat(harness.last().reason()).isEqualTo(Reason.DUPLICATE_ID);
        assertThat(harness.sent).hasSize(1);
        assertThat(harness.order(5).total).isEqualTo(10);
        assertThat(harness.state(5)).isEqualTo(OrderState.ACCEPTED);
    }

    @Test
    void keepsTheIdsOfStrategiesApart() {
        harness.buy(ClientOrderIds.of(1, 7), 10, 1_000);
        harness.buy(ClientOrderIds.of(0, 3), 10, 1_000);
        assertThat(harness.sent).hasSize(2);
        harness.buy(-1, 10, 1_000);
        assertThat(harness.last().reason()).isEqualTo(Reason.BAD_ID);
        harness.buy(ClientOrderIds.of(64, 1), 10, 1_000);
        assertThat(harness.last().reason()).isEqualTo(Reason.BAD_ID);
    }

    @Test
    void refusesOrdersThatBreakTheRules() {
        refused(OrderTicket.limit(0, Side.BUY, 0, 1_000), Reason.BAD_QUANTITY);
        refused(OrderTicket.limit(0, Side.BUY, -1, 1_000), Reason.BAD_QUANTITY);
        refused(OrderTicket.limit(2, Side.BUY, 1, 1_000), Reason.UNKNOWN_INSTRUMENT);
        refused(OrderTicket.limit(-1, Side.BUY, 1, 1_000), Reason.UNKNOWN_INSTRUMENT);
        refused(OrderTicket.limit(1, Side.BUY, 1, 1_001), Reason.BAD_PRICE);
        refused(OrderTicket.limit(0, Side.BUY, 1, OmsHarness.none()), Reason.BAD_PRICE);
        refused(OrderTicket.stop(1, Side.BUY, 1, 1_001), Reason.BAD_PRICE);
        refused(OrderTicket.stop(0, Side.BUY, 1, 1_001).fillOrKill(), Reason.BAD_TIME_IN_FORCE);
        refused(
                OrderTicket.limit(0, Side.BUY, 1, 1_000).postOnly().immediateOrCancel(),
                Reason.BAD_TIME_IN_FORCE);
        refused(OrderTicket.limit(0, Side.BUY, 1, 1_000).until(harness.now), Reason.TIME_IN_FORCE);
        assertThat(harness.sent).isEmpty();
        assertThat(harness.oms.statistics().orders().get(OrderState.REJECTED)).isEqualTo(10);
    }

    @Test
    void ignoresADuplicateFill() {
        harness.buy(1, 10, 1_000);
        harness.fill(1, Side.BUY, 4, 1_000, 77);
        harness.fill(1, Side.BUY, 4, 1_000, 77);
        assertThat(harness.position()).isEqualTo(4);
        assertThat(harness.anomalies().duplicates()).isEqualTo(1);
        assertThat(harness.told).hasSize(1);
    }

    @Test
    void booksAFillThatComesBeforeTheAccept() {
        harness.buy(1, 10, 1_000);
        harness.fill(1, 4, 1_000);
        harness.accept(1);
        assertThat(harness.state(1)).isEqualTo(OrderState.PARTIALLY_FILLED);
        assertThat(harness.anomalies().outOfOrder()).isEqualTo(2);
    }

    @Test
    void booksALateFillAndKeepsTheEnd() {
        harness.buy(1, 10, 1_000);
        harness.accept(1);
        harness.cancel(1);
        assertThat(harness.last().kind()).isEqualTo(ReportKind.PENDING);
        harness.report(ReportKind.CANCELLED, 1);
        harness.fill(1, 4, 1_000);
        assertThat(harness.last())
                .isEqualTo(told(ReportKind.FILL, 1, OrderState.CANCELLED, 4, 0, 8, 4));
        harness.fill(1, 6, 1_000);
        assertThat(harness.last().state()).isEqualTo(OrderState.FILLED);
        assertThat(harness.position()).isEqualTo(10);
        assertThat(harness.anomalies().late()).isEqualTo(2);
        assertThat(harness.oms.parts().risk().reserved(0, Side.BUY)).isZero();
    }

    @Test
    void booksAnOverfillAndOnlyReducesFromThenOn() {
        harness.buy(1, 10, 1_000);
        harness.fill(1, 11, 1_000);
        assertThat(harness.position()).isEqualTo(11);
        assertThat(harness.anomalies().overfills()).isEqualTo(1);
        assertThat(harness.oms.state()).isEqualTo(TradingState.REDUCING);
        harness.buy(2, 1, 1_000);
        assertThat(harness.last().reason()).isEqualTo(Reason.REDUCING);
    }

    @Test
    void booksAFillOfAnOrderThatItDoesNotKnow() {
        harness.fill(42, Side.SELL, 3, 1_000, 5);
        assertThat(harness.position()).isEqualTo(-3);
        assertThat(harness.last().state()).isEqualTo(OrderState.UNKNOWN);
        assertThat(harness.anomalies().unknownOrders()).isEqualTo(1);
    }

    @Test
    void doesNotBookAFillThatCannotBe() {
        harness.buy(1, 10, 1_000);
        harness.fill(1, 0, 1_000);
        harness.fill(1, -4, 1_000);
        harness.fill(1, 4, OmsHarness.none());
        assertThat(harness.position()).isZero();
        assertThat(harness.anomalies().contradictions()).isEqualTo(3);
    }

    @Test
    void refusesToCancelWhatIsNotOpen() {
        harness.cancel(9);
        assertThat(harness.last().kind()).isEqualTo(ReportKind.CANCEL_REJECTED);
        harness.buy(1, 10, 1_000);
        harness.fill(1, 10, 1_000);
        harness.cancel(1);
        assertThat(harness.last().kind()).isEqualTo(ReportKind.CANCEL_REJECTED);
        assertThat(harness.last().state()).isEqualTo(OrderState.FILLED);
        assertThat(harness.oms.statistics().refused()).containsEntry(Reason.UNKNOWN_ORDER, 2L);
    }

    @Test
    void returnsToWorkingWhenACancelIsRefused() {
        harness.buy(1, 10, 1_000);
        harness.accept(1);
        harness.cancel(1);
        harness.report(ReportKind.CANCEL_REJECTED, 1, Reason.VENUE, 0);
        assertThat(harness.last().state()).isEqualTo(OrderState.ACCEPTED);
        harness.cancel(1);
        harness.report(ReportKind.CANCEL_REJECTED, 1, Reason.UNKNOWN_ORDER, 0);
        assertThat(harness.last().state()).isEqualTo(OrderState.UNKNOWN);
        harness.fill(1, 10, 1_000);
        assertThat(harness.last().state()).isEqualTo(OrderState.FILLED);
    }

    @Test
    void makesAnOrderUnknownWhenTheVenueDoesNotAnswer() {
        long timeout = OmsConfiguration.DEFAULT.answerTimeoutNs();
        harness.buy(1, 10, 1_000);
        assertThat(harness.oms.nextTimeNs()).isEqualTo(harness.now + timeout);
        harness.oms.onTime(harness.now + timeout - 1);
        assertThat(harness.told).isEmpty();
        harness.oms.onTime(harness.now + timeout);
        assertThat(harness.last())
                .isEqualTo(told(ReportKind.PENDING, 1, OrderState.UNKNOWN, 0, 10, 0, 0));
        assertThat(harness.sent).hasSize(1);
        assertThat(harness.oms.nextTimeNs()).isEqualTo(Venue.NEVER);
        assertThat(harness.oms.parts().risk().reserved(0, Side.BUY)).isEqualTo(10);
        harness.accept(1);
        assertThat(harness.last().state()).isEqualTo(OrderState.ACCEPTED);
    }

    @Test
    void cancelsEverythingWhenKilled() {
        harness.buy(1, 10, 1_000);
        harness.accept(1);
        harness.sell(2, 5, 1_020);
        harness.buy(3, 5, 1_000);
        harness.cancel(3);
        harness.sent.clear();
        harness.oms.kill(harness.now);
        assertThat(harness.sent).extracting(OmsHarness.Sent::target).containsExactly(1L, 2L);
        assertThat(harness.sent).extracting(OmsHarness.Sent::kind).containsOnly(RequestKind.CANCEL);
        assertThat(harness.oms.state()).isEqualTo(TradingState.HALTED);
        harness.buy(4, 1, 1_000);
        assertThat(harness.last().reason()).isEqualTo(Reason.HALTED);
        harness.cancel(2);
        assertThat(harness.sent).hasSize(3);
    }

    @Test
    void cancelsTheOrdersOfOneStrategyOnly() {
        long ofOther = ClientOrderIds.of(2, 1);
        harness.buy(1, 10, 1_000);
        harness.buy(ofOther, 5, 1_000);
        harness.accept(ofOther);
        harness.sent.clear();
        harness.oms.cancelAll(2, harness.now);
        harness.oms.cancelAll(2, harness.now);
        assertThat(harness.sent).extracting(OmsHarness.Sent::target).containsExactly(ofOther);
        assertThat(harness.oms.state()).isEqualTo(TradingState.ACTIVE);
    }

    @Test
    void forgetsTheOldestEndedOrderWhenItNeedsTheRoom() {
        OmsConfiguration small =
                OmsConfiguration.DEFAULT.withCapacity(new OmsConfiguration.Capacity(2, 1, 16, 1));
        OmsHarness tight = new OmsHarness(small);
        for (int id = 1; id <= 20; id++) {
            tight.buy(id, 1, 1_000);
            tight.fill(id, 1, 1_000);
        }
        assertThat(tight.order(19)).isNull();
        assertThat(tight.state(20)).isEqualTo(OrderState.FILLED);
        assertThat(tight.position()).isEqualTo(20);
    }

    private void refused(OrderTicket ticket, Reason reason) {
        harness.submit(harness.told.size() + 1, ticket);
        assertThat(harness.last().kind()).isEqualTo(ReportKind.REJECTED);
        assertThat(harness.last().state()).isEqualTo(OrderState.REJECTED);
        assertThat(harness.last().reason()).isEqualTo(reason);
    }

    static OmsHarness.Told told(
            ReportKind kind,
            long id,
            OrderState state,
            long filled,
            long left,
            long fee,
            long last) {
        return new OmsHarness.Told(kind, id, 0, state, Reason.NONE, filled, left, fee, last);
    }
}
