// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.Channel;
import io.penstock.stage.Emitter;
import io.penstock.stage.LinkClasses;
import io.penstock.stage.StageGuard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where the items of a pipeline come from. A description: nothing is asked before a run starts.
///
/// A source is asked by one strand only. It ends the run by coming to its end, fails it by
/// throwing, and is stopped by a drain between two items; one that may block for long should have a
/// way to be stopped, see [#onStop]. Items are never null.
public final class Source<T> {
    /// A source that hands its items on by itself.
    @FunctionalInterface
    public interface Body<T> {
        /// Emits all items, then returns. Must return when `emit` returns false.
        ///
        /// @param out where the items go; an item is visible to the next stage at once
        /// @throws Exception to fail the run
        void run(Emitter<T> out) throws Exception;
    }

    /// How the items are got.
    sealed interface Kind<T> {}

    /// One after the other, from an iterator that a run asks for at its start.
    record Iterated<T>(Iterable<? extends T> items) implements Kind<T> {}

    /// One after the other, null at the end.
    record Supplied<T>(Supplier<? extends @Nullable T> supplier) implements Kind<T> {}

    /// Made of the numbers of a range.
    record Ranged<T>(long from, long to, LongFunction<? extends T> item) implements Kind<T> {}

    /// Pushed.
    record Emitted<T>(Body<T> body) implements Kind<T> {
        /// From here on every item is an Object.
        @SuppressWarnings("unchecked")
        Body<Object> untyped() {
            return (Body<Object>) body;
        }
    }

    /// Received from a channel.
    record Received<T>(Channel<? extends T> channel) implements Kind<T> {}

    private final Kind<T> kind;
    private final boolean atHand;
    private final @Nullable Runnable onStop;

    private Source(Kind<T> kind, boolean atHand, @Nullable Runnable onStop) {
        this.kind = kind;
        this.atHand = atHand;
        this.onStop = onStop;
    }

    /// The items of an iterable. Each run asks it for an iterator. Those of a collection are at
    /// hand, see [#atHand()].
    public static <T> Source<T> of(Iterable<? extends T> items) {
        if (items instanceof Channel<? extends T> channel) {
            return from(channel);
        }
        return new Source<>(
                new Iterated<>(Objects.requireNonNull(items, "items")),
                items instanceof Collection,
                null);
    }

    /// These items.
    @SafeVarargs
    public static <T> Source<T> of(T... items) {
        List<T> copy = new ArrayList<>(items.length);
        for (T item : items) {
            copy.add(
                    Objects.requireNonNull(
                            item, () -> "an item must not be null: index=" + copy.size()));
        }
        return of(copy);
    }

    /// What a function makes of the numbers from `from` up to but not including `to`; at hand, see
    /// [#atHand()]. The fastest of the sources.
    ///
    /// @throws IllegalArgumentException when there are 2^63 of them or more
    public static <T> Source<T> range(long from, long to, LongFunction<? extends T> item) {
        if (from < to && to - from < 0) {
            throw new IllegalArgumentException(
                    "a range must have fewer than 2^63 numbers: from=" + from + " to=" + to);
        }
        return new Source<>(
                new Ranged<>(from, to, Objects.requireNonNull(item, "item")), true, null);
    }

    /// What a supplier gives, until it gives null.
    public static <T> Source<T> from(Supplier<? extends @Nullable T> supplier) {
        return new Source<>(
                new Supplied<>(Objects.requireNonNull(supplier, "supplier")), false, null);
    }

    /// What comes through a channel, until it is done. A channel that has failed, or was cancelled
    /// or closed before the run had all, fails the run. The channel stays the caller's: it is
    /// neither cancelled nor closed, and what a run that ends has not taken stays in it. It gives
    /// its items once: a run that finds it ended and emptied by others, such as a run before, has
    /// nothing to do, and a warning in the log says so.
    public static <T> Source<T> from(Channel<? extends T> channel) {
        return new Source<>(
                new Received<>(Objects.requireNonNull(channel, "channel")), false, null);
    }

    /// What a body of code emits, on a strand of its own.
    public static <T> Source<T> emitting(Body<T> body) {
        return new Source<>(new Emitted<>(Objects.requireNonNull(body, "body")), false, null);
    }

    /// Promises that asking for an item never blocks for long: then items are shown to the next
    /// stage in batches, which is faster, and not one by one.
    public Source<T> atHand() {
        return new Source<>(kind, true, onStop);
    }

    /// What stops a source that blocks, say by closing its connection: run once, by whoever drains,
    /// cancels or fails the run, while the source may still be asked. After it the source should
    /// come to its end; what it throws then does not fail the run. Without it, a source that blocks
    /// is interrupted.
    public Source<T> onStop(Runnable stop) {
        return new Source<>(kind, atHand, Objects.requireNonNull(stop, "stop"));
    }

    /// The items of an iterable, asked for one by one.
    ///
    /// @param source name of the stage
    static Supplier<@Nullable Object> asked(String source, Iterable<?> items) {
        return new Supplier<>() {
            private @Nullable Iterator<?> from;
            private long given;

            @Override
            public @Nullable Object get() {
                Iterator<?> iterator = from == null ? StageGuard.iteratorOf(source, items) : from;
                from = iterator;
                if (!iterator.hasNext()) {
                    return null;
                }
                Object item = iterator.next();
                if (item == null) {
                    throw StageGuard.nullFrom(source, given);
                }
                given++;
                return item;
            }
        };
    }

    /// How the items are got, in words, equal for sources whose loops may share classes.
    String shape() {
        return switch (kind) {
            case Iterated<T>(var items) -> "iterable " + LinkClasses.nameOf(items);
            case Supplied<T>(var supplier) -> "supplier " + LinkClasses.nameOf(supplier);
            case Ranged<T>(_, _, var item) -> "range " + LinkClasses.nameOf(item);
            case Received<T> _ -> "channel";
            case Emitted<T> _ -> "body";
        };
    }

    Kind<T> kind() {
        return kind;
    }

    boolean isAtHand() {
        return atHand;
    }

    /// What stops it; null to interrupt it.
    @Nullable Runnable stop() {
        return onStop;
    }

    /// Whether it hands its items on at its own pace, so that dropping some of them makes sense.
    boolean isPushed() {
        return kind instanceof Emitted || kind instanceof Received;
    }
}
