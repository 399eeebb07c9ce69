// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.pipeline.Change;
import io.penstock.stage.ExecutionModel;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Advice about what carries a stage: threads that crowd each other, that wait on the wrong kind,
/// or that have too little to do.
final class StrandRules {
    /// Part of the busy time in the run queue above which threads are in each other's way.
    static final double CROWDED = 0.25;

    /// Work of a strand, in hand-offs, below which a strand of its own is not worth it.
    static final double HOPS = 10;

    /// Part of the time for which something must be busy to be worth a word.
    static final double NOTICEABLE = 0.05;

    /// How long a loop may stand still before it is called a stall.
    static final double STALL_NS = 1e6;

    /// Threads that must be busy for the kind of thread to matter.
    private static final double WORTH_A_THREAD = 0.5;

    private final Scene scene;

    StrandRules(Scene scene) {
        this.scene = scene;
    }

    /// Threads that are ready, but without a core.
    void runQueue(Consumer<Draft> out) {
        int threads = 0;
        for (StageProfile head : heads()) {
            boolean isBusy = head.shares().groupBusy() >= NOTICEABLE;
            threads += isBusy && scene.isOnPlatform(head) ? head.workers() : 0;
        }
        int cores = scene.machine().cores();
        for (StageProfile head : heads()) {
            double crowded = head.shares().runQueue() / Math.max(1e-9, head.shares().groupBusy());
            boolean isCrowded = crowded >= CROWDED && threads > cores && scene.isOnPlatform(head);
            if (!isCrowded || head.workers() == 1 || Scene.waits(head) || head.isOneSided()) {
                continue;
            }
            int busy = scene.busyPlatformStrandsBeside(head, scene.line().rate());
            int workers = Math.max(1, cores - busy);
            if (workers < head.workers()) {
                out.accept(fewer(head, workers, threads, crowded));
            }
        }
    }

    /// A bottleneck that is ready but without a core, although the run uses less than half of them.
    void foreignLoad(Consumer<Draft> out) {
        Bottleneck bottleneck = scene.bottleneck();
        if (bottleneck == null) {
            return;
        }
        StageProfile profile = scene.profiles().get(scene.line().position(bottleneck.stage()));
        double queued = profile.shares().runQueue();
        int cores = scene.machine().cores();
        double used = scene.line().rate() * scene.line().cpuNs() / LittlesLaw.NANOS;
        boolean isKnown =
                scene.profiles().stream()
                        .allMatch(any -> any.cost().cpuNs() >= 0 || any.shares().groupBusy() == 0);
        if (!scene.isOnPlatform(profile) || !isKnown || queued < CROWDED || 2 * used > cores) {
            return;
        }
        out.accept(
                new Draft(profile, Diagnosis.FOREIGN_LOAD)
                        .to("a machine of its own, or a larger share of this one")
                        .because(
                                ("It is ready without a core for %s of the time, while the whole"
                                     + " run uses %s of %s. Who has them is not part of the run:"
                                     + " other processes, a quota of the container, the compiler,"
                                     + " the collector. All rates here are those of a machine so"
                                     + " loaded.")
                                        .formatted(
                                                Figures.percent(queued),
                                                Figures.number(used),
                                                Figures.count(cores, "core")))
                        .unless("The machine is always so loaded."));
    }

    private Draft fewer(StageProfile head, int workers, int threads, double crowded) {
        double rate = scene.line().rate();
        return new Draft(head, Diagnosis.RUN_QUEUE)
                .to("platform(" + workers + ")")
                .by(Change.model(head.name(), ExecutionModel.PLATFORM, workers))
                .doing(
                        line ->
                                line.with(
                                                Change.model(
                                                        head.name(),
                                                        ExecutionModel.PLATFORM,
                                                        workers))
                                        .reaching(rate))
                .because(
                        ("%d busy platform threads share %s: for %s of their time these are ready"
                             + " without a core. An item takes %s, of which %s is work; that is not"
                             + " waiting for something outside, and more threads make it longer."
                             + " The rate stays, the time of an item falls.")
                                .formatted(
                                        threads,
                                        Figures.count(scene.machine().cores(), "core"),
                                        Figures.percent(crowded),
                                        Figures.time(
                                                head.cost().workNs() + head.cost().runQueueNs()),
                                        Figures.time(head.cost().workNs())))
                .unless("Something else on the machine had the cores during this run.");
    }

    /// Work for a core on virtual threads, which no scheduler takes off their core, and waiting on
    /// platform threads, each of which costs a stack.
    void wrongKind(Consumer<Draft> out) {
        int cores = scene.machine().cores();
        for (StageProfile profile : scene.profiles()) {
            ExecutionModel model = profile.how().model();
            boolean isBusy = profile.busyWorkers() >= WORTH_A_THREAD;
            if (model == ExecutionModel.VIRTUAL && isBusy && Scene.computes(profile)) {
                int workers =
                        profile.isOneSided()
                                ? profile.workers()
                                : Math.min(profile.workers(), cores);
                out.accept(
                        new Draft(profile, Diagnosis.VIRTUAL_COMPUTING)
                                .to("platform(" + workers + ")")
                                .by(Change.model(profile.name(), ExecutionModel.PLATFORM, workers))
                                .because(
                                        ("It computes for %s of its time. A virtual thread keeps"
                                             + " its core until it waits, and all that are virtual"
                                             + " share %s.")
                                                .formatted(
                                                        Figures.percent(
                                                                1 - profile.cost().blocking()),
                                                        Figures.count(cores, "core")))
                                .unless("Its processor time was not that of the usual items."));
            } else if (model == ExecutionModel.PLATFORM
                    && profile.workers() > cores
                    && Scene.waits(profile)) {
                out.accept(
                        new Draft(profile, Diagnosis.PLATFORM_WAITING)
                                .to("virtual(" + profile.workers() + ")")
                                .by(
                                        Change.model(
                                                profile.name(),
                                                ExecutionModel.VIRTUAL,
                                                profile.workers()))
                                .because(
                                        ("It waits for %s of its time: %d threads of the operating"
                                                        + " system hold their stacks to do so.")
                                                .formatted(
                                                        Figures.percent(profile.cost().blocking()),
                                                        profile.workers()))
                                .unless("It waits inside native code, which holds the carrier."));
            }
        }
    }

