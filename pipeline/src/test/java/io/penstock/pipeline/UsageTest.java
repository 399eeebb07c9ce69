// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.channel.Scheduler;
import io.penstock.stage.StageStatistics;
import io.penstock.stage.StrandStatistics;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What strands use, on the real machine.
@Timeout(60)
class UsageTest {
    private static final int COUNT = 64;
    private static final int BYTES = 100_000;

    /// Where results go, so that nobody optimises them away.
    private volatile byte[] garbage = {};

    @BeforeAll
    static void needsAMachineThatTells() {
        assumeTrue(Scheduler.real().usage().cpuNs() >= 0, "no processor time of threads");
    }

    static Stream<How> workers() {
        return Models.parallel().filter(how -> how.model().toString().equals("platform"));
    }

    private Pipeline pipeline(How how, boolean isSink) {
        Consumer<Integer> work = _ -> garbage = new byte[BYTES];
        Stages<Integer> numbers = Pipeline.from("numbers", Source.of(Models.numbers(COUNT)));
        return isSink
                ? numbers.sink("work", work, how)
                : numbers.map("work", (Integer n) -> passed(work, n), how).sink("out", _ -> {});
    }

    private static int passed(Consumer<Integer> work, int n) {
        work.accept(n);
        return n;
    }

    @ParameterizedTest
    @MethodSource("workers")
    void isKnownOfSeveralPlatformWorkers(How how) throws Exception {
        for (boolean isSink : new boolean[] {false, true}) {
            StageStatistics work = Models.run(pipeline(how, isSink)).statistics().stage("work");
            StrandStatistics strands = work.strands();
            assertThat(strands.cpuNs()).as("cpu: sink=%s", isSink).isPositive();
            assertThat(strands.allocatedBytes()).isGreaterThanOrEqualTo((long) COUNT * BYTES);
            assertThat(strands.busiestNs()).isBetween(strands.busyNs() / 3, strands.busyNs());
            assertThat(work.serviceP50Ns()).isPositive();
            assertThat(work.serviceP99Ns()).isGreaterThanOrEqualTo(work.serviceP50Ns());
        }
    }

    @Test
    void cannotBeKnownOfVirtualWorkers() throws Exception {
        StageStatistics work =
                Models.run(pipeline(How.virtual(3), false)).statistics().stage("work");
        assertThat(work.strands().cpuNs()).isEqualTo(-1);
        assertThat(work.strands().runQueueNs()).isEqualTo(-1);
        assertThat(work.strands().allocatedBytes()).isEqualTo(-1);
        assertThat(work.serviceP50Ns()).isPositive();
    }

    @Test
    void isSampledOfVirtualWorkersInACalibratedRun() throws Exception {
        int workers = 4;
        CyclicBarrier everyWorker = new CyclicBarrier(workers);
        Set<Boolean> areVirtual = ConcurrentHashMap.newKeySet();
        Pipeline pipeline =
                Pipeline.from("numbers", Source.of(Models.numbers(COUNT)))
                        .map(
                                "work",
                                (Integer n) -> {
                                    areVirtual.add(Thread.currentThread().isVirtual());
                                    garbage = new byte[BYTES];
                                    meet(everyWorker);
                                    return n;
                                },
                                How.virtual(workers))
                        .sink("out", _ -> {});
        try (Run run = pipeline.start(RunOptions.DEFAULT.calibrating())) {
            StrandStatistics work = Models.ended(run).statistics().stage("work").strands();
            assertThat(areVirtual).containsExactlyInAnyOrder(true, false);
            assertThat(work.sampledItems()).isEqualTo(COUNT / workers);
            assertThat(work.cpuNs()).isPositive();
            assertThat(work.allocatedBytes()).isGreaterThanOrEqualTo((long) COUNT * BYTES);
        }
    }

    private static void meet(CyclicBarrier all) {
        try {
            all.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void isReadOfASingleVirtualStrandInACalibratedRun() throws Exception {
        Pipeline pipeline = pipeline(How.virtual(1), false);
        assertThat(Models.run(pipeline).statistics().stage("work").strands().cpuNs()).isEqualTo(-1);
        try (Run run = pipeline.start(RunOptions.DEFAULT.calibrating())) {
            RunStatistics statistics = Models.ended(run).statistics();
            assertThat(statistics.stages())
                    .allSatisfy(stage -> assertThat(stage.strands().cpuNs()).isPositive());
        }
    }

    @Test
    void showsThatOneWorkerHasAllTheWork() throws Exception {
        How oneKey = How.platform(4).orderedBy((Integer _) -> "key");
        StrandStatistics strands =
                Models.run(pipeline(oneKey, false)).statistics().stage("work").strands();
        assertThat(strands.busiestNs()).isPositive().isEqualTo(strands.busyNs());
    }

    @Test
    void isSeenWhileTheRunGoesOn() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Pipeline pipeline =
                Pipeline.from("numbers", Source.of(Models.numbers(COUNT)))
                        .map(
                                "work",
                                (Integer n) -> {
                                    garbage = new byte[BYTES];
                                    if (n == COUNT / 2) {
                                        reached.countDown();
                                        awaitQuietly(released);
                                    }
                                    return n;
                                },
                                How.platform(2))
                        .sink("out", _ -> {});
        try (Run run = pipeline.start()) {
            reached.await();
            StageStatistics seen = run.statistics().stage("work");
            assertThat(seen.strands().cpuNs()).isPositive();
            assertThat(seen.strands().allocatedBytes()).isGreaterThanOrEqualTo(BYTES);
            assertThat(seen.serviceP50Ns()).isPositive();
            released.countDown();
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
}
