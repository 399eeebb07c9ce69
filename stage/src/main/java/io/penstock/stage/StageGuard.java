// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import java.util.Iterator;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What becomes of the items of one stage that do not go through: those whose work throws, and
/// those in hand when the run ends. For the strands of the stage.
public final class StageGuard {
    private final String stage;
    private final Ending ending;
    private final StageMeter meter;
    private final Scheduler scheduler;
    private final BiConsumer<String, Object> undelivered;

    /// @param undelivered told the stage and each item that was in hand when the run ended
    public StageGuard(
            StageMeter meter,
            Ending ending,
            Scheduler scheduler,
            BiConsumer<String, Object> undelivered) {
        this.stage = meter.name();
        this.meter = meter;
        this.ending = ending;
        this.scheduler = scheduler;
        this.undelivered = undelivered;
    }

    /// Whether the run is over.
    boolean isStopping() {
        return ending.isStopping();
    }

    /// Name of the stage.
    String stage() {
        return stage;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /// The work on an item threw: the run ends.
    ///
    /// @throws ChainStopped always
    void failed(Object item, Throwable cause) {
        meter.oneFailed();
        ending.fail(stage, item, cause);
        throw new ChainStopped();
    }

    /// A function of the stage behind, which this strand calls for it, threw: the run ends.
    ///
    /// @throws ChainStopped always
    void failedBehind(String receiver, Object item, Throwable cause) {
        meter.oneFailed();
        ending.fail(receiver, item, cause);
        throw new ChainStopped();
    }

    /// An item, or the result of one, cannot be handed on.
    ///
    /// @param receiver stage behind the edge, whose policy it is
    /// @throws ChainStopped always
    void refused(Object item, String edge, String receiver) {
        if (ending.isStopping()) {
            lost(item, 1);
        } else if (scheduler.isInterrupted()) {
            failed(item, new InterruptedException("interrupted: stage=" + stage));
        } else {
            failedBehind(
                    receiver,
                    item,
                    new IllegalStateException(
                            "an edge that fails when full must have room (or more capacity, or"
                                    + " another policy): edge="
                                    + edge));
        }
        throw new ChainStopped();
    }

    /// Accounts for something that stands for `items` items and that nobody takes any more.
    void lost(Object what, int items) {
        meter.undelivered(items);
        undelivered.accept(stage, what);
    }

    /// Another strand emits than the one that runs the function, or it does so too late: nothing is
    /// made for that, and what it hands over must not be lost unnoticed.
    ///
    /// @param isOpen whether the function seems not to have returned
    /// @return false: the run is over, and nothing is wanted
    /// @throws IllegalStateException otherwise; the run fails by it
    boolean refusesEmit(Object item, boolean isOpen) {
        if (ending.isStopping()) {
            return false;
        }
        String rule =
                isOpen
                        ? "emit must be called by the strand that runs its function"
                        : "emit must be called before its function returns";
        IllegalStateException misuse =
                new IllegalStateException(
                        rule + ": stage=" + stage + ", caller=" + scheduler.current());
        ending.fail(stage, item, misuse);
        throw misuse;
    }

    /// The result of a function of the stage, which must have one.
    Object result(@Nullable Object result) {
        return required(result, "a function must not return null");
    }

    /// What to throw when a source has given null.
    ///
    /// @param index of the item among those of this run
    public static NullPointerException nullFrom(String source, long index) {
        return new NullPointerException(
                "a source must not give null: source=" + source + ", index=" + index);
    }

    /// The iterator of a source's items.
    public static Iterator<?> iteratorOf(String source, Iterable<?> items) {
        Iterator<?> iterator = items.iterator();
        if (iterator == null) {
            throw new NullPointerException("a source must have an iterator: source=" + source);
        }
        return iterator;
    }

    /// Something that the stage was given and that must not be null.
    ///
    /// @param rule said when it is null
    Object required(@Nullable Object given, String rule) {
        if (given == null) {
            throw new NullPointerException(rule + ": stage=" + stage);
        }
        return given;
    }
}
