// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A [Cell] on real threads.
class CellTest {
    private final Scheduler scheduler = new RestlessScheduler();

    @Test
    void losesNoUpdate() {
        Cell<Integer> cell = new Cell<>("c", 0, scheduler);
        Strand[] strands = new Strand[4];
        for (int i = 0; i < strands.length; i++) {
            strands[i] =
                    scheduler.start(
                            "s",
                            StrandKind.VIRTUAL,
                            () -> {
                                for (int k = 0; k < 1_000; k++) {
                                    cell.update(value -> value + 1);
                                }
                            });
        }
        for (Strand strand : strands) {
            scheduler.join(strand, Scheduler.NO_DEADLINE);
        }
        assertThat(cell.get()).isEqualTo(4_000);
    }

    @Test
    void comparesValuesNotObjects() {
        Cell<Long> cell = new Cell<>("c", 1_000_000L, scheduler);
        assertThat(cell.compareAndSet(Long.valueOf(1_000_000), 2L)).isTrue();
        assertThat(cell.compareAndSet(1_000_000L, 3L)).isFalse();
        assertThat(cell.get()).isEqualTo(2L);
    }

    @Test
    void mayHoldNothing() {
        Cell<@Nullable String> cell = new Cell<>("c", null, scheduler);
        assertThat(cell.get()).isNull();
        assertThat(cell.compareAndSet(null, "a")).isTrue();
        cell.set(null);
        assertThat(cell.update(value -> value + "b")).isEqualTo("nullb");
        assertThat(cell).hasToString("Cell[c]");
    }
}
