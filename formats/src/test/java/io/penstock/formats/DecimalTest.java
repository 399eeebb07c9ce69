// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testing.Seeds;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
    private final Decimal decimal = new Decimal();

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.00000000", "-1.50", "61800.20", "100", "0.000000000000000001"})
    void readsWhatBigDecimalReads(String text) {
        assertThat(read(text)).isTrue();
        BigDecimal value = BigDecimal.valueOf(decimal.mantissa(), decimal.scale());
        assertThat(value).isEqualByComparingTo(text);
        assertThat(decimal.scale()).isEqualTo(Math.max(0, value.stripTrailingZeros().scale()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                ".5",
                "5.",
                "1e5",
                "+1",
                "1.2.3",
                "1,5",
                " 1",
                "x",
                "99999999999999999999",
                "0.0000000000000000001"
            })
    void refusesWhatIsNoPlainDecimal(String text) {
        assertThat(read(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "99999999999999999999, true",
        "-99999999999999999999.5, true",
        "0.0000000000000000001, true",
        "1.00000000000000000001, true",
        "99999999999999999999x, false",
        "99999999999999999999.5.5, false",
        "99999999999999999999., false",
        "1e5, false",
        "12, false",
    })
    void tellsANumberThatIsTooLongFromNone(String text, boolean isTooLong) {
        read(text);
        assertThat(decimal.isTooLong()).isEqualTo(isTooLong);
    }

    @Test
    void agreesWithBigDecimalOnRandomNumbers() throws Exception {
        Seeds.check(
                2000,
                17,
                (random, size) -> {
                    long unscaled = random.nextLong((long) Math.pow(10, size));
                    BigDecimal value = BigDecimal.valueOf(unscaled, random.nextInt(size + 1));
                    assertThat(read(value.toPlainString())).isTrue();
                    assertThat(BigDecimal.valueOf(decimal.mantissa(), decimal.scale()))
                            .isEqualByComparingTo(value);
                });
    }

    @Test
    void findsTheGreatestCommonStep() throws Exception {
        Seeds.check(
                500,
                20,
                (random, size) -> {
                    StepFinder finder = new StepFinder();
                    BigInteger expected = BigInteger.ZERO;
                    long step = 1L + random.nextInt(50);
                    long first = 0;
                    boolean varied = false;
                    for (int i = 0; i < size; i++) {
                        long value = step * (1L + random.nextInt(1000));
                        first = i == 0 ? value : first;
                        varied |= value != first;
                        expected = expected.gcd(BigInteger.valueOf(value));
                        decimal.set(value, 3);
                        assertThat(finder.add(decimal.mantissa(), decimal.scale())).isTrue();
                    }
                    if (varied) {
                        assertThat(finder.step()).isEqualByComparingTo(new BigDecimal(expected, 3));
                    }
                });
    }

    @Test
    void takesTheLastDecimalWhereOneValueSaysNothing() {
        StepFinder finder = new StepFinder();
        assertThat(finder.step()).isEqualByComparingTo("1");
        finder.add(618_002, 1);
        finder.add(618_002, 1);
        assertThat(finder.step()).isEqualByComparingTo("0.1");
    }

    private boolean read(String text) {
        char[] chars = ("#" + text + "#").toCharArray();
        return decimal.read(chars, 1, text.length());
    }
}
