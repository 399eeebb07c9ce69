// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import static io.penstock.benchmarks.rivals.Aim.atMost;
import static io.penstock.benchmarks.rivals.Aim.faster;

import io.penstock.benchmarks.contenders.Requests.Terms;
import io.penstock.benchmarks.rivals.Aim;
import io.penstock.benchmarks.rivals.Catalog;
import io.penstock.benchmarks.rivals.Contender;
import io.penstock.benchmarks.rivals.Variant;
import io.penstock.benchmarks.rivals.Workload;
import io.penstock.channel.StrandKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/// The kit, and what it shall reach. Statistics, ends and failures are always on.
public final class PenstockCatalog implements Catalog {
    private static final String SCOPE = "penstock scope";

    private final List<Variant> variants = new ArrayList<>();

    /// For [Catalog#all].
    public PenstockCatalog() {
        addQueues();
        addStages();
        addOpenLoop(Workload.OPEN_100K, 100_000);
        addOpenLoop(Workload.OPEN_500K, 500_000);
        addRequests(Workload.REQUESTS_10K, Terms.ANSWERING);
        addRequests(Workload.REQUESTS_100K, Terms.ANSWERING);
        addRequests(Workload.REQUESTS_1_FIRING, Terms.hanging(100));
        addRequests(Workload.REQUESTS_50_FIRING, Terms.hanging(2));
        addRequests(Workload.REQUESTS_HEAP, Terms.PENDING);
        add(Workload.CPU_HEAVY, "penstock", () -> new PipelineCpuHeavy(false, 1));
        add(Workload.CPU_HEAVY, "penstock, chunks of 50", () -> new PipelineCpuHeavy(false, 50));
        add(Workload.CPU_HEAVY, "penstock, one run", () -> new PipelineCpuHeavy(true, 1));
        addSchedules(Workload.SCHEDULES_20, 20);
        addSchedules(Workload.SCHEDULES_1000, 1_000);
    }

    /// One carrier for simulated strands, as docs/simulation.md advises.
    private void addSchedules(Workload workload, int items) {
        for (boolean isEvery : new boolean[] {false, true}) {
            String name = "penstock simulation, " + (isEvery ? "every operation" : "at waits");
            Variant simulated =
                    Variant.of(workload, name, () -> new SimulatedSchedules(items, isEvery));
            variants.add(simulated.jvm("-Djdk.virtualThreadScheduler.parallelism=1"));
        }
        for (StrandKind kind : StrandKind.values()) {
            String name = "real threads, " + kind.name().toLowerCase(Locale.ROOT);
            add(workload, name, () -> new RealSchedules(items, kind));
        }
    }

    private void addQueues() {
        Workload one = Workload.HAND_OFF;
        Variant each = Variant.of(one, "penstock", () -> new ChannelHandOff(Kind.PLATFORM, false));
        Variant batched =
                Variant.of(one, "penstock, batched", () -> new ChannelHandOff(Kind.PLATFORM, true));
        variants.addAll(List.of(each, each.old(), batched, batched.old()));
        add(one, "penstock, virtual", () -> new ChannelHandOff(Kind.VIRTUAL, false));
        add(one, "penstock, batched, virtual", () -> new ChannelHandOff(Kind.VIRTUAL, true));
        Workload many = Workload.FAN_OUT;
        add(many, "penstock", () -> new ChannelFanOut(Kind.PLATFORM, true));
        add(many, "penstock, item by item", () -> new ChannelFanOut(Kind.PLATFORM, false));
        add(many, "penstock, virtual", () -> new ChannelFanOut(Kind.VIRTUAL, true));
    }

    private void addStages() {
        Variant fused = Variant.of(Workload.FUSED, "penstock", PipelineStages::new);
        variants.addAll(List.of(fused, fused.polluted()));
        add(Workload.THREADS, "penstock", () -> new PipelineThreads(3));
        add(Workload.THREADS, "penstock, two threads", () -> new PipelineThreads(2));
    }

    private void addOpenLoop(Workload workload, long perSecond) {
        add(workload, "penstock, virtual", () -> new PipelineOpenLoop(Kind.VIRTUAL, perSecond));
        add(workload, "penstock, platform", () -> new PipelineOpenLoop(Kind.PLATFORM, perSecond));
        add(
                workload,
                "penstock channels, virtual",
                () -> new ChannelOpenLoop(Kind.VIRTUAL, perSecond));
        add(
                workload,
                "penstock channels, platform",
                () -> new ChannelOpenLoop(Kind.PLATFORM, perSecond));
    }

