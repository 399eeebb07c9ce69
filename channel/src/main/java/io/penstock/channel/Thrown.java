// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import org.jspecify.annotations.Nullable;

/// What several steps have thrown, none of which keeps the others from being done: the first, with
/// those after it suppressed. Confined to one strand.
final class Thrown {
    /// When a thousand items meet one broken listener, a few tell it all.
    static final int MOST_SUPPRESSED = 32;

    private @Nullable Throwable first;
    private int suppressed;

    /// Does a step and keeps what it throws.
    void by(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) { // whatever it is, the other steps are still to be done
            keep(e);
        }
    }

    @SuppressWarnings("ReferenceEquality") // one must not suppress itself
    void keep(Throwable failure) {
        if (first == null) {
            first = failure;
        } else if (failure != first && suppressed < MOST_SUPPRESSED) {
            suppressed++;
            first.addSuppressed(failure);
        }
    }

    /// Throws the first, if anything was thrown.
    void rethrow() {
        if (first != null) {
            Thrown.<RuntimeException>raise(first);
        }
    }

    /// Throws it as it is: steps throw checked exceptions, too, in languages that let them.
    @SuppressWarnings("unchecked") // E is not there at run time
    private static <E extends Throwable> void raise(Throwable failure) throws E {
        throw (E) failure;
    }
}
