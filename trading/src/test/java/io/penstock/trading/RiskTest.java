// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.Side;
import io.penstock.strategy.OrderTicket;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import org.junit.jupiter.api.Test;

class RiskTest {
    private static final RiskLimits LIMITS = RiskLimits.DEFAULT;
    private static final Reason PASSES = Reason.NONE;

    private OmsHarness harness = new OmsHarness();
    private long lastId;

    @Test
    void anOrderMayHaveTheSizeOfItsLimit() {
        limits(LIMITS.withOrderQuantity(10));
        assertThat(buy(10, 1_000)).isEqualTo(PASSES);
        assertThat(buy(11, 1_000)).isEqualTo(Reason.ORDER_SIZE);
    }

    @Test
    void anOrderMayHaveTheNotionalOfItsLimit() {
        limits(LIMITS.withOrderNotional(10_000));
        assertThat(buy(10, 1_000)).isEqualTo(PASSES);
        assertThat(buy(10, 1_001)).isEqualTo(Reason.NOTIONAL);
        assertThat(submit(OrderTicket.market(0, Side.SELL, 10))).isEqualTo(Reason.SELF_TRADE);
        assertThat(submit(OrderTicket.market(0, Side.BUY, 10))).isEqualTo(PASSES);
        assertThat(submit(OrderTicket.market(0, Side.BUY, 11))).isEqualTo(Reason.NOTIONAL);
    }

    @Test
    void notionalIsComparedWithoutOverflow() {
        RiskLimits wide =
                new RiskLimits(
                        RiskLimits.MAX_QUANTITY,
                        Long.MAX_VALUE,
                        RiskLimits.MAX_POSITION,
                        Integer.MAX_VALUE,
                        10,
                        true);
        limits(wide);
        harness.oms.onQuote(0, RiskLimits.MAX_PRICE - 1, RiskLimits.MAX_PRICE);
        assertThat(buy(1 << 3, RiskLimits.MAX_PRICE)).isEqualTo(Reason.NOTIONAL);
        assertThat(buy((1 << 3) - 1, RiskLimits.MAX_PRICE)).isEqualTo(PASSES);
        assertThat(buy(RiskLimits.MAX_QUANTITY, RiskLimits.MAX_PRICE)).isEqualTo(Reason.NOTIONAL);
        assertThat(buy(1, -RiskLimits.MAX_PRICE)).isEqualTo(PASSES);
    }

    @Test
    void thePositionCountsWithAllOpenOrdersOfTheSide() {
        limits(LIMITS.withPosition(100));
        assertThat(buy(60, 1_000)).isEqualTo(PASSES);
        assertThat(buy(41, 1_000)).isEqualTo(Reason.POSITION);
        assertThat(buy(40, 1_000)).isEqualTo(PASSES);
        assertThat(sell(101, 1_010)).isEqualTo(Reason.POSITION);
        assertThat(sell(100, 1_010)).isEqualTo(PASSES);
        harness.report(ReportKind.CANCELLED, 1);
        assertThat(buy(61, 1_000)).isEqualTo(Reason.POSITION);
        assertThat(buy(60, 1_000)).isEqualTo(PASSES);
    }

    @Test
    void aPositionBeyondItsLimitMayBeReduced() {
        limits(LIMITS.withPosition(100));
        harness.fill(99, Side.BUY, 500, 1_000, 1);
        assertThat(buy(1, 1_000)).isEqualTo(Reason.POSITION);
        assertThat(sell(600, 1_000)).isEqualTo(PASSES);
        assertThat(sell(1, 1_000)).isEqualTo(Reason.POSITION);
    }

    @Test
    void aReplacementCountsForWhatItAsksBeyondItsPredecessor() {
        limits(LIMITS.withPosition(100));
        assertThat(buy(60, 1_000)).isEqualTo(PASSES);
        harness.accept(lastId);
        assertThat(replace(1, 1_000, 101)).isEqualTo(Reason.POSITION);
        assertThat(replace(1, 1_000, 100)).isEqualTo(Reason.REQUESTED);
        assertThat(buy(1, 1_000)).isEqualTo(Reason.POSITION);
    }

