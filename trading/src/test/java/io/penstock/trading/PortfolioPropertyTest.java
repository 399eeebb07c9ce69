// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.MarketEvent;
import io.penstock.market.Side;
import io.penstock.strategy.Position;
import io.penstock.testing.Seeds;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PortfolioPropertyTest {
    @Test
    void equalsTheNaiveModelAtEveryScale() throws Exception {
        Seeds.check(
                400,
                60,
                (random, size) -> {
                    Portfolio portfolio = new Portfolio(1);
                    NaivePosition naive = new NaivePosition();
                    int priceBits = 1 + random.nextInt(60);
                    int lotBits = 1 + random.nextInt(53);
                    for (int i = 0; i < size; i++) {
                        fill(random, portfolio, naive, priceBits, lotBits);
                        check(random, portfolio, naive, priceBits);
                    }
                });
    }

    @Test
    void keepsNoCostOfAClosedPosition() {
        Portfolio portfolio = new Portfolio(1);
        portfolio.onFill(0, Side.BUY, 100, 3, 1);
        portfolio.onFill(0, Side.BUY, 101, 4, 1);
        portfolio.onFill(0, Side.SELL, 103, 5, -1);
        portfolio.onFill(0, Side.SELL, 99, 2, 1);
        Position position = portfolio.position(0);
        assertThat(position.quantity()).isZero();
        assertThat(position.averagePrice()).isZero();
        assertThat(position.realizedProfit()).isEqualTo(-300 - 404 + 515 + 198);
        assertThat(position.fees()).isEqualTo(2);
        assertThat(portfolio.equity(0)).isEqualTo(9 - 2);
    }

    @Test
    void opensTheOtherSideAtThePriceOfTheFillThatFlipsIt() {
        Portfolio portfolio = new Portfolio(1);
        portfolio.onFill(0, Side.BUY, 100, 3, 0);
        portfolio.onFill(0, Side.SELL, 110, 5, 0);
        Position position = portfolio.position(0);
        assertThat(position.quantity()).isEqualTo(-2);
        assertThat(position.averagePrice()).isEqualTo(110);
        assertThat(position.realizedProfit()).isEqualTo(30);
        assertThat(position.unrealizedProfit(105)).isEqualTo(10);
        portfolio.onQuote(0, 104, 107);
        assertThat(portfolio.equity(0)).isEqualTo(30 + 9);
        portfolio.onQuote(0, MarketEvent.NO_PRICE, 107);
        assertThat(portfolio.equity(0)).isEqualTo(30);
        portfolio.onTrade(0, 100);
        assertThat(portfolio.equity(0)).isEqualTo(30 + 20);
    }

    private static void fill(
            SplittableRandom random,
            Portfolio portfolio,
            NaivePosition naive,
            int priceBits,
            int lotBits) {
        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        long held = Math.abs(portfolio.position(0).quantity());
        long lots = 1 + random.nextLong(1L << lotBits);
        if (held > 0 && random.nextInt(4) == 0) {
            lots = Math.min(held, RiskLimits.MAX_QUANTITY);
        }
        lots = Math.min(lots, RiskLimits.MAX_QUANTITY);
        long price = price(random, priceBits);
        long fee = random.nextLong(-(1L << priceBits), 1L << priceBits);
        portfolio.onFill(0, side, price, lots, fee);
        naive.onFill(side.sign() * lots, price, fee);
    }

    private static void check(
            SplittableRandom random, Portfolio portfolio, NaivePosition naive, int priceBits) {
        Position position = portfolio.position(0);
        long mark = price(random, priceBits);
        assertThat(position.quantity()).isEqualTo(naive.quantity.longValueExact());
        assertThat(position.averagePrice()).isEqualTo(naive.average().longValueExact());
        assertThat(position.realizedProfit()).isEqualTo(clamped(naive.realized));
        assertThat(position.fees()).isEqualTo(clamped(naive.fees));
        assertThat(position.unrealizedProfit(mark)).isEqualTo(clamped(naive.unrealized(mark)));
        portfolio.onQuote(0, mark, mark + 1);
        assertThat(portfolio.equity(0)).isEqualTo(clamped(naive.equity(2 * mark + 1)));
    }

    private static long clamped(BigInteger value) {
        return NaivePosition.clamped(value);
    }

    private static long price(SplittableRandom random, int bits) {
        return random.nextLong(-(1L << bits), 1L << bits);
    }
}
