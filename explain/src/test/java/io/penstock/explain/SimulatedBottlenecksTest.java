// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.OverflowPolicy;
import io.penstock.pipeline.Batch;
import io.penstock.pipeline.How;
import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.RunOptions;
import io.penstock.pipeline.Source;
import io.penstock.pipeline.Stages;
import io.penstock.stage.OnFailure;
import io.penstock.stage.Rate;
import io.penstock.stage.Retry;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Bottlenecks planted in pipelines that really run, in simulated time: each is diagnosed, and
/// where the advice is a change, a second run checks what it promised.
class SimulatedBottlenecksTest {
    private static final long US = 1_000;
    private static final long MS = 1_000_000;

    private static Stages<Integer> numbers(int count) {
        return Pipeline.from("feed", Source.of(IntStream.range(0, count).boxed().toList()));
    }

    private static AnalysisAssert explain(Function<SimulatedMachine, Pipeline> made) {
        return new AnalysisAssert(SimulatedMachine.explain(made, Function.identity()));
    }

    /// What becomes of the promise when all changes are made.
    private static void isKept(Function<SimulatedMachine, Pipeline> made, Analysis before) {
        Analysis after = SimulatedMachine.explain(made, p -> p.with(before.changes()));
        Verification verification = Verification.of(before, after);
        assertThat(verification.isEffective())
                .as("%s%n%s%n%s", verification, before, after)
                .isTrue();
    }

    @Test
    void computingOnOneStrand() {
        Function<SimulatedMachine, Pipeline> made =
                machine ->
                        numbers(2_000)
                                .map("price", at(n -> machine.compute(100 * US)))
                                .sink("out", _ -> {});
        AnalysisAssert said = explain(made).isHeldUpBy("price").says("price COMPUTING");
        said.advises("price", "platform(2)");
        isKept(made, said.analysis());
    }

    @Test
    void waitingForSomethingOutside() {
        Function<SimulatedMachine, Pipeline> made =
                machine ->
                        numbers(4_000)
                                .map("lookup", at(n -> machine.await(MS)))
                                .sink("out", _ -> {});
        AnalysisAssert said = explain(made).isHeldUpBy("lookup").says("lookup BLOCKING");
        said.advises("lookup", "virtual(64)");
        isKept(made, said.analysis());
    }

    private static AnalysisAssert explainCalibrated(Function<SimulatedMachine, Pipeline> made) {
        return new AnalysisAssert(
                SimulatedMachine.explain(
                        made, Function.identity(), RunOptions.DEFAULT.calibrating()));
    }

    @Test
    void computingOnVirtualThreads() {
        Function<SimulatedMachine, Pipeline> made =
                machine ->
                        numbers(4_000)
                                .map("price", at(n -> machine.compute(100 * US)), How.virtual(8))
                                .sink("out", _ -> {});
        explainCalibrated(made)
                .isHeldUpBy("price")
                .says("price VIRTUAL_COMPUTING")
                .advises("price", "platform(2)");
        // Nobody can tell without a sample.
        explain(made).neverSays(Diagnosis.VIRTUAL_COMPUTING);
    }

    @Test
    void waitingOnVirtualThreadsIsNotComputing() {
        Function<SimulatedMachine, Pipeline> made =
                machine ->
                        numbers(4_000)
                                .map("ask", at(n -> machine.await(MS)), How.virtual(8))
                                .sink("out", _ -> {});
        AnalysisAssert said = explainCalibrated(made).isHeldUpBy("ask").says("ask BLOCKING");
        said.neverSays(Diagnosis.VIRTUAL_COMPUTING);
        assertThat(said.analysis().stage("ask").cost().isCpuKnown()).isTrue();
        assertThat(said.piece(Diagnosis.BLOCKING).confidence().why())
                .contains("items on a platform thread");
    }

    @Test
    void aStageThatCannotHaveWorkers() {
        explain(
                        machine ->
                                numbers(1_000)
                                        .<Integer>flatMap(
                                                "join",
                                                (n, out) -> {
                                                    machine.compute(100 * US);
                                                    out.emit(n);
                                                },
                                                How.platform(1))
                                        .sink("out", _ -> {}))
                .isHeldUpBy("join")
                .says("join SERIAL");
    }

    @Test
    void aSkewedKey() {
        explain(
                        machine ->
                                numbers(500)
                                        .map(
                                                "apply",
                                                at(n -> machine.await(MS)),
                                                How.virtual(8).orderedBy(n -> skewed((Integer) n)))
                                        .sink("out", _ -> {}))
                .isHeldUpBy("apply")
                .says("apply SKEWED_KEY")
                .neverSays(Diagnosis.BLOCKING);
    }

