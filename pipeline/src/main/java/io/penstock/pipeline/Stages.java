// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.OverflowPolicy;
import io.penstock.stage.Emitter;
import io.penstock.stage.ExecutionModel;
import io.penstock.stage.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A pipeline that is not finished yet: the stages so far, and what they give. Immutable; each
/// operator returns a new description with one more stage.
///
/// Every stage has a name of its own. A stage without a [How] is fused: it runs on the strand of
/// the stage before it. Functions that are fused, or run on one strand, are called by one strand at
/// a time; those with a parallelism above 1 must be safe for use by several.
///
/// @param <T> what the last stage gives; never null
public final class Stages<T> {
    private final Node last;

    Stages(Node last) {
        this.last = last;
    }

    /// One result for each item, on the strand of the stage before.
    public <R> Stages<R> map(String name, Function<? super T, ? extends R> function) {
        return map(name, function, How.fused());
    }

    /// One result for each item. A function that returns null has failed.
    public <R> Stages<R> map(String name, Function<? super T, ? extends R> function, How how) {
        Objects.requireNonNull(function, "function");
        return then(name, new Operator.MapItems(untyped(function)), how);
    }

    /// The items that pass the test.
    public Stages<T> filter(String name, Predicate<? super T> test) {
        return filter(name, test, How.fused());
    }

    /// The items that pass the test.
    public Stages<T> filter(String name, Predicate<? super T> test, How how) {
        Objects.requireNonNull(test, "test");
        single("filter", how);
        return then(name, new Operator.Filter(untypedTest(test)), how);
    }

    /// Any number of results for each item.
    public <R> Stages<R> flatMap(String name, BiConsumer<? super T, Emitter<R>> body) {
        return flatMap(name, body, How.fused());
    }

    /// Any number of results for each item: what the body emits during its call.
    public <R> Stages<R> flatMap(String name, BiConsumer<? super T, Emitter<R>> body, How how) {
        Objects.requireNonNull(body, "body");
        single("flatMap", how);
        return then(name, new Operator.FlatMap(untypedBody(body)), how);
    }

    /// Lists of items, in their order. The lists are unmodifiable.
    public Stages<List<T>> batch(String name, Batch batch) {
        Objects.requireNonNull(batch, "batch");
        return then(name, new Operator.Batching(batch), How.fused());
    }

    /// The items of the lists that come in. Check at run time: other items fail the run.
    ///
    /// @param <R> item of a list
    public <R> Stages<R> unbatch(String name) {
        return then(name, new Operator.Unbatching(), How.fused());
    }

    /// The items, no faster than a rate, which can be changed while the pipeline runs: see
    /// [Run#stage]. It holds the strand that it runs on.
    public Stages<T> limit(String name, Rate rate) {
        return then(name, new Operator.Limit(Objects.requireNonNull(rate, "rate")), How.fused());
    }

    /// A queue before the next stage, so that the stages on both sides run at the same time.
    ///
    /// @param overflow what happens when it is full; FAIL fails the run
    /// @throws IllegalArgumentException when the capacity is not from 1 to [How#MOST_CAPACITY], or
    ///   the policy is CONFLATE, for which there is [#conflate]
    public Stages<T> buffer(String name, int capacity, OverflowPolicy overflow) {
        if (Objects.requireNonNull(overflow, "overflow") == OverflowPolicy.CONFLATE) {
            throw new IllegalArgumentException(
                    "a buffer that conflates must say how, see conflate(...): buffer=" + name);
        }
        return buffered(name, new Operator.Buffer(capacity, overflow, null, null));
    }