    private void addRequests(Workload workload, Terms terms) {
        add(workload, SCOPE, () -> new ScopeRequests(terms));
    }

    private void add(Workload workload, String name, Callable<? extends Contender> maker) {
        variants.add(Variant.of(workload, name, maker));
    }

    @Override
    public List<Variant> variants() {
        return List.copyOf(variants);
    }

    @Override
    public List<Aim> aims() {
        List<Aim> aims = new ArrayList<>(queueAims());
        aims.addAll(stageAims());
        for (Workload open : List.of(Workload.OPEN_100K, Workload.OPEN_500K)) {
            for (String ours : List.of("penstock", "penstock channels")) {
                aims.add(atMost(open, ours + ", virtual", "ArrayBlockingQueue, virtual", 1.3));
                aims.add(atMost(open, ours + ", platform", "Disruptor, yielding", 1.1));
            }
        }
        aims.addAll(requestAims());
        Workload jobs = Workload.CPU_HEAVY;
        for (String ours : List.of("penstock", "penstock, chunks of 50", "penstock, one run")) {
            aims.add(faster(jobs, ours, "parallel stream", 0.95));
            aims.add(faster(jobs, ours, "multiprocessing.Pool(4)", 40));
            aims.add(faster(jobs, ours, "multiprocessing.Pool(4), chunks of 50", 40));
        }
        return aims;
    }

    private static List<Aim> queueAims() {
        Workload one = Workload.HAND_OFF;
        Workload many = Workload.FAN_OUT;
        return List.of(
                faster(one, "penstock", "JCTools SPSC", 0.9),
                faster(one, "penstock, batched", "JCTools SPSC", 1.1),
                faster(
                        one,
                        "penstock, batched, old generation",
                        "JCTools SPSC, old generation",
                        1.5),
                faster(one, "penstock", "ArrayBlockingQueue", 10),
                faster(one, "penstock, batched", "ArrayBlockingQueue", 10),
                faster(one, "penstock, virtual", "Kotlin channel", 10),
                faster(one, "penstock, virtual", "Kotlin channel, virtual", 10),
                faster(one, "penstock, virtual", "Jox, virtual", 20),
                faster(one, "penstock, batched, virtual", "Kotlin channel", 10),
                faster(one, "penstock, batched, virtual", "Jox, virtual", 20),
                faster(many, "penstock", "JCTools MPMC, drained", 1.5),
                faster(many, "penstock", "ArrayBlockingQueue", 40),
                faster(many, "penstock", "queue.Queue", 250),
                faster(many, "penstock", "asyncio.Queue", 100));
    }

    private static List<Aim> stageAims() {
        Workload fused = Workload.FUSED;
        Workload threads = Workload.THREADS;
        return List.of(
                faster(fused, "penstock", "stream()", 1.05),
                faster(fused, "penstock", "Reactor", 1.05),
                faster(fused, "penstock", "RxJava", 1.05),
                faster(fused, "penstock, polluted", "stream(), polluted", 2.5),
                faster(fused, "penstock, polluted", "Reactor, polluted", 4),
                faster(fused, "penstock, polluted", "RxJava, polluted", 4),
                faster(fused, "penstock, polluted", "penstock", 0.9),
                faster(threads, "penstock", "JCTools SPSC by hand", 1.6),
                faster(threads, "penstock", "Reactor", 3),
                faster(threads, "penstock", "Disruptor chain", 4),
                faster(threads, "penstock", "queue.Queue", 100),
                faster(threads, "penstock, two threads", "Disruptor, two threads", 1.8));
    }

    private static List<Aim> requestAims() {
        Workload few = Workload.REQUESTS_10K;
        Workload many = Workload.REQUESTS_100K;
        return List.of(
                atMost(few, SCOPE, "CompletableFuture", 2),
                faster(few, SCOPE, "asyncio.wait_for", 9),
                atMost(many, SCOPE, "CompletableFuture", 1.1),
                atMost(many, SCOPE, "Kotlin withTimeout", 0.4),
                atMost(many, SCOPE, "StructuredTaskScope", 0.3));
    }
}