    @Test
    void aPriceMayBeAsFarAsTheCollarFromTheReference() {
        limits(LIMITS.withCollar(100));
        assertThat(buy(1, 1_010)).isEqualTo(PASSES);
        assertThat(buy(1, 1_011)).isEqualTo(Reason.PRICE_COLLAR);
        assertThat(buy(1, 990)).isEqualTo(PASSES);
        assertThat(buy(1, 989)).isEqualTo(Reason.PRICE_COLLAR);
        assertThat(submit(OrderTicket.stop(0, Side.BUY, 1, 1_011))).isEqualTo(Reason.PRICE_COLLAR);
        // The middle is 999.5: a hundredth of it is 9.995.
        harness.oms.onQuote(0, 999, 1_000);
        assertThat(buy(1, 1_009)).isEqualTo(PASSES);
        assertThat(buy(1, 1_010)).isEqualTo(Reason.PRICE_COLLAR);
    }

    @Test
    void theReferenceIsTheMiddleElseTheLastTrade() {
        limits(LIMITS.withCollar(0));
        harness.oms.onQuote(0, OmsHarness.none(), 1_010);
        assertThat(buy(1, 1_000)).isEqualTo(Reason.NO_REFERENCE_PRICE);
        assertThat(submit(OrderTicket.market(0, Side.BUY, 1))).isEqualTo(Reason.NO_REFERENCE_PRICE);
        harness.oms.onTrade(0, 1_003);
        assertThat(buy(1, 1_003)).isEqualTo(PASSES);
        harness.oms.onQuote(0, 1_004, 1_006);
        assertThat(buy(1, 1_003)).isEqualTo(Reason.PRICE_COLLAR);
        assertThat(buy(1, 1_005)).isEqualTo(PASSES);
    }

    @Test
    void aWindowHoldsAsManyRequestsAsItsRate() {
        OmsConfiguration.OrderRate rate = new OmsConfiguration.OrderRate(3, 1_000);
        harness = new OmsHarness(OmsConfiguration.DEFAULT.withOrderRate(rate));
        assertThat(buy(1, 1_000)).isEqualTo(PASSES);
        harness.now += 500;
        assertThat(buy(1, 1_000)).isEqualTo(PASSES);
        harness.cancel(1);
        harness.accept(2);
        assertThat(replace(2, 1_001, 1)).isEqualTo(Reason.REQUESTED);
        harness.now += 499;
        assertThat(buy(1, 1_000)).isEqualTo(Reason.ORDER_RATE);
        harness.now += 1;
        assertThat(buy(1, 1_000)).isEqualTo(PASSES);
        assertThat(buy(1, 1_000)).isEqualTo(Reason.ORDER_RATE);
    }

    @Test
    void asManyOrdersMayBeOpenAsTheLimits() {
        limits(LIMITS.withOpenOrders(2));
        assertThat(buy(1, 1_000)).isEqualTo(PASSES);
        assertThat(sell(1, 1_010)).isEqualTo(PASSES);
        assertThat(buy(1, 1_000)).isEqualTo(Reason.OPEN_ORDERS);
        assertThat(submit(OrderTicket.limit(1, Side.BUY, 1, 1_000))).isEqualTo(PASSES);
        harness.report(ReportKind.CANCELLED, 1);
        assertThat(buy(1, 1_000)).isEqualTo(PASSES);
    }

    @Test
    void theTableHoldsAsManyOpenOrdersAsItsCapacityAndTheirReplacements() {
        OmsConfiguration.Capacity two = new OmsConfiguration.Capacity(2, 1, 4, 1);
        harness = new OmsHarness(OmsConfiguration.DEFAULT.withCapacity(two));
        assertThat(buy(1, 1_000)).isEqualTo(PASSES);
        assertThat(buy(1, 1_000)).isEqualTo(PASSES);
        assertThat(buy(1, 1_000)).isEqualTo(Reason.OPEN_ORDERS);
        assertThat(replace(1, 1_001, 1)).isEqualTo(Reason.REQUESTED);
        assertThat(replace(2, 1_001, 1)).isEqualTo(Reason.REQUESTED);
        harness.report(ReportKind.REPLACED, 1, Reason.NONE, 4);
        assertThat(buy(1, 1_000)).isEqualTo(Reason.OPEN_ORDERS);
        harness.fill(4, 1, 1_000);
        assertThat(buy(1, 1_000)).isEqualTo(PASSES);
    }

