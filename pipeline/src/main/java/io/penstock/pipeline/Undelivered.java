// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.BiConsumer;

/// Calls of listeners whose failures must not change how a run ends.
final class Undelivered {
    private static final Logger LOGGER = System.getLogger(Undelivered.class.getName());

    private Undelivered() {}

    /// A listener that throws nothing.
    static BiConsumer<String, Object> telling(BiConsumer<? super String, Object> listener) {
        return (where, item) -> quietly(() -> listener.accept(where, item));
    }

    /// Runs something; what it throws is logged.
    static void quietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.ERROR, "a listener of a run threw", e);
        }
    }
}
