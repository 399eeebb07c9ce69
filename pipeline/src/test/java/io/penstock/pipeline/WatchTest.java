// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class WatchTest {
    static Stream<How> models() {
        return Models.all();
    }

    private static RunOptions watching(Watching watching) {
        return RunOptions.DEFAULT.watching(watching);
    }

    @ParameterizedTest
    @MethodSource("models")
    void findsAStrandThatIsAtOneItemForTooLong(How how) throws Exception {
        Channel<Stall> stalls = Channel.<Stall>builder("stalls", 4).build();
        CountDownLatch found = new CountDownLatch(1);
        Watching watching =
                Watching.NOTHING
                        .items(Duration.ofMillis(1))
                        .loops(Duration.ofMillis(1))
                        .onStall(stalls::trySend);
        Pipeline pipeline =
                Pipeline.from("one", Source.of(7))
                        .map(
                                "slow",
                                (Integer item) -> {
                                    awaitQuietly(found);
                                    return item;
                                },
                                how)
                        .sink("sink", _ -> {});
        try (Run run = pipeline.start(watching(watching))) {
            Stall stall = stalls.receive(Models.LONG);
            found.countDown();
            assertThat(stall).isNotNull();
            assertThat(stall.stages()).contains("slow");
            assertThat(stall.describe()).contains("awaitQuietly").contains(stall.strand());
            assertThat(Models.ended(run)).isInstanceOf(Ended.Done.class);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void doesNotBlameAStageForAFullEdge() throws Exception {
        List<Stall> stalls = new ArrayList<>();
        Channel<Stall> found = Channel.<Stall>builder("found", 4).build();
        CountDownLatch released = new CountDownLatch(1);
        Watching watching =
                Watching.NOTHING
                        .items(Duration.ofMillis(1))
                        .onStall(
                                stall -> {
                                    stalls.add(stall);
                                    found.trySend(stall);
                                });
        Pipeline pipeline =
                Pipeline.from("numbers", Source.of(Models.numbers(100)))
                        .sink("slow", _ -> awaitQuietly(released), How.platform(1).capacity(1));
        try (Run run = pipeline.start(watching(watching))) {
            assertThat(found.receive(Models.LONG)).isNotNull();
            released.countDown();
            assertThat(Models.ended(run)).isInstanceOf(Ended.Done.class);
        }
        assertThat(stalls).allSatisfy(s -> assertThat(s.stages()).containsExactly("slow"));
    }

    @Test
    void givesMetersTheNumbersOfARun() throws Exception {
        AtomicInteger updates = new AtomicInteger();
        List<Object> told = new ArrayList<>();
        Channel<Integer> next = Channel.<Integer>builder("next", 1).build();
        Meters meters =
                new Meters() {
                    @Override
                    public void started(Plan plan) {
                        told.add(plan.pipeline());
                    }

                    @Override
                    public void update(RunStatistics now) {
                        told.add(now.stage("sink").out());
                        updates.incrementAndGet();
                        next.trySend(1);
                    }

                    @Override
                    public void ended(Ended ended) {
                        told.add(ended.getClass().getSimpleName());
                    }
                };
        CountDownLatch released = new CountDownLatch(1);
        Pipeline pipeline =
                Pipeline.from("numbers", Source.of(1, 2, 3))
                        .sink("sink", _ -> awaitQuietly(released));
        Watching watching = Watching.NOTHING.meters(meters, Duration.ofMillis(1));
        try (Run run = pipeline.start(watching(watching))) {
            assertThat(next.receive(Models.LONG)).isNotNull();
            released.countDown();
            assertThat(Models.ended(run)).isInstanceOf(Ended.Done.class);
        }
        assertThat(updates.get()).isGreaterThan(1);
        assertThat(told.getFirst()).isEqualTo("numbers");
        assertThat(told.subList(told.size() - 2, told.size())).containsExactly(3L, "Done");
    }

    @Test
    void endsARunWhateverItsListenersThrow() throws Exception {
        Meters meters =
                now -> {
                    throw new IllegalStateException("meters");
                };
        Pipeline pipeline = Pipeline.from("numbers", Source.of(1, 2, 3)).sink("sink", _ -> {});
        Watching watching = Watching.NOTHING.meters(meters, Duration.ofDays(1));
        try (Run run = pipeline.start(watching(watching))) {
            assertThat(Models.ended(run)).isInstanceOf(Ended.Done.class);
        }
    }

    @Test
    void knowsWhatTheMachineTellsOfAPlatformStrand() throws Exception {
        Ended ended =
                Models.run(
                        Pipeline.from("numbers", Source.of(Models.numbers(50_000)))
                                .sink("sink", _ -> {}, How.eventLoop()));
        RunStatistics statistics = ended.statistics();
        // -1 where the operating system does not tell; never made up.
        assertThat(statistics.stage("numbers").strands().cpuNs())
                .isGreaterThanOrEqualTo(-1)
                .isNotZero();
        assertThat(statistics.stage("sink").strands().batches()).isPositive();
        Ended virtual =
                Models.run(
                        Pipeline.from("numbers", Source.of(1))
                                .sink("sink", _ -> {}, How.virtual(1)));
        assertThat(virtual.statistics().stage("sink").strands().cpuNs()).isEqualTo(-1);
    }
}
