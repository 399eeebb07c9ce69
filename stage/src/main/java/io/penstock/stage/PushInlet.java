// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A body of code that emits items by itself: runs on the strand of its group until it returns.
public final class PushInlet implements Inlet, Emitter<Object> {
    /// Emits everything, then returns.
    @FunctionalInterface
    public interface Body {
        /// Emits until nothing is left or `emit` returns false.
        void run(Emitter<Object> out) throws Exception;
    }

    /// Items from one that is timed to the next.
    private static final int TIMED_EVERY = 256;

    private final Body body;
    private final Ending ending;
    private final SourceStop stop;
    private @Nullable Group group;
    private @Nullable Strand strand;
    private final Scheduler scheduler;
    private final StageMeter meter;
    private long emitted;

    /// Since when the body makes the next item, where that is timed.
    private long sinceNs;

    private boolean isTimed;
    private boolean stopped;
    private boolean isEnded;
    private @Nullable Throwable failure;

    /// @param meter gets the time that the body takes for some of its items, whatever it waits for
    ///   between them included
    public PushInlet(
            Body body, Ending ending, SourceStop stop, Scheduler scheduler, StageMeter meter) {
        this.scheduler = scheduler;
        this.meter = meter;
        this.stop = stop;
        this.body = body;
        this.ending = ending;
    }

    @Override
    public void begin(Group owner) {
        group = owner;
        strand = scheduler.current();
    }

    /// Runs the body to its end, whatever `max` is.
    @Override
    public int drain(Head head, int max) {
        if (isEnded) {
            return 0;
        }
        isEnded = true;
        if (!stop.ask()) {
            return 0;
        }
        try {
            body.run(this);
        } catch (Throwable e) { // whatever the user's code throws ends here
            if (ending.wantsMore() || e instanceof Error) {
                failure = e;
            }
        } finally {
            stop.asked();
        }
        if (stopped) {
            throw new ChainStopped();
        }
        return (int) Math.min(emitted, Integer.MAX_VALUE);
    }

    @Override
    public boolean emit(Object item) {
        Group owner = Objects.requireNonNull(group, "group");
        if (item == null) {
            throw StageGuard.nullFrom(owner.name(), emitted);
        }
        Strand caller = scheduler.current();
        if (!caller.equals(strand)) {
            return refuse(item, owner.name());
        }
        if (stopped) {
            return false;
        }
        if (isTimed) {
            meter.sample(scheduler.nanoTime() - sinceNs);
        }
        // What comes now is not the source's: whoever stops it must not interrupt that.
        stop.asked();
        try {
            if (!ending.wantsMore()) {
                return false;
            }
            owner.handOn(item);
            emitted++;
            isTimed = emitted % TIMED_EVERY == 1;
            if (isTimed) {
                sinceNs = scheduler.nanoTime();
            }
        } catch (ChainStopped e) {
            // The user's code is between us and the loop: it must not see the signal.
            stopped = true;
        } finally {
            stop.resume(caller);
        }
        return !stopped;
    }

    /// Another strand emits: nothing here is made for two of them, and what they hand over must not
    /// be lost unnoticed.
    private boolean refuse(Object item, String source) {
        if (!ending.wantsMore()) {
            return false;
        }
        IllegalStateException misuse =
                new IllegalStateException(
                        "emit must be called by the strand that runs the source, and before it"
                                + " returns (let others send to a channel, and take it as the"
                                + " source): source="
                                + source
                                + ", caller="
                                + scheduler.current());
        ending.fail(source, item, misuse);
        throw misuse;
    }

    @Override
    public boolean isAsking() {
        return stop.isBeingAsked();
    }

    @Override
    public boolean awaitUntil(long deadlineNs) {
        return !isEnded;
    }

    @Override
    public boolean isEnded() {
        return isEnded;
    }

    @Override
    public @Nullable Throwable failure() {
        return failure;
    }
}
