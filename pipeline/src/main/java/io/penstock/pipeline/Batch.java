// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// When a batch is full: after a number of items, or when the first of them has waited long enough.
/// Immutable.
///
/// @param count most items of a batch, at least 1
/// @param after longest time from the first item to the end of its batch; null when only the count
///   ends it
public record Batch(int count, @Nullable Duration after) {
    public Batch {
        if (count < 1) {
            throw new IllegalArgumentException("batch must hold at least one item: count=" + count);
        }
        if (after != null && (after.isNegative() || after.isZero())) {
            throw new IllegalArgumentException("batch time must be positive: after=" + after);
        }
    }

    /// A batch of exactly `count` items; the last one of a run may be shorter.
    public static Batch of(int count) {
        return new Batch(count, null);
    }

    /// The same, but ended early once its first item has waited `time`.
    public Batch orAfter(Duration time) {
        return new Batch(count, time);
    }
}
