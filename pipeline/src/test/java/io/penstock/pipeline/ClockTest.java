// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClockTest {
    private static final int COUNT = 100_000;

    private static long readings(Pipeline pipeline) throws InterruptedException {
        CountingScheduler scheduler = new CountingScheduler();
        try (Run run = pipeline.start(RunOptions.DEFAULT.scheduler(scheduler))) {
            assertThat(Models.ended(run)).isInstanceOf(Ended.Done.class);
        }
        return scheduler.readings.sum();
    }

    @Test
    void readsTheClockPerBatchAndNotPerItem() throws Exception {
        List<Integer> numbers = Models.numbers(COUNT);
        long readings =
                readings(
                        Pipeline.from("numbers", Source.of(numbers))
                                .map("one", item -> item + 1)
                                .map("two", item -> item - 1)
                                .sink("sink", _ -> {}));
        // A batch of 256: its two ends, and at most one item timed in the source and three stages.
        long batches = COUNT / 256 + 1;
        assertThat(readings).isLessThan(batches * (2 + 2 * 4) + 100);
    }

    @Test
    void readsTheClockPerBatchBehindAnEdge() throws Exception {
        List<Integer> numbers = Models.numbers(COUNT);
        long readings =
                readings(
                        Pipeline.from("numbers", Source.of(numbers))
                                .map("one", item -> item + 1)
                                .sink("sink", _ -> {}, How.platform(1)));
        assertThat(readings).isLessThan(COUNT / 4);
    }
}
