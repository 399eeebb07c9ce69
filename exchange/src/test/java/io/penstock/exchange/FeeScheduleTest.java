// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.testing.Seeds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;

class FeeScheduleTest {
    @Test
    void roundsHalfUpForFeesAndRebates() {
        FeeSchedule half = FeeSchedule.rates(-500_000, 500_000);
        assertThat(half.fee(1, 1, false)).isEqualTo(1);
        assertThat(half.fee(1, 1, true)).isZero();
        assertThat(half.fee(3, 1, false)).isEqualTo(2);
        assertThat(half.fee(3, 1, true)).isEqualTo(-1);
        assertThat(half.fee(-3, 1, false)).isEqualTo(2);
    }

    @Test
    void addsTheAmountPerLot() {
        FeeSchedule fees = new FeeSchedule(-200, 450, -3, 7);
        assertThat(fees.fee(10_000, 100, false)).isEqualTo(450 + 700);
        assertThat(fees.fee(10_000, 100, true)).isEqualTo(-200 - 300);
    }

    @Test
    void isExactForEveryProduct() throws Exception {
        Seeds.check(
                2_000,
                64,
                (random, size) -> {
                    long price = random.nextLong() >> random.nextInt(64);
                    long lots = (random.nextLong() >>> 1) >> random.nextInt(63);
                    long ppm = random.nextLong(-1_000_000, 1_000_001);
                    BigDecimal exact =
                            BigDecimal.valueOf(price)
                                    .multiply(BigDecimal.valueOf(lots))
                                    .abs()
                                    .multiply(BigDecimal.valueOf(ppm))
                                    .movePointLeft(6);
                    BigDecimal rounded =
                            exact.add(new BigDecimal("0.5")).setScale(0, RoundingMode.FLOOR);
                    FeeSchedule fees = FeeSchedule.rates(0, ppm);
                    if (rounded.toBigInteger().bitLength() <= 63) {
                        assertThat(fees.fee(price, lots, false)).isEqualTo(rounded.longValue());
                    } else {
                        assertThatThrownBy(() -> fees.fee(price, lots, false))
                                .isInstanceOf(ArithmeticException.class);
                    }
                });
    }

    @Test
    void refusesRatesAboveTheNotional() {
        assertThatThrownBy(() -> FeeSchedule.rates(0, 1_000_001))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
