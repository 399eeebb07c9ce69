// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.function.BiConsumer;

/// What becomes of an item whose last attempt has failed with an exception or its deadline. An
/// error always stops the run: nobody knows what is left of the stage. Immutable.
public sealed interface OnFailure {
    /// The run fails.
    record Stop() implements OnFailure {
        private static final Stop INSTANCE = new Stop();
    }

    /// The item is left out and counted.
    record Skip() implements OnFailure {
        private static final Skip INSTANCE = new Skip();
    }

    /// The item is handed to somebody else, with the cause, and counted.
    ///
    /// @param letters what takes it
    record DeadLetter(BiConsumer<Object, Exception> letters) implements OnFailure {}

    /// The run fails: so it is if nothing else is said.
    static OnFailure stop() {
        return Stop.INSTANCE;
    }

    /// The item is left out and counted.
    static OnFailure skip() {
        return Skip.INSTANCE;
    }

    /// The item is handed to `letters`, with what was thrown, and counted. If that throws, the run
    /// fails.
    ///
    /// @param letters called on the strand that worked on the item: by several at a time where
    ///   several work
    /// @param <T> item of the stage
    @SuppressWarnings("unchecked") // only items of the stage come here
    static <T> OnFailure deadLetter(BiConsumer<? super T, ? super Exception> letters) {
        return new DeadLetter((BiConsumer<Object, Exception>) letters);
    }
}
