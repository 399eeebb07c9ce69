// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.Side;
import io.penstock.strategy.OrderState;
import io.penstock.strategy.OrderTicket;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OmsReplaceTest {
    private final OmsHarness harness = new OmsHarness();

    @BeforeEach
    void anOrderWorksAndAReplaceIsUnderWay() {
        harness.buy(1, 10, 1_000);
        harness.accept(1);
        harness.fill(1, 4, 1_000);
        harness.replace(1, 2, 995, 15);
    }

    @Test
    void theReplacementTakesOverWhatWasFilled() {
        assertThat(harness.sent.getLast())
                .isEqualTo(new OmsHarness.Sent(RequestKind.REPLACE, 2, 1, 995, 15));
        assertThat(harness.last().kind()).isEqualTo(ReportKind.PENDING);
        assertThat(harness.last().related()).isEqualTo(2);
        assertThat(harness.state(1)).isEqualTo(OrderState.PENDING_REPLACE);
        assertThat(harness.state(2)).isEqualTo(OrderState.NEW);
        assertThat(reserved()).isEqualTo(6 + 5);
        replaced();
        assertThat(harness.last().state()).isEqualTo(OrderState.REPLACED);
        assertThat(harness.state(2)).isEqualTo(OrderState.PARTIALLY_FILLED);
        assertThat(reserved()).isEqualTo(11);
        harness.fill(2, 11, 995);
        assertThat(harness.last())
                .isEqualTo(OmsTest.told(ReportKind.FILL, 2, OrderState.FILLED, 15, 0, 30, 11));
        assertThat(harness.position()).isEqualTo(15);
        assertThat(harness.oms.openOrders()).isZero();
    }

    @Test
    void theOldOrderWorksOnWhenTheReplaceIsRefused() {
        harness.report(ReportKind.REPLACE_REJECTED, 1, Reason.VENUE, 2);
        assertThat(harness.last().state()).isEqualTo(OrderState.PARTIALLY_FILLED);
        assertThat(harness.state(2)).isEqualTo(OrderState.REJECTED);
        assertThat(reserved()).isEqualTo(6);
        assertThat(harness.oms.openOrders()).isEqualTo(1);
    }

    @Test
    void theOldOrderWorksOnWhenTheReplacementIsRejected() {
        harness.report(ReportKind.REJECTED, 2, Reason.VENUE, 0);
        assertThat(harness.last().kind()).isEqualTo(ReportKind.REPLACE_REJECTED);
        assertThat(harness.last().id()).isEqualTo(1);
        assertThat(harness.state(1)).isEqualTo(OrderState.PARTIALLY_FILLED);
        assertThat(reserved()).isEqualTo(6);
    }

    @Test
    void aFillWhileTheReplaceIsUnderWayKeepsItPending() {
        harness.fill(1, 1, 1_000);
        assertThat(harness.state(1)).isEqualTo(OrderState.PENDING_REPLACE);
        harness.fill(1, 5, 1_000);
        assertThat(harness.state(1)).isEqualTo(OrderState.FILLED);
        harness.report(ReportKind.REPLACE_REJECTED, 1, Reason.UNKNOWN_ORDER, 2);
        assertThat(harness.last().state()).isEqualTo(OrderState.FILLED);
        assertThat(harness.state(2)).isEqualTo(OrderState.REJECTED);
        assertThat(reserved()).isZero();
    }

    @Test
    void aReportOnTheReplacementShowsThatItIsThere() {
        harness.fill(2, 3, 995);
        assertThat(harness.last())
                .isEqualTo(
                        OmsTest.told(ReportKind.FILL, 2, OrderState.PARTIALLY_FILLED, 7, 8, 14, 3));
        assertThat(harness.state(1)).isEqualTo(OrderState.REPLACED);
        replaced();
        assertThat(harness.last().kind()).isEqualTo(ReportKind.REPLACED);
        assertThat(harness.order(2).filled).isEqualTo(7);
        int before = harness.told.size();
        replaced();
        assertThat(harness.told).hasSize(before);
        assertThat(harness.anomalies().repeated()).isEqualTo(1);
    }

    @Test
    void aLateFillOfTheOldOrderCountsForTheReplacement() {
        replaced();
        harness.fill(1, 2, 1_000);
        assertThat(harness.position()).isEqualTo(6);
        assertThat(harness.last())
                .isEqualTo(
                        new OmsHarness.Told(
                                ReportKind.FILL,
                                2,
                                1,
                                OrderState.PARTIALLY_FILLED,
                                Reason.NONE,
                                6,
                                9,
                                12,
                                0));
        assertThat(reserved()).isEqualTo(9);
        assertThat(harness.anomalies().late()).isEqualTo(1);
    }

    @Test
    void aTotalOfNoMoreThanWhatIsFilledCancelsTheRest() {
        replaced();
        harness.replace(2, 3, 995, 4);
        harness.report(ReportKind.REPLACED, 2, Reason.NONE, 3);
        assertThat(harness.last().kind()).isEqualTo(ReportKind.CANCELLED);
        assertThat(harness.last().id()).isEqualTo(3);
        assertThat(harness.state(3)).isEqualTo(OrderState.CANCELLED);
        assertThat(reserved()).isZero();
        assertThat(harness.oms.openOrders()).isZero();
    }

    @Test
    void onlyOneChangeIsUnderWayAtATime() {
        harness.replace(1, 3, 990, 10);
        assertThat(harness.last().reason()).isEqualTo(Reason.CHANGE_PENDING);
        assertThat(harness.last().state()).isEqualTo(OrderState.PENDING_REPLACE);
        harness.replace(2, 4, 990, 10);
        assertThat(harness.last().reason()).isEqualTo(Reason.CHANGE_PENDING);
        harness.replace(99, 5, 990, 10);
        assertThat(harness.last().reason()).isEqualTo(Reason.UNKNOWN_ORDER);
        replaced();
        harness.replace(2, 2, 990, 10);
        assertThat(harness.last().reason()).isEqualTo(Reason.DUPLICATE_ID);
        assertThat(harness.state(2)).isEqualTo(OrderState.PARTIALLY_FILLED);
    }

    @Test
    void aReplacedReportThatNamesNoReplacementContradicts() {
        harness.report(ReportKind.REPLACED, 1, Reason.NONE, 77);
        assertThat(harness.state(1)).isEqualTo(OrderState.PENDING_REPLACE);
        assertThat(harness.anomalies().contradictions()).isEqualTo(1);
    }

    @Test
    void theKillSwitchCancelsBothAndEitherOutcomeEndsBoth() {
        harness.oms.kill(harness.now);
        assertThat(harness.sent).hasSize(4);
        replaced();
        harness.report(ReportKind.CANCEL_REJECTED, 1, Reason.UNKNOWN_ORDER, 0);
        harness.report(ReportKind.CANCELLED, 2);
        assertThat(harness.state(1)).isEqualTo(OrderState.REPLACED);
        assertThat(harness.state(2)).isEqualTo(OrderState.CANCELLED);
        assertThat(harness.oms.openOrders()).isZero();
    }

    @Test
    void theNewPriceOfAStopIsItsStopPrice() {
        harness.submit(10, OrderTicket.stop(1, Side.SELL, 5, 950));
        harness.replace(10, 11, 945, 5);
        assertThat(harness.order(11).stopPrice).isEqualTo(945);
        harness.replace(10, 12, 944, 5);
        assertThat(harness.last().reason()).isEqualTo(Reason.CHANGE_PENDING);
    }

    private void replaced() {
        harness.report(ReportKind.REPLACED, 1, Reason.NONE, 2);
    }

    private long reserved() {
        return harness.oms.parts().risk().reserved(0, Side.BUY);
    }
}
