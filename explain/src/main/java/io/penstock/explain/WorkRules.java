// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.explain.Limit.Cause;
import io.penstock.pipeline.Resource;
import java.util.Comparator;
import java.util.function.Consumer;

/// Advice about the work itself: where it comes from, what it wastes, and what no plan can change.
final class WorkRules {
    /// Share of a limit that counts as reached.
    static final double REACHED = 0.85;

    /// Share of a rate limit that counts as reached: a token bucket is exact.
    static final double RATE_REACHED = 0.95;

    /// Share of the items that may be repeated, or fail, before it is worth a word.
    static final double WASTED = 0.1;

    /// Share of the run in which the collector stopped everything.
    static final double PAUSED = 0.05;

    /// Bytes per second and core above which the collector is a suspect even without a pause. Of
    /// the order of what a core can clear and fill while it does little else.
    static final double BYTES_PER_CORE = 1e9;

    private final Scene scene;

    WorkRules(Scene scene) {
        this.scene = scene;
    }

    /// A rate that was asked for.
    void rateLimit(Consumer<Draft> out) {
        for (StageProfile profile : scene.profiles()) {
            double limit = profile.limit();
            if (profile.flow().rate() >= RATE_REACHED * limit && scene.pressure(profile) > 0) {
                out.accept(
                        new Draft(profile, Diagnosis.RATE_LIMIT)
                                .to("a higher rate, if whoever asked for it allows")
                                .because(
                                        ("%s of the %s that it allows go through, and more wait."
                                             + " Run.stage(\"%s\").rate(...) changes it live.")
                                                .formatted(
                                                        Figures.rate(profile.flow().rate()),
                                                        Figures.rate(limit),
                                                        profile.name()))
                                .unless("Nothing: the limit is a decision."));
            }
        }
    }

    /// Everybody waits for the source.
    void slowSource(Consumer<Draft> out) {
        for (StageProfile profile : scene.profiles()) {
            boolean isSource = profile.kind() == StageKind.SOURCE;
            double waiting = profile.shares().idle() - profile.shares().absent();
            boolean idles = scene.bottleneck() == null && waiting >= 0.5;
            if (!isSource || !(scene.isBottleneck(profile) || idles)) {
                continue;
            }
            boolean computes = !idles && Scene.computes(profile);
            out.accept(
                    new Draft(profile, computes ? Diagnosis.SERIAL : Diagnosis.SLOW_SOURCE)
                            .to(computes ? "a source that does less" : "no change here")
                            .because(
                                    (computes
                                                    ? "It gives %s, and computes for %s on each:"
                                                            + " what of that can be a stage of its"
                                                            + " own can have workers."
                                                    : "It gives %s, %s each, and nobody after it is"
                                                            + " busy for as long: the pipeline does"
                                                            + " all that comes, and nothing in it"
                                                            + " needs to change.")
                                            .formatted(
                                                    Figures.rate(profile.flow().rate()),
                                                    Figures.time(
                                                            LittlesLaw.NANOS
                                                                    / Math.max(
                                                                            1e-9,
                                                                            profile.flow()
                                                                                    .rate()))))
                            .unless("More should have come: then look where it comes from."));
        }
    }

    /// One strand that cannot have help.
    void serial(Consumer<Draft> out) {
        Bottleneck bottleneck = scene.bottleneck();
        if (bottleneck == null || !bottleneck.isSaturated()) {
            return;
        }
        StageProfile profile = scene.profiles().get(scene.line().position(bottleneck.stage()));
        Limit limit = scene.line().limit();
        boolean isEnough = limit.rate() > scene.target(); // less is wanted than it can do
        if (profile.kind() != StageKind.SOURCE && limit.cause() == Cause.SERIAL && !isEnough) {
            out.accept(
                    new Draft(profile, Diagnosis.SERIAL)
                            .to("less work on its strand")
                            .because(
                                    "One strand does it, %s an item, so never more than %s. %s"
                                            .formatted(
                                                    Figures.time(profile.demandNs()),
                                                    Figures.rate(limit.rate()),
                                                    profile.kind().canBeParallel()
                                                            ? "Workers would not help it, or are no"
                                                                    + " answer here."
                                                            : "Its kind keeps state from item to"
                                                                    + " item and cannot have"
                                                                    + " workers."))
                            .unless(
                                    "Part of it needs no state: that part can be a stage before"
                                            + " it, with workers."));
        }
    }

