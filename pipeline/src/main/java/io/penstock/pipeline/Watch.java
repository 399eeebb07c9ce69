// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.stage.ListenerFaults;
import io.penstock.stage.Watched;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The strand that looks at a run from outside: finds strands that are at one item for too long,
/// and gives the numbers of the run to its meters. The strands of the run read no clock for it.
///
/// A strand that waits for room, or for a rate, is at one item too, but it is the kit that waits
/// then: its innermost frame outside the JDK says so.
final class Watch {
    /// A strand under watch, and how far it was when it was looked at last. Confined to the watch.
    private static final class Suspect {
        final Watched watched;
        final List<String> stages;
        final long limitNs;
        long progress = -1;
        long sinceNs;
        boolean isSettled;
        boolean isKnown;

        Suspect(Watched watched, List<String> stages, long limitNs) {
            this.watched = watched;
            this.stages = stages;
            this.limitNs = limitNs;
        }
    }

    private static final Logger LOGGER = System.getLogger(Watch.class.getName());
    private static final List<String> JDK = List.of("java.", "jdk.", "sun.");
    private static final List<String> KIT =
            List.of("io.penstock.channel.", "io.penstock.stage.", "io.penstock.simulation.");

    private final String pipeline;
    private final Scheduler scheduler;
    private final Watching watching;
    private final Supplier<RunStatistics> statistics;
    private final ListenerFaults faults;
    private final Queue<Suspect> suspects = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Ended ended;
    private volatile @Nullable Strand strand;

    Watch(
            String pipeline,
            Scheduler scheduler,
            Watching watching,
            Supplier<RunStatistics> statistics,
            ListenerFaults faults) {
        this.pipeline = pipeline;
        this.scheduler = scheduler;
        this.watching = watching;
        this.statistics = statistics;
        this.faults = faults;
    }

    /// Watches a strand that runs stages. For any strand.
    void add(Watched watched, List<String> stages, boolean isLoop) {
        Duration limit = isLoop ? watching.loop() : watching.item();
        if (limit != null) {
            suspects.add(new Suspect(watched, stages, Scheduler.timeoutNs(limit)));
        }
    }

    /// Whether items of workers are to be followed.
    boolean watchesItems() {
        return watching.item() != null;
    }

    /// Starts the strand, if there is something to look at.
    ///
    /// @param plan told to the meters
    void start(Supplier<Plan> plan) {
        Meters meters = watching.meters();
        if (meters != null) {
            toMeters(() -> meters.started(plan.get()));
        }
        if (watching.item() != null || watching.loop() != null || watching.meters() != null) {
            strand = scheduler.start(pipeline + "/watch", StrandKind.PLATFORM, this::run);
        }
    }

    /// The run is over: the meters get its last numbers.
    void stop(Ended how) {
        ended = how;
        Strand self = strand;
        if (self != null) {
            scheduler.unpark(self);
        }
    }

    /// Waits until the strand has ended.
    void join(long deadlineNs) {
        Strand self = strand;
        if (self != null && !self.equals(scheduler.current())) {
            scheduler.join(self, deadlineNs);
        }
    }

    private void run() {
        Meters meters = watching.meters();
        long nextNs = Scheduler.after(scheduler.nanoTime(), watching.every());
        while (ended == null) {
            long now = scheduler.nanoTime();
            long tickNs = Long.MAX_VALUE;
            for (Suspect suspect : suspects) {
                look(suspect, now);
                tickNs = Math.min(tickNs, Math.max(1, suspect.limitNs / 2));
            }
            if (meters != null && Scheduler.isDue(nextNs, now)) {
                toMeters(() -> meters.update(statistics.get()));
                nextNs = Scheduler.after(now, watching.every());
            }
            long untilNs = Scheduler.after(now, Duration.ofNanos(tickNs));
            if (meters != null) {
                untilNs = Scheduler.earlier(untilNs, nextNs);
            }
            if (ended == null) {
                scheduler.park(this, untilNs);
            }
        }
        Ended end = ended;
        if (meters != null && end != null) {
            toMeters(() -> meters.update(end.statistics()));
            toMeters(() -> meters.ended(end));
        }
        faults.sum();
    }

    private void toMeters(Runnable call) {
        faults.call("meters", "run", call);
    }

    private void look(Suspect suspect, long now) {
        long progress = suspect.watched.progress();
        if (progress != suspect.progress || !suspect.watched.isAtWork()) {
            suspect.progress = progress;
            suspect.sinceNs = now;
            suspect.isSettled = false;
            return;
        }
        Strand watched = suspect.watched.strand();
        long timeNs = now - suspect.sinceNs;
        if (suspect.isSettled || timeNs < suspect.limitNs || watched == null) {
            return;
        }
        if (!suspect.watched.follow()) {
            suspect.sinceNs = now; // it was perhaps not one item
            return;
        }
        StackTraceElement[] stack = watched.stackTrace();
        if (waitsInTheKit(stack) || suspect.watched.progress() != progress) {
            suspect.sinceNs = now;
            return;
        }
        suspect.isSettled = true;
        report(
                suspect,
                new Stall(
                        suspect.stages, watched.name(), Duration.ofNanos(timeNs), List.of(stack)));
    }

    private static boolean waitsInTheKit(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String type = frame.getClassName();
            if (JDK.stream().noneMatch(type::startsWith)) {
                return KIT.stream().anyMatch(type::startsWith);
            }
        }
        return true; // nothing of the user's
    }

    private void report(Suspect suspect, Stall stall) {
        StallEvent event = new StallEvent();
        if (event.shouldCommit()) {
            event.pipeline = pipeline;
            event.strand = stall.strand();
            event.stages = String.join(", ", stall.stages());
            event.atItemNs = stall.time().toNanos();
            event.where = stall.stack().isEmpty() ? "" : stall.stack().getFirst().toString();
            event.commit();
        }
        if (!suspect.isKnown) {
            suspect.isKnown = true;
            LOGGER.log(Level.WARNING, "stalled: {0}", stall.describe());
        }
        String stages = String.join(", ", stall.stages());
        faults.call("onStall", stages, () -> watching.onStall().accept(stall));
    }
}
