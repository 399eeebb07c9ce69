// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import io.penstock.channel.Scheduler;
import org.jspecify.annotations.Nullable;

/// The time of a run: it stands still while strands run, and goes from one deadline to the next.
/// Confined to the holder of the baton.
final class VirtualTime {
    static final long START_NS = 1_000_000_007L;

    private final long earlyWithinNs;
    private final Choices choices;
    private final Trace trace;
    private final Timers timers = new Timers();
    private long nowNs = START_NS;

    VirtualTime(long earlyWithinNs, Choices choices, Trace trace) {
        this.earlyWithinNs = earlyWithinNs;
        this.choices = choices;
        this.trace = trace;
    }

    long nowNs() {
        return nowNs;
    }

    /// Since the start of the run.
    long elapsedNs() {
        return nowNs - START_NS;
    }

    boolean isDue(long deadlineNs) {
        return Scheduler.isDue(deadlineNs, nowNs);
    }

    /// Whether a strand waits for a moment.
    boolean isAwaited() {
        return !timers.isEmpty();
    }

    /// Notes the deadline of a strand that parks, if it has one.
    void await(SimulatedStrand strand, long deadlineNs) {
        if (deadlineNs != Scheduler.NO_DEADLINE) {
            strand.deadlineNs = deadlineNs;
            timers.add(strand);
        }
    }

    void forget(SimulatedStrand strand) {
        timers.remove(strand);
    }

    /// Whether time is to go on although something can run, which is a choice.
    boolean isEarly() {
        return !timers.isEmpty() && timers.nextNs() - nowNs <= earlyWithinNs && choices.isEarly();
    }

    /// Goes to the next deadline; there must be one.
    void advance(String why) {
        if (timers.nextNs() - nowNs > 0) {
            nowNs = timers.nextNs();
            trace.mix(nowNs);
            if (trace.speaks()) {
                trace.say("time goes to " + Trace.time(elapsedNs()) + why);
            }
        }
    }

    /// A strand whose deadline has come, the earliest first; null when there is none left.
    @Nullable SimulatedStrand takeDue() {
        return !timers.isEmpty() && timers.nextNs() - nowNs <= 0 ? timers.poll() : null;
    }
}
