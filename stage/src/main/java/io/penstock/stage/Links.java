// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes the links of a chain and the loop that drives them. Each maker is for one chain, and asked
/// for its parts in an order that depends on the shape of the chain only.
public sealed interface Links permits SharedLinks, ClonedLinks {
    /// The loop over an iterable that is at hand.
    Inlet iterable(Iterable<?> items, Ending ending);

    /// The loop over a range of numbers.
    Inlet range(long from, long to, LongFunction<? extends @Nullable Object> item, Ending ending);

    /// The loop over a supplier that is at hand.
    Inlet supplier(Supplier<? extends @Nullable Object> supplier, Ending ending);

    /// The first link of a group's chain.
    Head head(Ending ending, StageGuard guard, Link first);

    /// One result for each item.
    Link map(Function<Object, ? extends @Nullable Object> function, StageGuard guard, Link to);

    /// The items that pass a test.
    Link filter(Predicate<Object> test, StageGuard guard, Link to);

    /// Any number of results for each item.
    Link flatMap(BiConsumer<Object, Emitter<Object>> body, StageGuard guard, Link to);

    /// A function with care around it.
    Link step(Step step, StageGuard guard, Link to);

    /// No faster than a rate.
    ///
    /// @param outlets flushed before a wait; all those of the chain, once it is built
    Link limit(TokenBucket bucket, List<Outlet> outlets, StageGuard guard, Link to);

    /// Lists of items.
    Link batch(Bundle bundle, StageGuard guard, Link to);

    /// The items of lists.
    Link unbatch(StageGuard guard, Link to);

    /// Every item to each branch.
    Link broadcast(List<Link> branches);

    /// The beginning of a branch.
    Link pass(Link to);

    /// The end of a stream.
    Link sink(Consumer<Object> consumer, StageGuard guard);

    /// What is behind a sink with care around it.
    Link end();

    /// The end of a chain whose results go on to another strand.
    ///
    /// @param receiver name of the stage that the edge belongs to, whose key or merge function the
    ///   outlet calls
    Link outlet(Outlet outlet, StageGuard guard, String receiver);
}
