// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A body that gives any number of results, with care around it. Confined to one strand. What an
/// attempt has emitted before it failed has been handed on.
public final class CarefulBody implements BiConsumer<Object, Emitter<Object>> {
    private final Step step;
    private @Nullable Emitter<Object> out;

    /// @param care puts care around a step
    public CarefulBody(BiConsumer<Object, Emitter<Object>> body, UnaryOperator<Step> care) {
        step =
                care.apply(
                        item -> {
                            body.accept(item, Objects.requireNonNull(out, "out"));
                            return item;
                        });
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
