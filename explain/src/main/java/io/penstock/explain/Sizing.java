// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.explain.Limit.Cause;
import io.penstock.explain.ParallelismPass.Operator;
import io.penstock.pipeline.Change;
import io.penstock.pipeline.Resource;
import io.penstock.stage.ExecutionModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Gives every stage that is too slow for the target the model and the workers that it needs, all
/// in one pass. Confined to one analysis.
final class Sizing {
    /// How busy threads that only wait are planned: the rest takes up bursts. The Flink autoscaler
    /// aims at 0.6 to 0.7.
    static final double UTILISATION = 0.7;

    /// Gain in rate below which a change is not worth it.
    static final double WORTH = 1.05;

    /// Items in progress that may be proposed for a stage whatever it had before.
    static final int FIRST_STEP = 64;

    private final Scene scene;
    private final double target;
    private final List<ParallelismPass.Sized> relaxed;
    private final List<ParallelismPass.Sized> tight;
    private final Set<String> excluded;

    /// @param excluded stages that other advice is about, so that more workers are no answer
    Sizing(Scene scene, Set<String> excluded) {
        this.scene = scene;
        this.excluded = new TreeSet<>(excluded);
        this.target = reachable(scene);
        List<Operator> operators = new ArrayList<>();
        for (StageProfile profile : scene.profiles()) {
            operators.add(
                    new Operator(
                            profile.name(),
                            profile.upstream(),
                            Math.max(1, profile.flow().in()),
                            profile.flow().out(),
                            Math.max(1e-3, profile.cost().workNs() * profile.flow().in())));
        }
        relaxed = ParallelismPass.size(operators, target, UTILISATION);
        tight = ParallelismPass.size(operators, target, 1);
    }

    /// The target, but not more than can be asked of what the stages wait for in one step.
    private static double reachable(Scene scene) {
        double rate = Math.min(scene.target(), 1e12);
        for (StageProfile profile : scene.profiles()) {
            boolean mayGrow = profile.kind().canBeParallel() && !Scene.computes(profile);
            if (mayGrow && profile.demandNs() > 0) {
                double most = mostAtOnce(profile) * UTILISATION;
                rate = Math.min(rate, most * LittlesLaw.NANOS / profile.demandNs());
            }
        }
        return Math.max(rate, 1e-9);
    }

    private static int mostAtOnce(StageProfile profile) {
        return (int) Math.max(FIRST_STEP, Confidence.FAR * profile.workers());
    }

    /// Changes of a line, each to be followed after those before it.
    List<Draft> drafts(Line start) {
        List<Draft> drafts = new ArrayList<>();
        Line line = start;
        for (int round = 0; round < 2 * scene.profiles().size(); round++) {
            Limit limit = line.limit();
            boolean isStrand = limit.cause() == Cause.SERIAL || limit.cause() == Cause.WORKERS;
            if (!isStrand || limit.rate() >= target * 0.98) {
                break;
            }
            Draft draft = relieve(line, limit.stage());
            if (draft == null) {
                break;
            }
            excluded.add(draft.profile().name());
            drafts.add(draft);
            line = draft.follow(line);
        }
        boolean isWorth = line.limit().rate() >= WORTH * start.limit().rate();
        return isWorth ? drafts : List.of();
    }

    /// Takes the heaviest stage that can be moved off the strand of this one.
    private @Nullable Draft relieve(Line line, String stage) {
        List<StageProfile> strand =
                line.strandOf(line.position(stage)).stream()
                        .map(scene.profiles()::get)
                        .sorted((a, b) -> Double.compare(b.demandNs(), a.demandNs()))
                        .toList();
        for (StageProfile profile : strand) {
            if (excluded.contains(profile.name())) {
                continue;
            }
            Draft draft = move(line, profile, strand.size() > 1);
            if (draft != null && draft.follow(line).limit().rate() > 1.02 * line.limit().rate()) {
                return draft;
            }
        }
        return null;
    }

    private @Nullable Draft move(Line line, StageProfile profile, boolean isShared) {
        boolean isLoop = profile.how().model() == ExecutionModel.EVENT_LOOP;
        boolean mayWait = waits(profile);
        if (!profile.kind().canMove() || (isLoop && !mayWait)) {
            return null;
        }
        if (!profile.kind().canBeParallel()) {
            return isShared ? apart(profile) : null;
        }
        ExecutionModel model = mayWait ? ExecutionModel.VIRTUAL : ExecutionModel.PLATFORM;
        int wanted = mayWait ? needed(relaxed, line, profile) : computing(line, profile);
        int most = line.mostWorkers(line.position(profile.name()));
        int workers = Math.min(wanted, most);
        boolean isSame = model == scene.modelOf(profile) && workers <= profile.workers();
        if (isSame && !(isShared && profile.how().model() == ExecutionModel.FUSED)) {
            return null;
        }
        Resource scarcest = line.scarcest(line.position(profile.name()));
        return drafted(
                profile,
                model,
                workers,
                scarcest == null || wanted <= most ? "" : allows(scarcest, most));
    }

    private static String allows(Resource resource, int most) {
        return " %s allows %d at a time, and this stage %d: more would wait for it."
                .formatted(resource.name(), resource.limit(), most);
    }

    /// Where processor time is not known, a stage is taken to do what its strands are for: on
    /// virtual threads to wait, on platform threads to compute, as many of which are no mistake
    /// either way.
    private boolean waits(StageProfile profile) {
        return profile.cost().isBlockingKnown()
                ? Scene.waits(profile)
                : scene.modelOf(profile) == ExecutionModel.VIRTUAL;
    }

