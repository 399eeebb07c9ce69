// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void saysTwiceAMinuteHowFarItIs() {
        AtomicLong nowNs = new AtomicLong(7);
        List<String> said = new ArrayList<>();
        Progress progress = new Progress("entries", 1_200, nowNs::get, said::add);
        for (int i = 0; i < 8; i++) {
            nowNs.addAndGet(TimeUnit.SECONDS.toNanos(10));
            progress.step();
        }
        assertThat(said)
                .containsExactly(
                        "entries: 3 of 1,200, 6.0 a minute, 200 minutes left",
                        "entries: 6 of 1,200, 6.0 a minute, 199 minutes left");
    }
}
