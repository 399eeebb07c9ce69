// SPDX-License-Identifier: Apache-2.0
package io.penstock.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.penstock.market.EventKind;
import io.penstock.market.MarketEvent;
import io.penstock.market.Quote;
import io.penstock.testing.Seeds;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndicatorsPropertyTest {
    @Test
    void averagesEqualTheNaiveOnes() throws Exception {
        Seeds.check(
                200,
                300,
                (random, size) -> {
                    int period = 2 + random.nextInt(20);
                    Sma sma = new Sma(period);
                    Ema ema = new Ema(period);
                    RollingVolatility volatility = new RollingVolatility(period);
                    List<Long> values = new ArrayList<>();
                    for (int i = 0; i < size; i++) {
                        long value = 6_000_000 + random.nextLong(-1_000, 1_000);
                        values.add(value);
                        sma.add(value);
                        ema.add((double) value);
                        volatility.add((double) value);
                        List<Long> window = last(values, period);
                        assertThat(sma.value()).isEqualTo(mean(window));
                        assertThat(ema.value()).isCloseTo(naiveEma(values, period), within(1e-5));
                        assertThat(volatility.mean()).isCloseTo(mean(window), within(1e-5));
                        assertThat(sma.isReady()).isEqualTo(i + 1 >= period);
                        assertThat(ema.isReady()).isEqualTo(i + 1 >= period);
                        assertThat(volatility.isReady()).isEqualTo(i + 1 >= period);
                        if (i > 0) {
                            double variance = variance(window);
                            assertThat(volatility.variance()).isCloseTo(variance, within(1e-3));
                            assertThat(volatility.deviation())
                                    .isCloseTo(Math.sqrt(variance), within(0.05));
                        }
                    }
                });
    }

    @Test
    void areNotANumberBeforeTheFirstValue() {
        assertThat(new Sma(3).value()).isNaN();
        assertThat(new Ema(3).value()).isNaN();
        assertThat(new RollingVolatility(3).mean()).isNaN();
        assertThat(new RollingVolatility(3).deviation()).isNaN();
    }

    @Test
    void theMiddleLiesBetweenBidAndAskAndLeansToTheThinnerSide() {
        Quote quote = quote(100, 30, 104, 10);
        assertThat(MidPrice.of(quote)).isEqualTo(102);
        assertThat(MidPrice.weighted(quote)).isEqualTo(103);
        assertThat(MidPrice.weighted(quote(100, 0, 104, 0))).isEqualTo(102);
        assertThat(MidPrice.of(quote(MarketEvent.NO_PRICE, 0, 104, 10))).isNaN();
        assertThat(MidPrice.weighted(quote(100, 10, MarketEvent.NO_PRICE, 0))).isNaN();
    }

    private static Quote quote(long bid, long bidQuantity, long ask, long askQuantity) {
        MemorySegment segment = Arena.ofAuto().allocate(MarketEvent.BYTES, 8);
        MarketEvent.putHead(segment, 0, EventKind.QUOTE, 0, 0, 0);
        MarketEvent.putPayload(segment, 0, bid, bidQuantity, ask, askQuantity);
        return new Quote().wrap(segment, 0);
    }

    private static List<Long> last(List<Long> values, int count) {
        return values.subList(Math.max(0, values.size() - count), values.size());
    }

    private static double mean(List<Long> values) {
        return values.stream().mapToLong(v -> v).sum() / (double) values.size();
    }

    private static double variance(List<Long> values) {
        double mean = mean(values);
        double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return squares / (values.size() - 1);
    }

    private static double naiveEma(List<Long> values, int period) {
        double weight = 2.0 / (period + 1);
        double average = values.getFirst();
        for (long value : values) {
            average = weight * value + (1 - weight) * average;
        }
        return average;
    }
}
