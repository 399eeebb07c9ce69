// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testing.Seeds;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class DecimalScaleTest {
    @Test
    void writesACountWithTheDecimalsOfItsUnit() throws Exception {
        Seeds.check(
                500,
                12,
                (random, size) -> {
                    BigDecimal unit = BigDecimal.valueOf(1 + random.nextInt(50), size);
                    long count = random.nextLong(-1_000_000, 1_000_000);
                    BigDecimal exact = unit.multiply(BigDecimal.valueOf(count));
                    double value = DecimalScale.of(unit).of(count);
                    assertThat(new BigDecimal(Double.toString(value))).isEqualByComparingTo(exact);
                });
    }

    @Test
    void halvesAndTakesUnitsAboveOne() {
        assertThat(DecimalScale.of(new BigDecimal("0.1")).half().of(3)).isEqualTo(0.15);
        assertThat(DecimalScale.of(new BigDecimal("1E+2")).of(7)).isEqualTo(700);
        assertThat(DecimalScale.of(new BigDecimal("0.1")).of(3)).isEqualTo(0.3);
    }
}
