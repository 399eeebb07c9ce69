// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RivalsTest {
    private static Rivals.Options options(String... arguments) {
        return Rivals.Options.parse(List.of(arguments));
    }

    private static List<String> ids(String... arguments) {
        return options(arguments).choose(Catalog.allVariants()).stream().map(Variant::id).toList();
    }

    @Test
    void choosesWorkloadsByTheirBeginning() {
        assertThat(ids("--only", "W3-fused,W6"))
                .contains("W3-fused/stream()", "W6/parallel stream")
                .allMatch(id -> id.startsWith("W3-fused/") || id.startsWith("W6/"));
        assertThat(ids("--only", "W3"))
                .contains("W3-fused/stream()", "W3-threads/ArrayBlockingQueue");
    }

    @Test
    void choosesVariantsByName() {
        assertThat(ids("--only", "W2", "--variants", ".*Queue"))
                .containsExactly("W2/ArrayBlockingQueue", "W2/queue.Queue", "W2/asyncio.Queue");
    }

    @Test
    void takesEverythingWithoutArguments() {
        assertThat(ids()).hasSameSizeAs(Catalog.allVariants()).doesNotHaveDuplicates();
        assertThat(options().rounds()).isEqualTo(3);
        assertThat(options().timing()).isEqualTo(Timing.FULL);
    }

    @Test
    void refusesAnUnknownOption() {
        assertThatThrownBy(() -> options("--round", "2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such option: argument=--round");
    }

    @Test
    void tellsAProcessItsTiming() {
        assertThat(Timing.parse(Timing.FULL.text())).isEqualTo(Timing.FULL);
    }

    @Test
    void aimsAtVariantsOfOurs() {
        List<String> ids = Catalog.allVariants().stream().map(Variant::id).toList();

        assertThat(Catalog.allAims())
                .isNotEmpty()
                .allSatisfy(a -> assertThat(ids).contains(a.workload().id() + "/" + a.ours()));
    }
}
