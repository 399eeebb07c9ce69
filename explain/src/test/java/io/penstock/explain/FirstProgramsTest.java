// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.penstock.channel.Cell;
import io.penstock.channel.Channel;
import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.Mutex;
import io.penstock.channel.Scheduler;
import io.penstock.channel.StrandKind;
import io.penstock.pipeline.Batch;
import io.penstock.pipeline.Ended;
import io.penstock.pipeline.How;
import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Run;
import io.penstock.pipeline.RunOptions;
import io.penstock.pipeline.RunStatistics;
import io.penstock.pipeline.Source;
import io.penstock.scope.Scope;
import io.penstock.scope.ScopeOptions;
import io.penstock.simulation.Faults;
import io.penstock.simulation.Outcome;
import io.penstock.simulation.SimulatedScheduler;
import io.penstock.simulation.Simulation;
import io.penstock.stage.StageStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The programs by which concurrency is taught, on the parts of the kit that they ask for.
@Timeout(60)
class FirstProgramsTest {
    private static final int SQUARES = 10_000;

    /// One sends, four receive; who waits until all is processed finds all results.
    @ParameterizedTest
    @EnumSource(StrandKind.class)
    void oneProducerAndFourConsumersOfABoundedQueue(StrandKind kind) throws Exception {
        Channel<Integer> queue = Channel.<Integer>builder("queue", 200).oneToMany().build();
        ConcurrentLinkedQueue<Integer> results = new ConcurrentLinkedQueue<>();
        try (Scope scope = Scope.open("consumers", ScopeOptions.DEFAULT.kind(kind))) {
            for (int i = 0; i < 4; i++) {
                scope.fork("consumer-" + i, () -> doubleAll(queue, results));
            }
            for (int i = 0; i < 2_000; i++) {
                assertThat(queue.send(i)).isTrue();
            }
            queue.done();
            assertThat(queue.awaitProcessedUntil(Scheduler.NO_DEADLINE)).isTrue();
            assertThat(results)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 2_000).map(i -> 2 * i).boxed().toList());
            scope.join();
        }
        EdgeStatistics account = queue.statistics();
        assertThat(account.sent()).isEqualTo(2_000);
        assertThat(account.processed()).isEqualTo(2_000);
        assertThat(account.highWater()).isLessThanOrEqualTo(200);
    }

    private static int doubleAll(Channel<Integer> queue, ConcurrentLinkedQueue<Integer> results) {
        int count = 0;
        for (int item : queue) { // ends when the queue is done
            results.add(2 * item);
            count++;
        }
        return count;
    }

    @ParameterizedTest
    @EnumSource(StrandKind.class)
    void aCounterBehindALock(StrandKind kind) throws Exception {
        Mutex mutex = new Mutex("counter", Scheduler.real());
        int[] counter = {0};
        try (Scope scope = Scope.open("lock", ScopeOptions.DEFAULT.kind(kind))) {
            for (int i = 0; i < 8; i++) {
                scope.fork(
                        "adds-" + i,
                        () -> {
                            for (int k = 0; k < 10_000; k++) {
                                mutex.lock();
                                counter[0]++;
                                mutex.unlock();
                            }
                            return null;
                        });
            }
            scope.join();
        }
        assertThat(counter[0]).isEqualTo(80_000);
    }

    @ParameterizedTest
    @EnumSource(StrandKind.class)
    void aCounterWithoutALock(StrandKind kind) throws Exception {
        Cell<Integer> counter = new Cell<>("counter", 0, Scheduler.real());
        try (Scope scope = Scope.open("cell", ScopeOptions.DEFAULT.kind(kind))) {
            for (int i = 0; i < 8; i++) {
                scope.fork(
                        "adds-" + i,
                        () -> {
                            for (int k = 0; k < 10_000; k++) {
                                counter.update(value -> value + 1);
                            }
                            return null;
                        });
            }
            scope.join();
        }
        assertThat(counter.get()).isEqualTo(80_000);
    }

    /// The same with calls that take 2 ms, in many interleavings.
    @Test
    void oneProducerAndThreeConsumersThatWait() {
        Simulation.of(FirstProgramsTest::produceForThree)
                .named("one producer, three consumers")
                .seeds(100)
                .check();
    }

    private static void produceForThree(Scheduler scheduler) throws Exception {
        Channel<Integer> queue =
                Channel.<Integer>builder("queue", 20).oneToMany().scheduler(scheduler).build();
        int[] worked = new int[1];
        try (Scope scope = Scope.open("consumers", ScopeOptions.on(scheduler))) {
            for (int i = 0; i < 3; i++) {
                scope.fork(
                        "consumer-" + i,
                        () -> {
                            for (int _ : queue) {
                                scope.sleep(Duration.ofMillis(2));
                                worked[0]++; // one strand runs at a time
                            }
                            return null;
                        });
            }
            scope.fork(
                            "producer",
                            () -> {
                                for (int i = 0; i < 100; i++) {
                                    queue.send(i);
                                }
                                queue.done();
                                return null;
                            })
                    .get();
            assertThat(queue.awaitProcessedUntil(Scheduler.NO_DEADLINE)).isTrue();
            assertThat(worked[0]).isEqualTo(100);
            scope.join();
        }
        assertThat(queue.statistics().highWater()).isEqualTo(20);
    }

    /// Items per second and the time of an item are in the account of every run. In simulated time,
    /// where the answers are known.
    @Test
    void rateAndLatencyOfFourConsumers() {
        long workNs = 300_000;
        List<RunStatistics> accounts = new ArrayList<>();
        LongAdder latencyNs = new LongAdder();
        Outcome outcome =
                SimulatedScheduler.ordinary()
                        .run(
                                scheduler ->
                                        accounts.add(
                                                done(
                                                        stamped(scheduler, workNs, latencyNs),
                                                        RunOptions.DEFAULT.scheduler(scheduler))));
        assertThat(accounts).as(outcome.toString()).hasSize(1);
        RunStatistics account = accounts.getFirst();
        StageStatistics work = account.stage("work");

        double rate = (double) work.out() * 1e9 / (double) account.elapsedNs();
        assertThat(rate).isEqualTo(4 * 1e9 / (double) workNs);
        assertThat(work.serviceNs()).isEqualTo((double) workNs);
        // Little's law: the items that are inside come out at that rate.
        double meanNs = latencyNs.sum() / 3_000.0;
        double saidNs =
                LittlesLaw.queueingNs((double) work.occupancyP50(), rate) + work.serviceNs();
        assertThat(saidNs).isCloseTo(meanNs, within(0.1 * meanNs));
    }

    private static Pipeline stamped(Scheduler scheduler, long workNs, LongAdder latencyNs) {
        int[] sent = new int[1];
        return Pipeline.from(
                        "feed", Source.from(() -> sent[0]++ < 3_000 ? scheduler.nanoTime() : null))
                .sink(
                        "work",
                        (Long sentNs) -> {
                            long endNs = scheduler.nanoTime() + workNs;
                            while (scheduler.nanoTime() < endNs) {
                                scheduler.park("work", endNs);
                            }
                            latencyNs.add(endNs - sentNs);
                        },
                        How.virtual(4).unordered().capacity(500));
    }

    /// A feed, a strategy that buys below a price, and an OMS that takes each order once although
    /// the way to it says things twice. In each order of events the same orders are sent, every
    /// edge is balanced and holds no more than it may.
    @Test
    void aFeedAStrategyAndAnOms() {
        Simulation.of(FirstProgramsTest::tradeOnce).named("feed, strategy, OMS").seeds(300).check();
    }

    private static void tradeOnce(Scheduler scheduler) throws InterruptedException {
        Faults faults = Faults.by(scheduler);
        List<Integer> ticks = IntStream.range(0, 40).boxed().toList();
        Set<Integer> booked = new LinkedHashSet<>();
        int[] again = {0};
        Pipeline pipeline =
                Pipeline.from("feed", Source.of(ticks))
                        .filter("strategy", FirstProgramsTest::isCheap, How.virtual(1).capacity(4))
                        .<Integer>flatMap(
                                "wire",
                                (id, out) ->
                                        faults.doubling("it comes twice", out::emit).accept(id))
                        .sink(
                                "oms",
                                id -> again[0] += booked.add(id) ? 0 : 1,
                                How.virtual(1).capacity(2));
        RunStatistics account = done(pipeline, RunOptions.DEFAULT.scheduler(scheduler));
        assertThat(account.isBalanced()).isTrue();
        assertThat(account.edges()).allMatch(edge -> edge.highWater() <= edge.capacity());
        assertThat(booked)
                .containsExactlyElementsOf(
                        ticks.stream().filter(FirstProgramsTest::isCheap).toList());
        assertThat(account.stage("oms").in()).isEqualTo(booked.size() + again[0]);
    }

    private static boolean isCheap(int tick) {
        return tick * 7 % 13 < 4;
    }

    /// 400 jobs, handed over as 8 chunks of 50 instead of one by one.
    @Test
    void jobsInChunks() throws Exception {
        List<Integer> jobs = IntStream.range(0, 400).boxed().toList();
        List<Long> results = new ArrayList<>();
        Pipeline chunked =
                Pipeline.from("jobs", Source.of(jobs))
                        .batch("chunks", Batch.of(50))
                        .map(
                                "work",
                                chunk -> chunk.stream().map(FirstProgramsTest::sum).toList(),
                                How.platform(4))
                        .<Long>unbatch("results")
                        .sink("collect", results::add);
        RunStatistics account = done(chunked, RunOptions.DEFAULT);
        List<Long> expected = jobs.stream().map(FirstProgramsTest::sum).toList();
        assertThat(results).isEqualTo(expected);
        assertThat(account.stage("work").in()).isEqualTo(8);
        assertThat(account.edge("chunks->work").sent()).isEqualTo(8);

        List<List<Integer>> chunks =
                IntStream.range(0, 8).mapToObj(i -> jobs.subList(50 * i, 50 * (i + 1))).toList();
        List<List<Long>> gathered =
                Scope.gather(
                        "chunks",
                        ScopeOptions.DEFAULT.kind(StrandKind.PLATFORM).concurrency(4),
                        chunks,
                        chunk -> chunk.stream().map(FirstProgramsTest::sum).toList());
        assertThat(gathered.stream().flatMap(List::stream)).isEqualTo(expected);
    }

    private static long sum(int job) {
        return LongStream.range(0, SQUARES).map(i -> i * job % 97).sum();
    }

    private static RunStatistics done(Pipeline pipeline, RunOptions options)
            throws InterruptedException {
        try (Run run = pipeline.start(options)) {
            Ended ended = run.await();
            assertThat(ended).isInstanceOf(Ended.Done.class);
            return ended.statistics();
        }
    }
}
