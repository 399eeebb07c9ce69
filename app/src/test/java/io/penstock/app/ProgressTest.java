// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter out = new StringWriter();
    private long now;

    @Test
    void redrawsALineAtMostTenTimesASecondAndClearsItAtTheEnd() {
        try (Progress progress = new Progress(out, true, () -> now)) {
            for (int i = 0; i < 100; i++) {
                now += 10_000_000;
                progress.show("running", i, 100, "events");
            }
        }
        String text = out.toString();
        assertThat(text.chars().filter(c -> c == '\r').count()).isEqualTo(10 + 2);
        assertThat(text).contains("running [").contains("% ".strip()).endsWith(" \r");
        assertThat(text).doesNotContain("\n");
    }

    @Test
    void writesPlainLinesEveryFiveSecondsWithRateAndTimeLeft() {
        try (Progress progress = new Progress(out, false, () -> now)) {
            for (int i = 0; i <= 12; i++) {
                progress.show("running", i * 1_000L, 20_000, "events");
                now += 1_000_000_000L;
            }
        }
        assertThat(out.toString().lines())
                .containsExactly(
                        "running  25 %, 1 k events/s, 15 s left",
                        "running  50 %, 1 k events/s, 10 s left");
    }

    @Test
    void countsWhereTheTotalIsNotKnown() {
        try (Progress progress = new Progress(out, true, () -> now)) {
            progress.show("running", 1_234, -1, "events");
        }
        assertThat(out.toString()).startsWith("\rrunning 1,234 events");
    }

    @Test
    void countsBytesInTheirUnits() {
        try (Progress progress = new Progress(out, false, () -> now)) {
            progress.show("reading", 0, 20L << 20, "bytes");
            now += 5_000_000_000L;
            progress.show("reading", 10L << 20, 20L << 20, "bytes");
        }
        assertThat(out.toString()).isEqualToIgnoringNewLines("reading  50 %, 2 MiB/s, 5 s left");
    }

    @Test
    void showsNothingAfterItsEnd() {
        Progress progress = new Progress(out, true, () -> now);
        progress.close();
        progress.show("running", 1, 2, "events");
        assertThat(out.toString()).isEmpty();
    }
}
