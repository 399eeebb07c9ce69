// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.ForwardingScheduler;
import io.penstock.channel.OverflowPolicy;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.simulation.Outcome;
import io.penstock.simulation.SimulatedScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Elapsed time has an arbitrary origin: its largest value may be followed by its least while a
/// pipeline runs.
class WrappingClockTest {
    private static final long MS = 1_000_000;

    /// A clock that wraps some time after its start.
    private static final class Wrapping extends ForwardingScheduler {
        private final long shiftNs;

        Wrapping(SimulatedScheduler to, long afterNs) {
            super(to);
            shiftNs = Long.MAX_VALUE - SimulatedScheduler.START_NS - afterNs;
        }

        @Override
        public long nanoTime() {
            return super.nanoTime() + shiftNs;
        }

        @Override
        public void park(Object blocker, long deadlineNs) {
            super.park(blocker, shifted(deadlineNs));
        }

        @Override
        public boolean join(Strand strand, long deadlineNs) {
            return super.join(strand, shifted(deadlineNs));
        }

        private long shifted(long deadlineNs) {
            return deadlineNs == NO_DEADLINE ? deadlineNs : deadlineNs - shiftNs;
        }
    }

    private final List<String> batches = new ArrayList<>();
    private final List<Long> updatesMs = new ArrayList<>();

    /// Six items, 30 ms apart.
    private static Source<Integer> ticks(Scheduler scheduler) {
        int[] next = new int[1];
        return Source.from(
                () -> {
                    long untilNs = scheduler.nanoTime() + 30 * MS;
                    while (scheduler.nanoTime() - untilNs < 0) {
                        scheduler.park(next, untilNs);
                    }
                    return next[0] < 6 ? (@Nullable Integer) next[0]++ : null;
                });
    }

    private void run(SimulatedScheduler time, Scheduler wrapping, How how) throws Exception {
        Pipeline pipeline =
                Pipeline.from("ticks", ticks(wrapping))
                        .buffer("room", 64, OverflowPolicy.BLOCK)
                        .map("work", item -> item, how)
                        .batch("batch", Batch.of(100).orAfter(Duration.ofMillis(40)))
                        .sink("sink", all -> batches.add(all + "@" + time.elapsed().toMillis()));
        Watching watching =
                Watching.DEFAULT.meters(
                        _ -> updatesMs.add(time.elapsed().toMillis()), Duration.ofMillis(50));
        RunOptions options = RunOptions.DEFAULT.scheduler(wrapping).watching(watching);
        try (Run run = pipeline.start(options)) {
            assertThat(run.await()).isInstanceOf(Ended.Done.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 50 * MS, 70 * MS, 71 * MS, 130 * MS, 1_000_000 * MS})
    void handsBatchesOnInTime(long wrapsAfterNs) {
        for (How how : List.of(How.platform(1), How.eventLoop())) {
            batches.clear();
            updatesMs.clear();
            SimulatedScheduler time = SimulatedScheduler.ordinary();
            Wrapping wrapping = new Wrapping(time, wrapsAfterNs);
            Outcome outcome = time.run(_ -> run(time, wrapping, how));
            assertThat(outcome.isDone()).as(outcome.toString()).isTrue();
            assertThat(batches).containsExactly("[0, 1]@70", "[2, 3]@130", "[4, 5]@190");
            assertThat(updatesMs).startsWith(50L, 100L, 150L, 200L);
        }
    }
}