    @Test
    void anOrderMayNotReachAnOpenOrderOfTheOtherSide() {
        assertThat(buy(1, 1_000)).isEqualTo(PASSES);
        assertThat(sell(1, 1_001)).isEqualTo(PASSES);
        assertThat(sell(1, 1_000)).isEqualTo(Reason.SELF_TRADE);
        assertThat(buy(1, 1_001)).isEqualTo(Reason.SELF_TRADE);
        assertThat(submit(OrderTicket.market(0, Side.SELL, 1))).isEqualTo(Reason.SELF_TRADE);
        assertThat(submit(OrderTicket.stop(0, Side.SELL, 1, 900))).isEqualTo(Reason.SELF_TRADE);
        assertThat(replace(1, 1_001, 1)).isEqualTo(Reason.SELF_TRADE);
        assertThat(replace(1, 1_000, 2)).isEqualTo(Reason.REQUESTED);
        assertThat(submit(OrderTicket.market(1, Side.SELL, 1))).isEqualTo(PASSES);
        assertThat(submit(OrderTicket.market(1, Side.BUY, 1))).isEqualTo(PASSES);
        limits(LIMITS.withSelfTrade(true));
        assertThat(buy(1, 1_000)).isEqualTo(PASSES);
        assertThat(sell(1, 1_000)).isEqualTo(PASSES);
    }

    @Test
    void reducingLetsThroughWhatCanOnlyReduce() {
        harness.fill(99, Side.BUY, 10, 1_000, 1);
        harness.oms.setState(TradingState.REDUCING, harness.now);
        assertThat(buy(1, 1_000)).isEqualTo(Reason.REDUCING);
        assertThat(sell(11, 1_000)).isEqualTo(Reason.REDUCING);
        assertThat(sell(6, 1_000)).isEqualTo(PASSES);
        assertThat(sell(5, 1_000)).isEqualTo(Reason.REDUCING);
        assertThat(sell(4, 1_000)).isEqualTo(PASSES);
        harness.oms.setState(TradingState.ACTIVE, harness.now);
        assertThat(sell(5, 1_000)).isEqualTo(PASSES);
    }

    @Test
    void haltedLetsNothingThroughButCancels() {
        assertThat(buy(1, 1_000)).isEqualTo(PASSES);
        harness.accept(1);
        harness.oms.setState(TradingState.HALTED, harness.now);
        assertThat(buy(1, 1_000)).isEqualTo(Reason.HALTED);
        assertThat(replace(1, 1_000, 1)).isEqualTo(Reason.HALTED);
        harness.cancel(1);
        assertThat(harness.sent.getLast().kind()).isEqualTo(RequestKind.CANCEL);
    }

    private void limits(RiskLimits limits) {
        harness = new OmsHarness(OmsHarness.with(limits));
        lastId = 0;
    }

    private Reason buy(long quantity, long price) {
        return submit(OrderTicket.limit(0, Side.BUY, quantity, price));
    }

    private Reason sell(long quantity, long price) {
        return submit(OrderTicket.limit(0, Side.SELL, quantity, price));
    }

    private Reason submit(OrderTicket ticket) {
        int sent = harness.sent.size();
        int told = harness.told.size();
        harness.submit(++lastId, ticket);
        return outcome(sent, told);
    }

    /// REQUESTED when it was sent, for that is told as well.
    private Reason replace(long target, long price, long quantity) {
        int sent = harness.sent.size();
        int told = harness.told.size();
        harness.replace(target, ++lastId, price, quantity);
        return harness.sent.size() > sent ? harness.last().reason() : outcome(sent, told);
    }

    private Reason outcome(int sent, int told) {
        assertThat(harness.sent.size() - sent + harness.told.size() - told).isEqualTo(1);
        return harness.sent.size() > sent ? Reason.NONE : harness.last().reason();
    }
}
