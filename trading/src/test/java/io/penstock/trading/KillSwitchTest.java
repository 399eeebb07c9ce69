// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.strategy.OrderState;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import org.junit.jupiter.api.Test;

/// What is to be cancelled is cancelled until it is gone, at a bounded rate.
class KillSwitchTest {
    private static final long RETRY_NS = OmsConfiguration.DEFAULT.cancelRetryNs();

    private final OmsHarness harness = new OmsHarness();

    private void refuse(long id) {
        harness.report(ReportKind.CANCEL_REJECTED, id, Reason.CHANGE_PENDING, 0);
    }

    private void buyThree() {
        for (long id = 1; id <= 3; id++) {
            harness.buy(id, 1, 1_000);
            harness.accept(id);
        }
        harness.sent.clear();
    }

    @Test
    void cancelsAgainWhatTheVenueRefusedToCancel() {
        buyThree();
        harness.oms.kill(harness.now);
        assertThat(harness.sent).hasSize(3);
        refuse(2);
        assertThat(harness.state(2)).isEqualTo(OrderState.ACCEPTED);
        assertThat(harness.sent).as("not at once").hasSize(3);
        assertThat(harness.oms.nextTimeNs()).isEqualTo(harness.now + RETRY_NS);
        harness.oms.onTime(harness.now + RETRY_NS - 1);
        assertThat(harness.sent).hasSize(3);

        harness.now += RETRY_NS;
        harness.oms.onTime(harness.now);
        assertThat(harness.sent).hasSize(4);
        assertThat(harness.sent.getLast().target()).isEqualTo(2);
        assertThat(harness.sent.getLast().kind()).isEqualTo(RequestKind.CANCEL);
        assertThat(harness.state(2)).isEqualTo(OrderState.PENDING_CANCEL);
    }

    @Test
    void restsWhenNothingIsOpen() {
        buyThree();
        harness.oms.kill(harness.now);
        for (long id = 1; id <= 3; id++) {
            harness.report(ReportKind.CANCELLED, id);
        }
        harness.oms.onTime(harness.now + RETRY_NS);
        assertThat(harness.sent).hasSize(3);
        assertThat(harness.oms.nextTimeNs()).isEqualTo(Venue.NEVER);
    }

    @Test
    void cancelsOnceInARetryTimeWhateverTheVenueSays() {
        buyThree();
        harness.oms.kill(harness.now);
        for (int i = 0; i < 100; i++) {
            refuse(1);
            harness.now += RETRY_NS / 10;
            if (harness.oms.nextTimeNs() <= harness.now) {
                harness.oms.onTime(harness.now);
            }
        }
        assertThat(harness.sent).hasSize(3 + 10);
    }

    @Test
    void keepsTheOrderRateWhenItCancelsAgain() {
        OmsHarness slow =
                new OmsHarness(
                        OmsConfiguration.DEFAULT.withOrderRate(
                                new OmsConfiguration.OrderRate(3, 10 * RETRY_NS)));
        for (long id = 1; id <= 3; id++) {
            slow.buy(id, 1, 1_000);
            slow.accept(id);
        }
        slow.now += 20 * RETRY_NS;
        slow.sent.clear();
        slow.oms.kill(slow.now);
        for (int i = 0; i < 5; i++) {
            for (long id = 1; id <= 3; id++) {
                slow.report(ReportKind.CANCEL_REJECTED, id, Reason.CHANGE_PENDING, 0);
            }
            slow.now += RETRY_NS;
            slow.oms.onTime(slow.now);
        }
        assertThat(slow.sent).as("three at once, and three in ten retry times").hasSize(6);
    }

    @Test
    void cancelsAnUnknownOrderAsSoonAsThereIsRoom() {
        buyThree();
        harness.cancel(1);
        harness.now += OmsConfiguration.DEFAULT.answerTimeoutNs();
        harness.oms.onTime(harness.now);
        assertThat(harness.state(1)).isEqualTo(OrderState.UNKNOWN);
        harness.sent.clear();
        harness.room = 3;
        harness.oms.kill(harness.now);
        assertThat(harness.sent).extracting(OmsHarness.Sent::target).containsExactly(2L, 3L);

        harness.room = 4;
        harness.now += RETRY_NS;
        harness.oms.onTime(harness.now);
        assertThat(harness.sent).extracting(OmsHarness.Sent::target).containsExactly(2L, 3L, 1L);
    }

    @Test
    void leavesOrdersAloneOnceTradingGoesOn() {
        buyThree();
        harness.oms.kill(harness.now);
        harness.oms.setState(TradingState.ACTIVE, harness.now);
        refuse(1);
        harness.oms.onTime(harness.now + RETRY_NS);
        assertThat(harness.sent).hasSize(3);
        assertThat(harness.oms.nextTimeNs()).isGreaterThan(harness.now + RETRY_NS);
    }

    @Test
    void cancelsAgainTheOrdersOfAStrategyThatCannot() {
        long ofOther = ClientOrderIds.of(2, 1);
        harness.buy(1, 1, 1_000);
        harness.accept(1);
        harness.buy(ofOther, 1, 1_000);
        harness.accept(ofOther);
        harness.sent.clear();
        harness.oms.cancelAll(2, harness.now);
        refuse(ofOther);
        harness.now += RETRY_NS;
        harness.oms.onTime(harness.now);
        assertThat(harness.sent)
                .extracting(OmsHarness.Sent::target)
                .containsExactly(ofOther, ofOther);
    }
}
