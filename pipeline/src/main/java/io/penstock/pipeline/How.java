// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.Channel;
import io.penstock.channel.Scheduler;
import io.penstock.stage.Care;
import io.penstock.stage.ExecutionModel;
import io.penstock.stage.OnFailure;
import io.penstock.stage.OrderGuarantee;
import io.penstock.stage.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a stage runs: on what, how many at a time, in which order, with how much room before it.
/// Immutable; every method returns a new value.
///
/// @param model what carries the work
/// @param parallelism items worked on at the same time
/// @param loop name of the event loop, shared by all stages that name it; empty for other models
/// @param order the order in which results leave a stage that works on several items at a time
/// @param key what [OrderGuarantee#KEY_ORDER] goes by
/// @param care deadlines, further attempts, and what becomes of items that fail
/// @param capacity items that may wait before the stage; with a parallelism above 1, items that may
///   be inside it, finished ones that wait for their turn included. Not used by a fused stage
/// @param resources what each item uses one of while it is worked on
public record How(
        ExecutionModel model,
        int parallelism,
        String loop,
        OrderGuarantee order,
        @Nullable Function<Object, ?> key,
        Care care,
        int capacity,
        List<Resource> resources) {

    /// Room before a stage where nothing else is asked for.
    public static final int DEFAULT_CAPACITY = 1_024;

    /// Most room. All of it is allocated when a run starts, so far less is enough reason to ask:
    /// see [Plan.Rule#MUCH_ROOM].
    public static final int MOST_CAPACITY = Channel.MOST_CAPACITY;

    /// The event loop of stages that name none.
    public static final String DEFAULT_LOOP = "loop";

    private static final int MOST_WORKERS = 1 << 20;

    public How {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(loop, "loop");
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(care, "care");
        resources = List.copyOf(resources);
        if (parallelism < 1 || parallelism > MOST_WORKERS) {
            throw new IllegalArgumentException(
                    "parallelism must be from 1 to "
                            + MOST_WORKERS
                            + ": parallelism="
                            + parallelism);
        }
        checkCapacity("model", model, capacity);
        if (capacity < parallelism) {
            throw new IllegalArgumentException(
                    "capacity must hold what is worked on: capacity="
                            + capacity
                            + ", parallelism="
                            + parallelism);
        }
        boolean single = model == ExecutionModel.FUSED || model == ExecutionModel.EVENT_LOOP;
        if (single && parallelism > 1) {
            throw new IllegalArgumentException(
                    "one strand runs this model: model=" + model + ", parallelism=" + parallelism);
        }
        if ((model == ExecutionModel.EVENT_LOOP) == loop.isBlank()) {
            throw new IllegalArgumentException(
                    "an event loop, and nothing else, has a name: model="
                            + model
                            + ", loop="
                            + loop);
        }
        if ((order == OrderGuarantee.KEY_ORDER) != (key != null)) {
            throw new IllegalArgumentException("order per key needs a key: order=" + order);
        }
    }

    static void checkCapacity(String what, Object which, int capacity) {
        if (capacity < 1 || capacity > MOST_CAPACITY) {
            throw new IllegalArgumentException(
                    "capacity must be from 1 to "
                            + MOST_CAPACITY
                            + ": "
                            + what
                            + "="
                            + which
                            + ", capacity="
                            + capacity);
        }
    }

    /// On the strand of the stage before, without a queue between: the default.
    public static How fused() {
        return on(ExecutionModel.FUSED, 1, "");
    }

    /// On `n` platform threads: for work that keeps a core busy.
    ///
    /// @throws IllegalArgumentException when `n` is not positive
    public static How platform(int n) {
        return on(ExecutionModel.PLATFORM, n, "");
    }

    /// On `n` virtual threads: for work that mostly waits.
    ///
    /// @throws IllegalArgumentException when `n` is not positive
    public static How virtual(int n) {
        return on(ExecutionModel.VIRTUAL, n, "");
    }

    /// On the event loop of all stages that name none.
    public static How eventLoop() {
        return eventLoop(DEFAULT_LOOP);
    }

    /// On one thread, shared by all stages of the run that name this loop: for work that is short
    /// and never blocks, and for state that must have one writer.
    public static How eventLoop(String name) {
        return on(ExecutionModel.EVENT_LOOP, 1, name);
    }

    private static How on(ExecutionModel model, int n, String loop) {
        return new How(
                model, n, loop, OrderGuarantee.INPUT_ORDER, null, Care.NONE, roomFor(n), List.of());
    }

    private static int roomFor(int n) {
        return n == 1 ? DEFAULT_CAPACITY : Math.max(64, 4 * n);
    }

    /// Results leave in the order in which the items came in: the default.
    public How ordered() {
        return withOrder(OrderGuarantee.INPUT_ORDER, null);
    }

    /// Results leave as they are finished.
    public How unordered() {
        return withOrder(OrderGuarantee.NONE, null);
    }

    /// Items of one key are worked on one at a time, and their results leave in the order in which
    /// they came in; keys may overtake each other.
    ///
    /// @param key of an item of the stage, with `equals` and `hashCode`; null is one key more
    @SuppressWarnings("unchecked") // only items of the stage come here
    public <T> How orderedBy(Function<? super T, ?> key) {
        return withOrder(OrderGuarantee.KEY_ORDER, (Function<Object, ?>) (Function<?, ?>) key);
    }

    private How withOrder(OrderGuarantee wanted, @Nullable Function<Object, ?> by) {
        return new How(model, parallelism, loop, wanted, by, care, capacity, resources);
    }

    /// Each attempt at an item may take so long; then it is interrupted and has failed. What it
    /// holds, its worker above all, it keeps until it has really ended.
    ///
    /// @throws IllegalArgumentException when the time is not positive
    public How eachWithin(Duration time) {
        return with(care.within(time));
    }

    /// What to do, beside the interrupt, when the time of an item is over: for work that an
    /// interrupt cannot stop. Runs on a strand of its own, for which the worker waits: it must not
    /// wait for the end of the run.
    ///
    /// @param hook gets the item
    @SuppressWarnings("unchecked") // only items of the stage come here
    public <T> How onTimeout(Consumer<? super T> hook) {
        return with(care.onTimeout((Consumer<Object>) hook));
    }

    /// Failed attempts are made again.
    public How retry(Retry retry) {
        return with(care.retry(retry));
    }

    /// What becomes of an item when no attempt is left; without it the run fails.
    public How onFailure(OnFailure policy) {
        return with(care.onFailure(policy));
    }

    private How with(Care wanted) {
        return new How(model, parallelism, loop, order, key, wanted, capacity, resources);
    }

    /// Room before the stage; with a parallelism above 1, room inside it.
    ///
    /// @throws IllegalArgumentException when not positive, less than the parallelism, or more than
    ///   [#MOST_CAPACITY]
    public How capacity(int items) {
        return new How(model, parallelism, loop, order, key, care, items, resources);
    }

    /// Says that each item uses one of a resource while it is worked on. Of several stages that
    /// share a resource, each says so.
    public How using(Resource resource) {
        List<Resource> all = new ArrayList<>(resources);
        all.add(resource);
        return new How(model, parallelism, loop, order, key, care, capacity, all);
    }

    /// The same promises on something else. Room that was chosen stays, unless it would not hold
    /// `n`; other room grows with `n`.
    public How movedTo(ExecutionModel other, int n) {
        boolean looped = other == ExecutionModel.EVENT_LOOP;
        String where = looped ? loop.isBlank() ? DEFAULT_LOOP : loop : "";
        boolean isChosen = capacity != roomFor(parallelism);
        int room = Math.max(capacity, n == 1 || isChosen ? n : roomFor(n));
        return new How(other, n, where, order, key, care, room, resources);
    }

    /// Whether several items are worked on at the same time.
    public boolean isParallel() {
        return parallelism > 1;
    }

    /// In words, as in plans and reports: `virtual(64) ordered`.
    public String describe() {
        StringBuilder words = new StringBuilder(48);
        switch (model) {
            case FUSED -> words.append("fused");
            case PLATFORM, VIRTUAL ->
                    words.append(model).append('(').append(parallelism).append(')');
            case EVENT_LOOP -> words.append("event loop(").append(loop).append(')');
        }
        if (isParallel()) {
            words.append(
                    switch (order) {
                        case INPUT_ORDER -> " ordered";
                        case KEY_ORDER -> " ordered by key";
                        case NONE -> " unordered";
                    });
        }
        describeRest(words);
        return words.toString();
    }

    private void describeRest(StringBuilder words) {
        Duration time = care.eachWithin();
        if (time != null) {
            words.append(" each within ").append(Scheduler.timeoutNs(time) / 1e6).append(" ms");
        }
        if (care.retry().times() > 0) {
            words.append(" retried ").append(care.retry().times()).append(" times");
        }
        switch (care.onFailure()) {
            case OnFailure.Stop() -> {}
            case OnFailure.Skip() -> words.append(" skipping failures");
            case OnFailure.DeadLetter _ -> words.append(" with dead letters");
        }
        for (Resource resource : resources) {
            words.append(" using ").append(resource.name());
            words.append('(').append(resource.limit()).append(')');
        }
    }
}
