// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What the loop lets other threads see of it, and what they ask of it. The loop writes without
/// fences on its hot path: a watcher that looks every few milliseconds needs no more.
final class Watch {
    private static final VarHandle CALLBACKS;

    static {
        try {
            CALLBACKS =
                    MethodHandles.lookup()
                            .findVarHandle(Watch.class, "callbacks", long.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// Even outside a callback, odd inside; never the same twice.
    @SuppressWarnings("unused") // through its handle
    private long callbacks;

    private long own;
    private volatile boolean isStopRequested;
    private volatile boolean isResultWanted;

    void enter() {
        CALLBACKS.setOpaque(this, ++own);
    }

    void leave() {
        CALLBACKS.setOpaque(this, ++own);
    }

    /// Outside a callback, and moving.
    void beat() {
        own += 2;
        CALLBACKS.setOpaque(this, own);
    }

    /// A number that stays the same, and odd, for as long as one callback runs. Any thread.
    long callbackNumber() {
        return (long) CALLBACKS.getOpaque(this);
    }

    /// Asks the loop to stop at its next sample. Any thread.
    void requestStop() {
        isStopRequested = true;
    }

    boolean isStopRequested() {
        return isStopRequested;
    }

    /// Asks the loop to publish its results so far. Any thread.
    void requestResult() {
        isResultWanted = true;
    }

    /// Whether results were asked for since the last call.
    boolean takeResultRequest() {
        boolean wanted = isResultWanted;
        if (wanted) {
            isResultWanted = false;
        }
        return wanted;
    }
}
