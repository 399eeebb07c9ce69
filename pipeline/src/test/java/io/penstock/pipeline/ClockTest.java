// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClockTest {
    private static final int COUNT = 100_000;

    private static final RunOptions UNWATCHED = RunOptions.DEFAULT.watching(Watching.NOTHING);

    private static long readings(Pipeline pipeline) throws InterruptedException {
        CountingScheduler scheduler = new CountingScheduler();
        run(pipeline, scheduler);
        return scheduler.readings.sum();
    }

    private static RunStatistics run(Pipeline pipeline, CountingScheduler scheduler)
            throws InterruptedException {
        try (Run run = pipeline.start(UNWATCHED.scheduler(scheduler))) {
            Ended ended = Models.ended(run);
            assertThat(ended).isInstanceOf(Ended.Done.class);
            return ended.statistics();
        }
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

    /// Whatever carries the stages: a batch has two ends and at most one timed item in each stage,
    /// and a wait of either side of an edge a begin and an end, for the edge and for the group.
    @ParameterizedTest
    @MethodSource("models")
    void readsTheClockPerBatchAndWaitBehindAnEdge(How how) throws Exception {
        CountingScheduler scheduler = new CountingScheduler();
        RunStatistics account =
                run(
                        Pipeline.from("numbers", Source.of(Models.numbers(COUNT)))
                                .map("one", item -> item + 1)
                                .sink("sink", _ -> {}, how),
                        scheduler);
        long batches = account.stages().stream().mapToLong(s -> s.strands().batches()).sum();
        long waits =
                account.edges().stream().mapToLong(e -> e.senderWaits() + e.receiverWaits()).sum();
        assertThat(scheduler.readings.sum()).isLessThan(8 * batches + 6 * waits + 1_000);
    }

    static Stream<How> models() {
        return Stream.of(How.platform(1), How.virtual(1), How.eventLoop());
    }
}