    private int needed(List<ParallelismPass.Sized> sized, Line line, StageProfile profile) {
        int wanted = sized.get(line.position(profile.name())).workers();
        return Math.min(wanted, mostAtOnce(profile));
    }

    /// As many as it needs, as many as its waiting leaves room for, and no more than the cores that
    /// are left.
    private int computing(Line line, StageProfile profile) {
        int wanted = tight.get(line.position(profile.name())).workers();
        int cores = scene.machine().cores();
        int left = Math.max(1, cores - scene.busyPlatformStrandsBeside(profile, target));
        double waiting = Math.max(0, profile.cost().blocking());
        return Math.clamp(LittlesLaw.whole(left / (1 - waiting)), 1, Math.max(1, wanted));
    }

    private Draft apart(StageProfile profile) {
        return new Draft(profile, Diagnosis.SERIAL)
                .to("platform(1)")
                .by(Change.model(profile.name(), ExecutionModel.PLATFORM, 1))
                .because(
                        ("It shares a strand with other stages, and takes %s of %s an item there;"
                             + " it cannot have several workers, but a strand of its own.")
                                .formatted(
                                        Figures.time(profile.demandNs()),
                                        Figures.time(strandNs(profile))))
                .unless("The cores are in use by something else.");
    }

    private double strandNs(StageProfile profile) {
        return scene.strandOf(profile).stream().mapToDouble(StageProfile::demandNs).sum();
    }

    private Draft drafted(
            StageProfile profile, ExecutionModel model, int workers, String resource) {
        Diagnosis diagnosis =
                profile.how().model() == ExecutionModel.EVENT_LOOP
                        ? Diagnosis.BLOCKED_LOOP
                        : profile.kind() == StageKind.SINK
                                ? Diagnosis.SLOW_SINK
                                : model == ExecutionModel.VIRTUAL
                                        ? Diagnosis.BLOCKING
                                        : profile.cost().isBlockingKnown()
                                                ? Diagnosis.COMPUTING
                                                : Diagnosis.SERIAL;
        return new Draft(profile, diagnosis)
                .to(model + "(" + workers + ")")
                .by(Change.model(profile.name(), model, workers))
                .because(
                        (model == ExecutionModel.VIRTUAL
                                        ? whyWaiting(profile)
                                        : whyComputing(profile, workers))
                                + resource)
                .doubting(
                        Confidence.about(profile, workers)
                                .add(
                                        !profile.cost().isCpuKnown()
                                                && model == ExecutionModel.VIRTUAL,
                                        1,
                                        "that it waits is taken from what its threads are for")
                                .add(
                                        mayBeLocked(profile),
                                        1,
                                        "whether its workers wait for each other's locks was not"
                                                + " recorded")
                                .add(
                                        !profile.cost().isBlockingKnown()
                                                && model == ExecutionModel.PLATFORM,
                                        1,
                                        "if it waits, virtual threads gain more"))
                .unless(
                        model == ExecutionModel.VIRTUAL
                                ? "What it waits for answers more slowly to "
                                        + workers
                                        + " at once, or allows fewer; or its function is not safe"
                                        + " for use by several threads."
                                : "Its function keeps state or takes a lock: it must be safe for"
                                        + " use by several threads.");
    }

    /// Whether the waiting of several workers could be for each other.
    private boolean mayBeLocked(StageProfile profile) {
        return !Scene.computes(profile)
                && profile.how().isParallel()
                && !scene.areLocksHeard(profile);
    }

    private String whyWaiting(StageProfile profile) {
        double rate = target * profile.flow().visits();
        double inProgress = rate * profile.cost().workNs() / LittlesLaw.NANOS / UTILISATION;
        String waiting =
                profile.cost().isBlockingKnown()
                        ? "It waits for %s of its time, and a virtual thread that waits costs no"
                                        .formatted(Figures.percent(profile.cost().blocking()))
                                + " core."
                        : "Its processor time cannot be known; it is taken to wait.";
        return "%s Little: %s x %s / %s = %d in progress."
                .formatted(
                        waiting,
                        Figures.rate(rate),
                        Figures.time(profile.cost().workNs()),
                        UTILISATION,
                        LittlesLaw.whole(inProgress));
    }

    private String whyComputing(StageProfile profile, int workers) {
        double rate = target * profile.flow().visits();
        double waiting = Math.max(0, profile.cost().blocking());
        if (!profile.cost().isBlockingKnown()) {
            return ("Whether it computes or waits cannot be told, for its own processor time was"
                        + " not read. %s x %s needs %s; up to the cores, platform threads are right"
                        + " either way.")
                    .formatted(
                            Figures.rate(rate),
                            Figures.time(profile.cost().workNs()),
                            Figures.count(workers, "thread"));
        }
        return ("It computes for %s of its time (blocking coefficient %s). One pass for the whole"
                        + " line: %s x %s needs %s, and %s left of %d.")
                .formatted(
                        Figures.percent(1 - waiting),
                        Figures.number(waiting),
                        Figures.rate(rate),
                        Figures.time(profile.cost().workNs()),
                        Figures.count(workers, "thread"),
                        left(profile),
                        scene.machine().cores());
    }

    private String left(StageProfile profile) {
        int busy = scene.busyPlatformStrandsBeside(profile, target);
        int left = Math.max(1, scene.machine().cores() - busy);
        return left == 1 ? "1 core is" : left + " cores are";
    }
}