    /// A resource that allows the bottleneck no more workers.
    void resource(Consumer<Draft> out) {
        Bottleneck bottleneck = scene.bottleneck();
        if (bottleneck == null || !bottleneck.isSaturated()) {
            return;
        }
        int position = scene.line().position(bottleneck.stage());
        StageProfile profile = scene.profiles().get(position);
        Resource scarcest = scene.line().scarcest(position);
        if (scarcest == null || profile.workers() < scene.line().mostWorkers(position)) {
            return;
        }
        out.accept(
                new Draft(profile, Diagnosis.RESOURCE)
                        .to("less time with " + scarcest.name() + ", or more of it")
                        .because(
                                ("%s allows %d at a time, all stages together, and this one has %s,"
                                     + " at %s an item. More workers would wait for it with an item"
                                     + " in hand.")
                                        .formatted(
                                                scarcest.name(),
                                                scarcest.limit(),
                                                Figures.count(profile.workers(), "worker"),
                                                Figures.time(profile.cost().workNs())))
                        .unless("It allows more than was declared, or is not held all the time."));
    }

    /// Every core computes.
    void machineFull(Consumer<Draft> out) {
        double cpuNs = scene.line().cpuNs();
        double most = scene.machine().cores() * LittlesLaw.NANOS / Math.max(1e-9, cpuNs);
        double now = scene.line().rate();
        if (cpuNs <= 0 || now < REACHED * most) {
            return;
        }
        StageProfile heaviest =
                scene.profiles().stream()
                        .max(Comparator.comparingDouble(WorkRules::cpuNs))
                        .orElseThrow();
        out.accept(
                new Draft(heaviest, Diagnosis.MACHINE_FULL)
                        .to("less work, or more cores")
                        .because(
                                ("All stages together compute %s on an item, so %s %s %s, and %s of"
                                     + " that is reached. %s of the processor time is its own."
                                     + " Threads, processes and queues give no core more.")
                                        .formatted(
                                                Figures.time(cpuNs),
                                                Figures.count(scene.machine().cores(), "core"),
                                                scene.machine().cores() == 1 ? "allows" : "allow",
                                                Figures.rate(most),
                                                Figures.percent(now / most),
                                                Figures.percent(cpuNs(heaviest) / cpuNs)))
                        .unless("The machine has cores that this run was not given."));
    }

    private static double cpuNs(StageProfile profile) {
        return profile.flow().visits() * Math.max(0, profile.cost().cpuNs());
    }

