// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A body that gives any number of results, with care around it. Confined to one strand. What an
/// attempt has emitted before it failed has been handed on. The time of an item stands still while
/// a result is handed on: a slow stage behind is not the body's fault.
public final class CarefulBody implements BiConsumer<Object, Emitter<Object>>, Emitter<Object> {
    private final Step step;
    private final @Nullable CarefulStep careful;
    private @Nullable Emitter<Object> out;

    /// @param care puts care around a step
    public CarefulBody(BiConsumer<Object, Emitter<Object>> body, UnaryOperator<Step> care) {
        step =
                care.apply(
                        item -> {
                            body.accept(item, this);
                            return item;
                        });
        careful = step instanceof CarefulStep timed ? timed : null;
    }

    /// @return false also when the time of the attempt is over: it can only end
    @Override
    public boolean emit(Object item) {
        Emitter<Object> to = Objects.requireNonNull(out, "out");
        CarefulStep timed = careful;
        if (timed == null || !timed.isAtWork()) { // another strand has no time to be stopped
            return to.emit(item);
        }
        boolean isOver = timed.leaveOff();
        try {
            return !isOver && to.emit(item);
        } finally {
            timed.goOn();
        }
    }

    @Override
    public void accept(Object item, Emitter<Object> emitter) {
        out = emitter;
        try {
            step.apply(item);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // what the care has made of it
            throw new java.util.concurrent.CompletionException(e);
        }
    }
}
