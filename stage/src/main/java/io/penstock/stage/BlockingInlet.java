// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a supplier gives until it gives null, when it may block: each item is made visible before
/// the next one is asked for.
public final class BlockingInlet implements Inlet {
    /// Items of a round: few, for what a source that waits has used is counted after it.
    private static final int ROUND = 32;

    private final Supplier<? extends @Nullable Object> supplier;
    private final Ending ending;
    private final SourceStop stop;
    private @Nullable Group group;
    private boolean isEnded;

    public BlockingInlet(
            Supplier<? extends @Nullable Object> supplier, Ending ending, SourceStop stop) {
        this.stop = stop;
        this.supplier = supplier;
        this.ending = ending;
    }

    @Override
    public void begin(Group owner) {
        group = owner;
    }

    @Override
    public int drain(Head head, int max) {
        Group owner = Objects.requireNonNull(group, "group");
        int taken = 0;
        // What has ended may block when it is asked again.
        while (taken < Math.min(max, ROUND) && !isEnded) {
            Object item = ask();
            if (item == null) {
                isEnded = true;
            } else {
                taken++;
                head.accept(item);
                owner.show();
            }
        }
        return taken;
    }

    private @Nullable Object ask() {
        if (!stop.ask()) {
            return null;
        }
        try {
            return supplier.get();
        } catch (RuntimeException e) {
            if (ending.wantsMore()) {
                throw e;
            }
            return null; // it was told to stop, and this is how
        } finally {
            stop.asked();
        }
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
}
