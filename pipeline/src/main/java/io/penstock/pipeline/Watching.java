// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is looked at from outside while a run goes on, by a strand of its own. Immutable.
///
/// @param item how long a strand may be at one item before that is reported; null for ever
/// @param loop how long an event loop may be at one item; null for ever
/// @param onStall told of each stall, once for the item
/// @param meters where numbers go to; null for nowhere
/// @param every how often they go there
public record Watching(
        @Nullable Duration item,
        @Nullable Duration loop,
        Consumer<? super Stall> onStall,
        @Nullable Meters meters,
        Duration every) {

    /// Nothing is looked at: there is no strand for it.
    public static final Watching NOTHING =
            new Watching(null, null, _ -> {}, null, Duration.ofSeconds(1));

    /// Ten seconds for an item, a millisecond for one on an event loop, and a log entry for the
    /// first stall of each strand.
    public static final Watching DEFAULT =
            NOTHING.items(Duration.ofSeconds(10)).loops(Duration.ofMillis(1));

    public Watching {
        Objects.requireNonNull(onStall, "onStall");
        positive("item", item);
        positive("loop", loop);
        positive("every", every);
    }

    private static void positive(String what, @Nullable Duration time) {
        if (time != null && (time.isNegative() || time.isZero())) {
            throw new IllegalArgumentException("time must be positive: " + what + "=" + time);
        }
    }

    /// Reports strands that are at one item for so long.
    public Watching items(Duration time) {
        return new Watching(time, loop, onStall, meters, every);
    }

    /// Reports event loops that are at one item for so long.
    public Watching loops(Duration time) {
        return new Watching(item, time, onStall, meters, every);
    }

    /// Tells somebody of each stall.
    public Watching onStall(Consumer<? super Stall> listener) {
        return new Watching(item, loop, listener, meters, every);
    }

    /// Gives the numbers of the run to somebody, so often and at its end.
    public Watching meters(Meters target, Duration period) {
        return new Watching(item, loop, onStall, target, period);
    }
}