    /// A call that waits on a loop that others share, although the loop keeps up.
    void blockedLoop(Consumer<Draft> out) {
        for (StageProfile profile : scene.profiles()) {
            boolean isLoop = profile.how().model() == ExecutionModel.EVENT_LOOP;
            double waitNs = Math.max(0, profile.cost().blocking()) * profile.cost().workNs();
            boolean stalls = waitNs >= STALL_NS || profile.cost().serviceP99Ns() >= STALL_NS;
            if (!isLoop || !Scene.waits(profile) || !stalls) {
                continue;
            }
            int workers =
                    Math.min(
                            scene.line().mostWorkers(scene.line().position(profile.name())),
                            LittlesLaw.inFlight(
                                    Math.max(1e-9, profile.flow().rate()),
                                    profile.cost().workNs(),
                                    Sizing.UTILISATION));
            out.accept(
                    new Draft(profile, Diagnosis.BLOCKED_LOOP)
                            .to("virtual(" + workers + ")")
                            .by(Change.model(profile.name(), ExecutionModel.VIRTUAL, workers))
                            .because(
                                    ("One call in a hundred takes %s or more, and %s of it is"
                                         + " waiting: for so long nothing else runs on the loop.")
                                            .formatted(
                                                    Figures.time(profile.cost().serviceP99Ns()),
                                                    Figures.percent(profile.cost().blocking())))
                            .unless("It keeps state that must have one writer."));
        }
    }

    /// Strands that do less than it costs to reach them: one after the other, the one that gains
    /// most first, for two that are each worth it may together be too much for the strand before.
    ///
    /// @param mayChange the stages that no other advice changes
    void tinyStages(Predicate<StageProfile> mayChange, Consumer<Draft> out) {
        Line line = scene.line();
        StageProfile tiny = tiniest(line, mayChange);
        while (tiny != null) {
            out.accept(fused(tiny, workNs(line, tiny)));
            line = line.with(Change.model(tiny.name(), ExecutionModel.FUSED, 1));
            tiny = tiniest(line, mayChange);
        }
    }

    private @Nullable StageProfile tiniest(Line line, Predicate<StageProfile> mayChange) {
        StageProfile best = null;
        double most = 0.98 * line.limit().rate();
        for (List<Integer> strand : line.strands().values()) {
            StageProfile head = scene.profiles().get(strand.getFirst());
            if (!isTiny(line, head) || !mayChange.test(head)) {
                continue;
            }
            Change fused = Change.model(head.name(), ExecutionModel.FUSED, 1);
            double rate = line.with(fused).limit().rate();
            if (rate >= most) {
                most = rate;
                best = head;
            }
        }
        return best;
    }

    private boolean isTiny(Line line, StageProfile head) {
        boolean isChosen =
                head.how().model() == ExecutionModel.PLATFORM
                        || head.how().model() == ExecutionModel.VIRTUAL;
        return isChosen
                && head.kind().canMove()
                && canFollow(head)
                && head.flow().in() > 0
                && workNs(line, head) < HOPS * scene.machine().hopNs();
    }

    /// Time that the strand of this stage takes for each of its items.
    private static double workNs(Line line, StageProfile head) {
        double workNs = 0;
        for (int position : line.strandOf(line.position(head.name()))) {
            workNs += line.station(position).demandNs();
        }
        return workNs / Math.max(1e-9, head.flow().visits());
    }

    private Draft fused(StageProfile head, double workNs) {
        return new Draft(head, Diagnosis.TINY_STAGE)
                .to("fused")
                .by(Change.model(head.name(), ExecutionModel.FUSED, 1))
                .because(
                        ("Its work takes %s an item, less than %s hand-offs of %s: on the strand"
                                        + " before it, it costs no hand-off at all.")
                                .formatted(
                                        Figures.time(workNs),
                                        Figures.whole(HOPS),
                                        Figures.time(scene.machine().hopNs())))
                .unless("It was given a strand of its own to keep it from others.");
    }

    private boolean canFollow(StageProfile head) {
        if (head.upstream().size() != 1) {
            return false;
        }
        StageProfile before = scene.profiles().get(head.upstream().getFirst());
        return !before.how().isParallel();
    }

    /// The first stage of each strand.
    private List<StageProfile> heads() {
        return scene.line().strands().values().stream()
                .map(strand -> scene.profiles().get(strand.getFirst()))
                .toList();
    }
}