    private static int skewed(int n) {
        return n % 20 == 0 ? n % 7 : -1;
    }

    @Test
    void aSlowSink() {
        Function<SimulatedMachine, Pipeline> made =
                machine -> numbers(2_000).sink("store", _ -> machine.await(MS), How.platform(1));
        AnalysisAssert said = explain(made).isHeldUpBy("store").says("store SLOW_SINK");
        isKept(made, said.analysis());
    }

    @Test
    void aRateLimitThatIsReached() {
        explain(
                        machine ->
                                numbers(2_000)
                                        .buffer("queue", 64, OverflowPolicy.BLOCK)
                                        .limit("pace", Rate.perSecond(500))
                                        .sink("oms", _ -> machine.compute(US)))
                .says("pace RATE_LIMIT");
    }

    @Test
    void workersThatWaitForALock() {
        explain(
                        machine ->
                                numbers(2_000)
                                        .map(
                                                "count",
                                                at(n -> machine.locked("count", 100 * US)),
                                                How.platform(4))
                                        .sink("out", _ -> {}))
                .isHeldUpBy("count")
                .says("count LOCK")
                .neverSays(Diagnosis.BLOCKING);
    }

    @Test
    void tinyBatches() {
        explain(
                        machine ->
                                numbers(4_000)
                                        .batch("group", Batch.of(4))
                                        .sink("insert", _ -> machine.await(MS), How.platform(1)))
                .isHeldUpBy("insert")
                .says("group TINY_BATCHES");
    }

    @Test
    void aSlowSource() {
        AnalysisAssert said =
                explain(
                        machine ->
                                Pipeline.from("feed", Source.of(slowly(machine, 500)))
                                        .map("price", at(n -> machine.compute(50 * US)))
                                        .sink("out", _ -> {}));
        said.says("feed SLOW_SOURCE");
        assertThat(said.analysis().changes()).isEmpty();
    }

