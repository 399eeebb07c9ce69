// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.OverflowPolicy;
import io.penstock.channel.Scheduler;
import io.penstock.stage.Emitter;
import io.penstock.stage.Rate;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a stage does with the items. Types are gone here: [Stages] has checked them.
sealed interface Operator {
    /// Gives items.
    record Origin(Source<?> source) implements Operator {}

    /// One result for each item.
    record MapItems(Function<Object, ? extends @Nullable Object> function) implements Operator {}

    /// The items that pass a test.
    record Filter(Predicate<Object> test) implements Operator {}

    /// Any number of results for each item.
    record FlatMap(BiConsumer<Object, Emitter<Object>> body) implements Operator {}

    /// Lists of items.
    record Batching(Batch batch) implements Operator {}

    /// The items of lists.
    record Unbatching() implements Operator {}

    /// No faster than a rate.
    record Limit(Rate rate) implements Operator {}

    /// A queue with a policy.
    ///
    /// @param key what items are one and the same to be merged; null where none are
    record Buffer(
            int capacity,
            OverflowPolicy overflow,
            @Nullable Function<Object, ?> key,
            @Nullable BinaryOperator<Object> merge)
            implements Operator {

        /// What happens when it is full, in words.
        String policyWords() {
            return key == null ? overflow.name() : "CONFLATE, else " + overflow;
        }
    }

    /// The items of several streams, as they come.
    record Merge(int capacity) implements Operator {}

    /// Every item to each of several branches.
    record Broadcast(int branches) implements Operator {}

    /// The end of a stream.
    record Sink(Consumer<Object> consumer) implements Operator {}

    /// The name of the operator, as in plans.
    default String describe() {
        return switch (this) {
            case Origin _ -> "source";
            case MapItems _ -> "map";
            case Filter _ -> "filter";
            case FlatMap _ -> "flatMap";
            case Batching(Batch batch) ->
                    batch.after() == null
                            ? "batch(" + batch.count() + ")"
                            : "batch("
                                    + batch.count()
                                    + ", "
                                    + Scheduler.timeoutNs(batch.after()) / 1e6
                                    + " ms)";
            case Unbatching() -> "unbatch";
            case Limit(Rate rate) -> "limit(" + rate.perSecond() + "/s)";
            case Buffer buffer -> "buffer(" + buffer.capacity() + ", " + buffer.policyWords() + ")";
            case Merge _ -> "merge";
            case Broadcast(int branches) -> "broadcast(" + branches + ")";
            case Sink _ -> "sink";
        };
    }
}
