// SPDX-License-Identifier: Apache-2.0
package io.penstock.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {
    @Test
    void givesTheValueOrTheDefault() {
        Parameters parameters =
                new Parameters(
                        Map.of(
                                "fast",
                                "20",
                                "lots",
                                "1_000_000",
                                "edge",
                                "0.25",
                                "name",
                                "x",
                                "quick",
                                "TRUE",
                                "window",
                                "250ms"));
        assertThat(parameters.intValue("fast", 12, 1, 100)).isEqualTo(20);
        assertThat(parameters.intValue("slow", 26, 1, 100)).isEqualTo(26);
        assertThat(parameters.longValue("lots", 1, 1, 1L << 40)).isEqualTo(1_000_000);
        assertThat(parameters.decimal("edge", BigDecimal.ONE)).isEqualByComparingTo("0.25");
        assertThat(parameters.text("name", "y")).isEqualTo("x");
        assertThat(parameters.flag("quick", false)).isTrue();
        assertThat(parameters.flag("slowly", false)).isFalse();
        assertThat(parameters.durationNs("window", "1s")).isEqualTo(250_000_000);
        assertThat(parameters.durationNs("pause", "2m")).isEqualTo(120_000_000_000L);
        assertThatCode(parameters::requireAllUsed).doesNotThrowAnyException();
        assertThat(parameters.declared())
                .startsWith(
                        new Parameters.Declared("fast", "integer", "20", "12", "1 to 100"),
                        new Parameters.Declared("slow", "integer", "26", "26", "1 to 100"));
        assertThat(parameters.declared().get(1).isDefault()).isTrue();
    }

    @Test
    void acceptsTheBoundsAndRefusesWhatIsBeyond() {
        assertThat(with("1").intValue("fast", 12, 1, 10_000)).isEqualTo(1);
        assertThat(with("10000").intValue("fast", 12, 1, 10_000)).isEqualTo(10_000);
        for (String bad : new String[] {"0", "10001", "x", "", "1.5", "99999999999999999999"}) {
            assertThatThrownBy(() -> with(bad).intValue("fast", 12, 1, 10_000))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("parameter fast must be 1 to 10000: fast=" + bad);
        }
    }

    @Test
    void refusesWhatDoesNotParse() {
        assertThatThrownBy(() -> with("yes").flag("fast", true))
                .hasMessage("parameter fast must be true or false: fast=yes");
        assertThatThrownBy(() -> with("1,5").decimal("fast", BigDecimal.ONE))
                .hasMessage("parameter fast must be a decimal number: fast=1,5");
        assertThatThrownBy(
                        () ->
                                with("3")
                                        .decimal(
                                                "fast",
                                                BigDecimal.ONE,
                                                BigDecimal.ZERO,
                                                BigDecimal.TWO))
                .hasMessage("parameter fast must be 0 to 2: fast=3");
        for (String bad : new String[] {"5", "ms", "-1s", "1.5s", "300000000000000d"}) {
            assertThatThrownBy(() -> with(bad).durationNs("fast", "1s"))
                    .hasMessageStartingWith("parameter fast must be a whole number with ns")
                    .hasMessageEndingWith("fast=" + bad);
        }
    }

    @Test
    void refusesANameThatNobodyDeclaredAndNamesTheClosest() {
        Parameters parameters = new Parameters(Map.of("solw", "3"));
        parameters.intValue("fast", 12, 1, 100);
        parameters.intValue("slow", 26, 1, 100);
        assertThatThrownBy(parameters::requireAllUsed)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such parameter: solw; known: slow, fast");
        assertThatThrownBy(new Parameters(Map.of("a", "1"))::requireAllUsed)
                .hasMessage("no such parameter: a; the strategy has none");
    }

    @Test
    void declaresANameOnce() {
        Parameters parameters = Parameters.none();
        parameters.text("a", "");
        assertThatThrownBy(() -> parameters.text("a", ""))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Parameters with(String value) {
        return new Parameters(Map.of("fast", value));
    }
}