    private static Iterable<Integer> slowly(SimulatedMachine machine, int count) {
        return () -> {
            Iterator<Integer> numbers = IntStream.range(0, count).iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return numbers.hasNext();
                }

                @Override
                public Integer next() {
                    machine.await(MS);
                    return numbers.next();
                }
            };
        };
    }

    @Test
    void tooManyThreadsForTheCores() {
        Function<SimulatedMachine, Pipeline> made =
                machine ->
                        numbers(4_000)
                                .map("price", at(n -> machine.compute(100 * US)), How.platform(16))
                                .sink("out", _ -> {});
        AnalysisAssert said = explain(made).says("price RUN_QUEUE").advises("price", "platform(2)");
        said.neverSays(Diagnosis.BLOCKING).says("price MACHINE_FULL");
        isKept(made, said.analysis());
    }

    @Test
    void aStageThatAllocatesTooMuch() {
        explain(
                        machine ->
                                numbers(1_000)
                                        .map(
                                                "parse",
                                                at(
                                                        n -> {
                                                            machine.compute(100 * US);
                                                            machine.allocate(1_000_000);
                                                        }))
                                        .sink("out", _ -> {}))
                .says("parse ALLOCATION");
    }

    @Test
    void aCallThatWaitsInAnEventLoop() {
        Function<SimulatedMachine, Pipeline> made =
                machine ->
                        numbers(2_000)
                                .map("decide", at(n -> machine.await(2 * MS)), How.eventLoop())
                                .sink("out", _ -> {});
        AnalysisAssert said = explain(made).isHeldUpBy("decide").says("decide BLOCKED_LOOP");
        isKept(made, said.analysis());
    }

    @Test
    void aSmallWindow() {
        Function<SimulatedMachine, Pipeline> made =
                machine ->
                        numbers(1_000)
                                .map(
                                        "work",
                                        at(n -> machine.await(n % 8 == 0 ? 3 * MS : MS)),
                                        How.virtual(8).capacity(8))
                                .sink("out", _ -> {});
        AnalysisAssert said = explain(made).isHeldUpBy("work").says("work SMALL_WINDOW");
        isKept(made, said.analysis());
    }

    @Test
    void aSlowItemBeforeFinishedOnes() {
        Function<SimulatedMachine, Pipeline> made =
                machine ->
                        numbers(4_000)
                                .map(
                                        "work",
                                        at(n -> machine.await(n % 64 == 0 ? 40 * MS : MS)),
                                        How.virtual(8).capacity(64))
                                .sink("out", _ -> {});
        AnalysisAssert said = explain(made).isHeldUpBy("work").says("work HEAD_OF_LINE");
        isKept(made, said.analysis());
    }

    @Test
    void burstsInASmallQueue() {
        Function<SimulatedMachine, Pipeline> made =
                machine ->
                        Pipeline.from("feed", Source.of(bursts(machine)))
                                .map(
                                        "work",
                                        at(n -> machine.compute(100 * US)),
                                        How.platform(1).capacity(4))
                                .sink("out", _ -> {});
        AnalysisAssert said = explain(made).isHeldUpBy("work").says("work SMALL_QUEUE");
        isKept(made, said.analysis());
    }

    /// Twenty at once, then nothing for 1.6 milliseconds.
    private static Iterable<Integer> bursts(SimulatedMachine machine) {
        return () -> {
            Iterator<Integer> numbers = IntStream.range(0, 4_000).iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return numbers.hasNext();
                }

                @Override
                public Integer next() {
                    int n = numbers.next();
                    machine.await(n % 20 == 0 ? 1_600 * US : 0);
                    return n;
                }
            };
        };
    }

    @Test
    void moreHandOffsThanWork() {
        explain(
                        machine ->
                                numbers(3_000)
                                        .map("clean", at(n -> machine.compute(40)), How.platform(1))
                                        .map("round", at(n -> machine.compute(40)), How.platform(1))
                                        .sink("out", _ -> machine.compute(2 * US), How.platform(1)))
                .says("clean TINY_STAGE")
                .says("round TINY_STAGE");
    }

    @Test
    void aStormOfRetries() {
        explain(
                        machine -> {
                            int[] attempts = new int[2_000];
                            return numbers(2_000)
                                    .map(
                                            "call",
                                            at(
                                                    n -> {
                                                        machine.await(MS);
                                                        if (++attempts[n] % 3 != 0) {
                                                            throw new IllegalStateException("busy");
                                                        }
                                                    }),
                                            How.virtual(8)
                                                    .retry(
                                                            Retry.times(3)
                                                                    .backoff(Duration.ofMillis(1))))
                                    .sink("out", _ -> {});
                        })
                .says("call RETRIES");
    }

    @Test
    void deadlinesThatThrowWorkAway() {
        explain(
                        machine ->
                                numbers(2_000)
                                        .map(
                                                "call",
                                                at(n -> machine.await(n % 3 == 0 ? 9 * MS : MS)),
                                                How.virtual(8)
                                                        .eachWithin(Duration.ofMillis(3))
                                                        .onFailure(OnFailure.skip()))
                                        .sink("out", _ -> {}))
                .says("call TIMEOUTS");
    }

    @Test
    void itemsThatFail() {
        explain(
                        machine ->
                                numbers(2_000)
                                        .map(
                                                "call",
                                                at(
                                                        n -> {
                                                            machine.await(MS);
                                                            if (n % 3 == 0) {
                                                                throw new IllegalStateException(
                                                                        "x");
                                                            }
                                                        }),
                                                How.virtual(8)
                                                        .onFailure(
                                                                OnFailure.deadLetter((_, _) -> {})))
                                        .sink("out", _ -> {}))
                .says("call FAILURES");
    }

    @Test
    void aBranchThatHoldsUpTheOther() {
        explain(
                        machine ->
                                numbers(4_000)
                                        .broadcast(
                                                "both",
                                                b ->
                                                        b.sink(
                                                                "store",
                                                                _ -> machine.await(MS),
                                                                How.platform(1)),
                                                b ->
                                                        b.sink(
                                                                "show",
                                                                _ -> machine.await(10 * US),
                                                                How.platform(1))))
                .isHeldUpBy("store")
                .says("store SLOW_BRANCH");
    }

    @Test
    void everyCoreInUse() {
        explain(
                        machine ->
                                numbers(4_000)
                                        .map(
                                                "price",
                                                at(n -> machine.compute(100 * US)),
                                                How.platform(2))
                                        .sink("out", _ -> {}))
                .says("price MACHINE_FULL")
                .neverSays(Diagnosis.COMPUTING)
                .neverSays(Diagnosis.RUN_QUEUE);
    }

    /// A function that does something and gives what it got.
    private static Function<Integer, Integer> at(IntConsumer work) {
        return n -> {
            work.accept(n);
            return n;
        };
    }
}
