// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.channel.Scheduler;
import io.penstock.pipeline.Change;
import io.penstock.pipeline.Ended;
import io.penstock.pipeline.How;
import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Run;
import io.penstock.pipeline.RunOptions;
import io.penstock.pipeline.Source;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Runs on the threads and clocks of the real machine. What is asserted are relations between
/// numbers that lie a hundred times apart, of a machine that does nothing else.
@Timeout(60)
@ExtendWith(RetriedWhenDisturbed.class)
@Tag("nightly") // what a machine does beside a test is not for the build to judge
class RealMachineTest {
    /// More cores than the tests use: what is advised must not depend on where they run.
    private static final Machine MACHINE = new Machine(8, 200);

    private static final Scheduler SCHEDULER = Scheduler.real();
    private static final long MS = 1_000_000;

    @BeforeAll
    static void needsAMachineThatTells() {
        assumeTrue(SCHEDULER.usage().cpuNs() >= 0, "no processor time of threads");
    }

    /// Keeps a core busy for some hundreds of microseconds.
    private static int compute(int item) {
        long state = item;
        for (int i = 0; i < 300_000; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
        }
        return (int) (state >>> 33);
    }

    /// Waits for five milliseconds, and does nothing else.
    private static int ask(int item) {
        long endNs = SCHEDULER.nanoTime() + 5 * MS;
        while (endNs - SCHEDULER.nanoTime() > 0) {
            SCHEDULER.park(RealMachineTest.class, endNs);
        }
        return item;
    }

    private static Pipeline pipeline(int count, Function<Integer, Integer> work, How how) {
        return Pipeline.from("numbers", Source.of(IntStream.range(0, count).boxed().toList()))
                .map("work", work, how.capacity(32)) // less than comes
                .sink("out", _ -> {});
    }

    private static Analysis explain(Pipeline pipeline, RunOptions options) throws Exception {
        try (Run run = pipeline.start(options)) {
            Ended ended = run.await();
            assertThat(ended).isInstanceOf(Ended.Done.class);
            return Analysis.of(pipeline.explain(), ended.statistics(), MACHINE);
        }
    }

    private static AnalysisAssert explain(Pipeline pipeline) throws Exception {
        return new AnalysisAssert(explain(pipeline, RunOptions.DEFAULT));
    }

    @Test
    void computingIsTold() throws Exception {
        for (int workers = 1; workers <= 2; workers++) {
            // A worker that has lost its core must not hold up the results of the other.
            How how = How.platform(workers).unordered();
            AnalysisAssert said = explain(pipeline(1_000, RealMachineTest::compute, how));
            said.isHeldUpBy("work").says("work COMPUTING").neverSays(Diagnosis.BLOCKING);
            StageProfile.Cost cost = said.analysis().stage("work").cost();
            assertThat(cost.cpuNs()).isPositive();
            assertThat(cost.blocking()).isLessThan(0.5);
            assertThat(said.analysis().isCeilingComplete()).isTrue();
            assertThat(said.analysis().stage("work").shares().groupBusy()).isBetween(0.1, 1.0);
        }
    }

    @Test
    void waitingOnPlatformThreadsIsTold() throws Exception {
        AnalysisAssert said = explain(pipeline(60, RealMachineTest::ask, How.platform(2)));
        said.isHeldUpBy("work").says("work BLOCKING").advises("work", "virtual(64)");
        StageProfile.Cost cost = said.analysis().stage("work").cost();
        assertThat(cost.cpuNs()).isBetween(1.0, cost.workNs() / 5);
    }