    /// A queue in which of the items with one key only one waits: a new one is merged into it,
    /// where it stands. Where there is no room for a key it knows not, the sender waits.
    ///
    /// @param key of an item: never null, with `equals` and `hashCode`
    /// @param merge of the item that waits and the new one
    public Stages<T> conflate(
            String name, int capacity, Function<? super T, ?> key, BinaryOperator<T> merge) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(merge, "merge");
        return buffered(
                name,
                new Operator.Buffer(
                        capacity, OverflowPolicy.BLOCK, untyped(key), untypedMerge(merge)));
    }

    private Stages<T> buffered(String name, Operator.Buffer buffer) {
        How.checkCapacity("buffer", name, buffer.capacity());
        return then(name, buffer, How.fused());
    }

    /// The items of this and the other streams, as they come. It ends when all of them have ended.
    @SafeVarargs
    public final Stages<T> merge(String name, Stages<? extends T>... others) {
        return merge(name, How.DEFAULT_CAPACITY, others);
    }

    /// The same with another capacity of the edge at which the streams meet.
    ///
    /// @throws IllegalArgumentException when the capacity is not from 1 to [How#MOST_CAPACITY], or
    ///   there is no other stream
    @SafeVarargs
    public final Stages<T> merge(String name, int capacity, Stages<? extends T>... others) {
        How.checkCapacity("merge", name, capacity);
        if (others.length == 0) {
            throw new IllegalArgumentException("merge must have another stream: merge=" + name);
        }
        List<Node> inputs = new ArrayList<>();
        inputs.add(last);
        for (Stages<? extends T> other : others) {
            inputs.add(Objects.requireNonNull(other, "other").last);
        }
        return new Stages<>(new Node(name, new Operator.Merge(capacity), How.fused(), inputs));
    }

    /// Every item to each of the branches, one branch after the other. A branch that is fused runs
    /// on the strand of the stage before; the slowest branch sets the pace.
    ///
    /// @param branches each makes a complete pipeline of the stages that it is given
    @SafeVarargs
    public final Pipeline broadcast(String name, Function<Stages<T>, Pipeline>... branches) {
        if (branches.length == 0) {
            throw new IllegalArgumentException("broadcast must have a branch: broadcast=" + name);
        }
        Node split =
                new Node(name, new Operator.Broadcast(branches.length), How.fused(), List.of(last));
        List<Node> sinks = new ArrayList<>();
        for (Function<Stages<T>, Pipeline> branch : branches) {
            Pipeline made = Objects.requireNonNull(branch.apply(new Stages<>(split)), "branch");
            if (!made.graph().nodes().contains(split)) {
                throw new IllegalArgumentException(
                        "a branch must be made of the stages that it is given: broadcast="
                                + name
                                + ", pipeline="
                                + made.name());
            }
            sinks.addAll(made.sinks());
        }
        Pipeline whole = Pipeline.of(sinks);
        whole.graph().checkComplete(split);
        return whole;
    }

    /// The end, on the strand of the stage before.
    public Pipeline sink(String name, Consumer<? super T> consumer) {
        return sink(name, consumer, How.fused());
    }

    /// The end: what becomes of each item.
    public Pipeline sink(String name, Consumer<? super T> consumer, How how) {
        Objects.requireNonNull(consumer, "consumer");
        Stages<Object> end = then(name, new Operator.Sink(untypedEnd(consumer)), how);
        return Pipeline.of(List.of(end.last));
    }

    private <R> Stages<R> then(String name, Operator operator, How how) {
        return new Stages<>(new Node(name, operator, how, List.of(last)));
    }

    private static void single(String operator, How how) {
        Objects.requireNonNull(how, "how");
        if (how.isParallel()) {
            throw new IllegalArgumentException(
                    "only map and sink can work on several items at a time: operator="
                            + operator
                            + ", parallelism="
                            + how.parallelism());
        }
    }

    /// How a source may run: on one strand, of which kind is left to the planner when it is fused.
    static How sourceHow(How how) {
        if (how.isParallel() || how.model() == ExecutionModel.EVENT_LOOP) {
            throw new IllegalArgumentException(
                    "a source runs on one strand of its own: how=" + how.describe());
        }
        if (!how.care().isNone()) {
            throw new IllegalArgumentException(
                    "a source has no deadline, retries or policy for failures: how="
                            + how.describe());
        }
        return how;
    }

    // The types were checked by whoever called: from here on every item is an Object.

    @SuppressWarnings("unchecked")
    private static <R extends @Nullable Object> Function<Object, R> untyped(
            Function<?, ? extends R> function) {
        return (Function<Object, R>) function;
    }

    @SuppressWarnings("unchecked")
    private static Predicate<Object> untypedTest(Predicate<?> test) {
        return (Predicate<Object>) test;
    }

    @SuppressWarnings("unchecked")
    private static BinaryOperator<Object> untypedMerge(BinaryOperator<?> merge) {
        return (BinaryOperator<Object>) merge;
    }

    @SuppressWarnings("unchecked")
    private static Consumer<Object> untypedEnd(Consumer<?> consumer) {
        return (Consumer<Object>) consumer;
    }

    @SuppressWarnings("unchecked")
    private static BiConsumer<Object, Emitter<Object>> untypedBody(BiConsumer<?, ?> body) {
        return (BiConsumer<Object, Emitter<Object>>) body;
    }
}