    /// Attempts that are repeated, end at their deadline, or fail.
    void waste(Consumer<Draft> out) {
        for (StageProfile profile : scene.profiles()) {
            double retried = profile.flow().retried();
            double timedOut = profile.flow().timedOut();
            if (retried >= WASTED) {
                out.accept(
                        new Draft(profile, Diagnosis.RETRIES)
                                .to("fewer attempts, further apart")
                                .because(
                                        ("%s attempts were repeated for %s: %s of its time goes"
                                             + " into attempts that are thrown away. Where what it"
                                             + " asks is overloaded, that is also what overloads"
                                             + " it.")
                                                .formatted(
                                                        Figures.whole(
                                                                retried * profile.flow().in()),
                                                        Figures.count(profile.flow().in(), "item"),
                                                        Figures.percent(retried / (1 + retried))))
                                .doing(
                                        line ->
                                                line.with(
                                                        line.position(profile.name()),
                                                        station ->
                                                                station.times(1 / (1 + retried))))
                                .atMost()
                                .unless("Repeated attempts are much shorter than the others."));
            }
            if (timedOut >= WASTED) {
                out.accept(
                        new Draft(profile, Diagnosis.TIMEOUTS)
                                .to("a longer deadline, or fewer at a time")
                                .because(
                                        ("%s of its attempts meet their deadline; the median takes"
                                             + " %s, one in a hundred %s. What is cut off there was"
                                             + " work for nothing.")
                                                .formatted(
                                                        Figures.percent(timedOut),
                                                        Figures.time(profile.cost().serviceP50Ns()),
                                                        Figures.time(
                                                                profile.cost().serviceP99Ns())))
                                .unless("What came late would be worth nothing."));
            } else if (profile.flow().failed() >= WASTED) {
                out.accept(
                        new Draft(profile, Diagnosis.FAILURES)
                                .to("a look at its dead letters")
                                .because(
                                        ("%s of its items fail for good: the rate counts them, but"
                                                        + " nothing comes of them.")
                                                .formatted(
                                                        Figures.percent(profile.flow().failed())))
                                .unless("They are meant to fail."));
            }
        }
    }

    /// The collector of garbage.
    void allocation(Consumer<Draft> out) {
        StageProfile most =
                scene.profiles().stream()
                        .max(Comparator.comparingDouble(WorkRules::bytes))
                        .orElseThrow();
        double perSecond = 0;
        for (StageProfile profile : scene.profiles()) {
            perSecond += bytes(profile);
        }
        double paused = (double) scene.recorded().pauseNs() / Math.max(1, scene.elapsedNs());
        boolean isHeavy = perSecond >= BYTES_PER_CORE * scene.machine().cores();
        if (paused < PAUSED && !isHeavy) {
            return;
        }
        out.accept(
                new Draft(most, Diagnosis.ALLOCATION)
                        .to("less garbage")
                        .because(
                                "The run allocates %s a second, %s an item here, %s of it all%s."
                                        .formatted(
                                                Figures.bytes(perSecond),
                                                Figures.bytes(most.cost().allocatedBytes()),
                                                Figures.percent(
                                                        bytes(most) / Math.max(1e-9, perSecond)),
                                                scene.recorded().pauseNs() >= 0
                                                        ? "; the collector stopped everything for "
                                                                + Figures.percent(paused)
                                                                + " of the time"
                                                        : "; how long the collector stops"
                                                                + " everything was not recorded"))
                        .unless("The heap is small: a larger one collects less often."));
    }

    private static double bytes(StageProfile profile) {
        return Math.max(0, profile.cost().allocatedBytes()) * profile.flow().rate();
    }

    /// A broadcast whose branches are not equally fast.
    void slowBranch(Consumer<Draft> out) {
        if (scene.bottleneck() == null) {
            return;
        }
        for (StageProfile split : scene.profiles()) {
            if (split.kind() != StageKind.BROADCAST) {
                continue;
            }
            StageProfile slow = null;
            boolean isOtherIdle = false;
            for (StageProfile branch : scene.fedBy(split)) {
                if (scene.isOnBottleneck(branch) && !scene.isOnBottleneck(split)) {
                    slow = branch;
                } else {
                    isOtherIdle |= branch.shares().idle() >= 0.5;
                }
            }
            if (slow != null && isOtherIdle) {
                out.accept(
                        new Draft(slow, Diagnosis.SLOW_BRANCH)
                                .to("a buffer that drops, if this branch may miss items")
                                .because(
                                        ("Every item of %s goes to each branch, so that the others"
                                             + " wait for this one; it takes %s an item.")
                                                .formatted(
                                                        split.name(),
                                                        Figures.time(slow.demandNs())))
                                .unless(
                                        "Every branch must have every item: then it must be made"
                                                + " faster."));
            }
        }
    }
}
