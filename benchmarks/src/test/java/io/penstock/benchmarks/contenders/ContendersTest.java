// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.benchmarks.rivals.Catalog;
import io.penstock.benchmarks.rivals.Contender;
import io.penstock.benchmarks.rivals.Variant;
import io.penstock.benchmarks.rivals.Workload;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContendersTest {
    private static final long ITEMS = 400;

    /// What makes a variant faster, but not possible.
    private static boolean isTuning(String argument) {
        return argument.startsWith("-D");
    }

    /// Those that run in this virtual machine as it is and do not take seconds.
    static List<Variant> variants() {
        return Catalog.allVariants().stream()
                .filter(
                        v ->
                                v.contender() != null
                                        && v.jvmArguments().stream()
                                                .allMatch(ContendersTest::isTuning))
                .filter(v -> v.workload() != Workload.REQUESTS_HEAP)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void computesEveryItemOnceInEachRun(Variant variant) throws Exception {
        try (Contender contender = Objects.requireNonNull(variant.contender()).call()) {
            assertThat(contender.run(ITEMS)).isEqualTo(contender.expected(ITEMS));
            assertThat(contender.run(2 * ITEMS)).isEqualTo(contender.expected(2 * ITEMS));
        }
    }
}
