// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.benchmarks.contenders.Requests.Terms;
import io.penstock.benchmarks.rivals.Aim;
import io.penstock.benchmarks.rivals.Catalog;
import io.penstock.benchmarks.rivals.Variant;
import io.penstock.benchmarks.rivals.Workload;
import java.util.ArrayList;
import java.util.List;

/// Plain JDK and Python.
public final class StandardCatalog implements Catalog {
    private final List<Variant> variants = new ArrayList<>();

    /// For [java.util.ServiceLoader].
    public StandardCatalog() {
        addQueues();
        addStages();
        addOpenLoop(Workload.OPEN_100K, 100_000);
        addOpenLoop(Workload.OPEN_500K, 500_000);
        addRequests(Workload.REQUESTS_10K, Terms.ANSWERING);
        addRequests(Workload.REQUESTS_100K, Terms.ANSWERING);
        addRequests(Workload.REQUESTS_1_FIRING, Terms.hanging(100));
        addRequests(Workload.REQUESTS_50_FIRING, Terms.hanging(2));
        addRequests(Workload.REQUESTS_HEAP, Terms.PENDING);
        variants.add(
                Variant.python(Workload.REQUESTS_10K, "asyncio.wait_for", "requests.py", "10000"));
        addCpuHeavy();
    }

    private void addQueues() {
        Workload one = Workload.HAND_OFF;
        variants.add(
                Variant.of(
                        one,
                        "ArrayBlockingQueue",
                        () -> new BlockingQueueHandOff(Kind.PLATFORM, false)));
        variants.add(
                Variant.of(
                        one,
                        "ArrayBlockingQueue, drained",
                        () -> new BlockingQueueHandOff(Kind.PLATFORM, true)));
        variants.add(
                Variant.of(
                        one,
                        "ArrayBlockingQueue, virtual",
                        () -> new BlockingQueueHandOff(Kind.VIRTUAL, false)));
        Workload many = Workload.FAN_OUT;
        variants.add(
                Variant.of(
                        many, "ArrayBlockingQueue", () -> new BlockingQueueFanOut(Kind.PLATFORM)));
        variants.add(
                Variant.of(
                        many,
                        "ArrayBlockingQueue, virtual",
                        () -> new BlockingQueueFanOut(Kind.VIRTUAL)));
        variants.add(Variant.python(many, "queue.Queue", "queues.py", "fan-out"));
        variants.add(Variant.python(many, "asyncio.Queue", "queues.py", "asyncio"));
    }

    private void addStages() {
        variants.add(Variant.of(Workload.FUSED, "by hand", LoopStages::new));
        Variant stream = Variant.of(Workload.FUSED, "stream()", StreamStages::new);
        variants.add(stream);
        variants.add(stream.polluted());
        variants.add(Variant.of(Workload.THREADS, "ArrayBlockingQueue", BlockingQueueStages::new));
        variants.add(Variant.python(Workload.THREADS, "queue.Queue", "queues.py", "stages"));
    }

    private void addOpenLoop(Workload workload, long perSecond) {
        variants.add(
                Variant.of(
                        workload,
                        "ArrayBlockingQueue, virtual",
                        () -> new BlockingQueueOpenLoop(Kind.VIRTUAL, perSecond)));
        variants.add(
                Variant.of(
                        workload,
                        "ArrayBlockingQueue",
                        () -> new BlockingQueueOpenLoop(Kind.PLATFORM, perSecond)));
    }

    private void addRequests(Workload workload, Terms terms) {
        variants.add(Variant.of(workload, "CompletableFuture", () -> new FutureRequests(terms)));
    }

    private void addCpuHeavy() {
        Workload jobs = Workload.CPU_HEAVY;
        variants.add(Variant.of(jobs, "parallel stream", StreamCpuHeavy::new));
        variants.add(Variant.of(jobs, "executor", ExecutorCpuHeavy::new));
        variants.add(Variant.python(jobs, "multiprocessing.Pool(4)", "pool.py", "1"));
        variants.add(
                Variant.python(jobs, "multiprocessing.Pool(4), chunks of 50", "pool.py", "50"));
    }

    @Override
    public List<Variant> variants() {
        return List.copyOf(variants);
    }

    @Override
    public List<Aim> aims() {
        return List.of();
    }
}
