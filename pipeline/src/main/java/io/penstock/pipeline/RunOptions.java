// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.Scheduler;
import io.penstock.channel.StrandKind;
import io.penstock.stage.LinkClasses;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiConsumer;

/// What a run is given beside its pipeline. Immutable.
///
/// @param scheduler where its strands, waits and elapsed time come from
/// @param grace how long a strand may take to end after its interrupt before it counts as stuck
/// @param undelivered told the name of the stage or edge and each item that a policy drops or that
///   is inside when the run is ended, on the strand that finds it, by several at a time. What it
///   throws is logged, the first time with its stack and at the end how often
/// @param classes where chains get classes of their own from
/// @param watching what is looked at from outside
/// @param deadlines the kind of strand that ends items whose time is over, and that their hooks run
///   on. A virtual one comes too late where virtual stages compute on all cores
/// @param isCalibrating whether one strand of each virtual stage is a platform thread, so that its
///   processor time can be read
public record RunOptions(
        Scheduler scheduler,
        Duration grace,
        BiConsumer<? super String, Object> undelivered,
        LinkClasses classes,
        Watching watching,
        StrandKind deadlines,
        boolean isCalibrating) {

    /// How long a strand may take to end where nothing else is said.
    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(1);

    /// The scheduler of the machine, a second of grace, and nobody who wants what is lost.
    public static final RunOptions DEFAULT =
            new RunOptions(
                    Scheduler.real(),
                    DEFAULT_GRACE,
                    (_, _) -> {},
                    LinkClasses.common(),
                    Watching.DEFAULT,
                    StrandKind.PLATFORM,
                    false);

    public RunOptions {
        Objects.requireNonNull(scheduler, "scheduler");
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace must not be negative: grace=" + grace);
        }
    }

    /// On another scheduler, such as a simulated one. What [Watching#DEFAULT] looks at every few
    /// milliseconds would keep simulated time going, so nothing is watched then unless somebody
    /// says what.
    public RunOptions scheduler(Scheduler other) {
        boolean isOfMachine = other.origin().equals(Scheduler.real());
        boolean isAsked = !watching.equals(Watching.DEFAULT);
        Watching kept = isOfMachine || isAsked ? watching : Watching.NOTHING;
        return new RunOptions(other, grace, undelivered, classes, kept, deadlines, isCalibrating);
    }

    /// With another time of grace.
    public RunOptions grace(Duration time) {
        return new RunOptions(
                scheduler, time, undelivered, classes, watching, deadlines, isCalibrating);
    }

    /// With somebody who wants what is lost.
    public RunOptions undelivered(BiConsumer<? super String, Object> consumer) {
        return new RunOptions(
                scheduler, grace, consumer, classes, watching, deadlines, isCalibrating);
    }

    /// With classes for chains from elsewhere.
    public RunOptions classes(LinkClasses other) {
        return new RunOptions(
                scheduler, grace, undelivered, other, watching, deadlines, isCalibrating);
    }

    /// With something else looked at.
    public RunOptions watching(Watching other) {
        return new RunOptions(
                scheduler, grace, undelivered, classes, other, deadlines, isCalibrating);
    }

    /// With deadlines on another kind of strand.
    public RunOptions deadlines(StrandKind kind) {
        return new RunOptions(
                scheduler, grace, undelivered, classes, watching, kind, isCalibrating);
    }

    /// Calibrates the stages on virtual threads, whose processor time cannot be read: the first
    /// strand of each is a platform thread, and what an item costs there stands for the others. So
    /// a stage with `n` strands has about one in `n` of its items measured; one with a single
    /// strand runs on a platform thread altogether. A stage ordered by key is measured only where
    /// the first strand has a key.
    ///
    /// For runs that are to be explained: it costs a platform thread for each virtual stage, the
    /// slower hand-offs between the two kinds, and a little more processor time where an item
    /// waits, which counts as the stage's own. Functions must be at home on both kinds.
    public RunOptions calibrating() {
        return new RunOptions(scheduler, grace, undelivered, classes, watching, deadlines, true);
    }
}