    @Test
    void waitingOnVirtualThreadsIsToldByACalibratedRun() throws Exception {
        Pipeline pipeline = pipeline(200, RealMachineTest::ask, How.virtual(8));
        assertThat(explain(pipeline).analysis().stage("work").cost().isCpuKnown()).isFalse();
        Analysis calibrated = explain(pipeline, RunOptions.DEFAULT.calibrating());
        new AnalysisAssert(calibrated).isHeldUpBy("work").says("work BLOCKING");
        StageProfile.Cost cost = calibrated.stage("work").cost();
        assertThat(cost.sampledItems()).isBetween(1L, 199L);
        assertThat(cost.cpuNs()).isBetween(1.0, cost.workNs() / 5);
    }

    @Test
    void computingOnVirtualThreadsIsToldByACalibratedRun() throws Exception {
        Analysis calibrated =
                explain(
                        pipeline(400, RealMachineTest::compute, How.virtual(8)),
                        RunOptions.DEFAULT.calibrating());
        new AnalysisAssert(calibrated).isHeldUpBy("work").neverSays(Diagnosis.BLOCKING);
        assertThat(calibrated.stage("work").cost().blocking()).isLessThan(0.5);
    }

    @Test
    void aRunThatGoesOnIsExplained() throws Exception {
        AtomicInteger next = new AtomicInteger();
        // A source shows its count after each batch, which waits for room here.
        CountDownLatch begun = new CountDownLatch(1_000);
        Pipeline pipeline =
                Pipeline.from("numbers", Source.from(next::getAndIncrement).atHand())
                        .map("work", RealMachineTest::compute, How.platform(2).unordered())
                        .sink("out", _ -> begun.countDown());
        try (Run run = pipeline.start()) {
            begun.await();
            Analysis now = Analysis.of(pipeline.explain(), run.statistics(), MACHINE);
            new AnalysisAssert(now).isHeldUpBy("work").says("work COMPUTING");
            assertThat(now.rate()).isPositive();
            assertThat(now.stage("work").cost().cpuNs()).isPositive();
            Ended ended = run.drain(Duration.ofSeconds(30));
            assertThat(ended).isInstanceOf(Ended.Done.class);
            assertThat(ended.statistics().stage("work").in())
                    .isGreaterThanOrEqualTo(now.stage("work").flow().in());
        }
    }

    @Test
    void locksAreTold() throws Exception {
        AtomicInteger monitor = new AtomicInteger(); // any object of a class of its own
        ReentrantLock lock = new ReentrantLock();
        Function<Integer, Integer> monitored =
                item -> {
                    synchronized (monitor) {
                        return ask(item);
                    }
                };
        Function<Integer, Integer> locked =
                item -> {
                    lock.lock();
                    try {
                        return ask(item);
                    } finally {
                        lock.unlock();
                    }
                };
        isTold(
                pipeline(100, monitored, How.platform(2)),
                "java.util.concurrent.atomic.AtomicInteger");
        isTold(pipeline(100, locked, How.platform(2)), "ReentrantLock");
    }

    private static void isTold(Pipeline pipeline, String lock) throws Exception {
        try (Contention contention = Contention.listen();
                Run run = pipeline.start()) {
            Ended ended = run.await();
            Analysis analysis =
                    Analysis.of(
                            pipeline.explain(), ended.statistics(), MACHINE, contention.recorded());
            AnalysisAssert said = new AnalysisAssert(analysis).says("work LOCK");
            assertThat(said.piece(Diagnosis.LOCK).why()).contains(lock);
        }
    }

    @Test
    void aSecondRunKeepsWhatTheFirstPredicted() throws Exception {
        Analysis before = explain(pipeline(60, RealMachineTest::ask, How.platform(1))).analysis();
        assertThat(before.changes()).anyMatch(change -> change instanceof Change.ToModel);
        Pipeline changed =
                pipeline(3_000, RealMachineTest::ask, How.platform(1)).with(before.changes());
        Analysis after = explain(changed, RunOptions.DEFAULT);
        Verification verification = Verification.of(before, after);
        assertThat(verification.ratePredicted()).isGreaterThan(10 * before.rate());
        assertThat(verification.isEffective()).as(verification.toString()).isTrue();
    }
}
