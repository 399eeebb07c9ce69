// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The record at which the first pass over a recording ended, if it did not reach the end. What
/// comes before it is decoded all the same; decoding then ends at the same record. Confined to the
/// reading strand.
final class FirstFailure {
    private @Nullable DataException failure;

    /// Reads, and keeps what goes wrong.
    void keep(Runnable reading) {
        try {
            reading.run();
        } catch (DataException e) {
            failure = e;
        }
    }

    /// What is made of the records read; when nothing can be made of them because the reading
    /// failed, that is what is wrong.
    <T> T orElseFailed(Supplier<T> made) {
        try {
            return made.get();
        } catch (DataException e) {
            throw failure == null ? e : failure;
        }
    }

    /// Throws what was kept, for a decoding that did not meet it again.
    void rethrow() {
        if (failure != null) {
            throw failure;
        }
    }
}
