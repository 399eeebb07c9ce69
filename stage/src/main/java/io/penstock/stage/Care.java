// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a stage asks for around its function. Immutable.
///
/// @param eachWithin longest time for one attempt at one item; null for none
/// @param onTimeout stops what an interrupt cannot stop, for the item whose time is over; null for
///   nothing
/// @param retry how often a failed attempt is made again
/// @param onFailure what becomes of an item when no attempt is left
public record Care(
        @Nullable Duration eachWithin,
        @Nullable Consumer<Object> onTimeout,
        Retry retry,
        OnFailure onFailure) {
    /// Nothing is asked for: what the function throws ends the run.
    public static final Care NONE = new Care(null, null, Retry.NONE, OnFailure.stop());

    /// @throws IllegalArgumentException when the time is not positive
    public Care {
        if (eachWithin != null && !eachWithin.isPositive()) {
            throw new IllegalArgumentException(
                    "time for an item must be positive: eachWithin=" + eachWithin);
        }
        Objects.requireNonNull(retry, "retry");
        Objects.requireNonNull(onFailure, "onFailure");
    }

    /// With a longest time for each attempt.
    public Care within(Duration time) {
        return new Care(time, onTimeout, retry, onFailure);
    }

    /// With something to do when the time of an item is over, beside the interrupt. Runs on a
    /// strand of its own; the item's worker waits for it.
    public Care onTimeout(Consumer<Object> hook) {
        return new Care(eachWithin, hook, retry, onFailure);
    }

    /// With further attempts.
    public Care retry(Retry wanted) {
        return new Care(eachWithin, onTimeout, wanted, onFailure);
    }

    /// With another policy.
    public Care onFailure(OnFailure policy) {
        return new Care(eachWithin, onTimeout, retry, policy);
    }

    /// Whether nothing is asked for.
    public boolean isNone() {
        return eachWithin == null && retry.times() == 0 && onFailure instanceof OnFailure.Stop;
    }
}
