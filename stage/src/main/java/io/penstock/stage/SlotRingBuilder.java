// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import io.penstock.channel.StrandKind;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Describes a [SlotRing]. Confined to one strand.
public final class SlotRingBuilder {
    /// Most slots of a ring.
    static final int MOST_SLOTS = 1 << 28;

    final String name;
    final int capacity;
    Scheduler scheduler = Scheduler.real();
    StrandKind kind = StrandKind.PLATFORM;
    int workers = 1;
    boolean isOrdered = true;
    @Nullable Function<Object, ? extends @Nullable Object> key;
    Consumer<Object> undelivered = _ -> {};
    BiConsumer<@Nullable Object, Throwable> onFailure = (_, _) -> {};
    private @Nullable IntFunction<? extends Step> steps;
    private @Nullable IntConsumer starter;

    SlotRingBuilder(String name, int capacity) {
        if (capacity < 1 || capacity > MOST_SLOTS) {
            throw new IllegalArgumentException(
                    "capacity must be from 1 to "
                            + MOST_SLOTS
                            + ": ring="
                            + name
                            + ", capacity="
                            + capacity);
        }
        this.name = name;
        this.capacity = capacity;
    }

    /// The scheduler of all strands that use the ring; that of the machine if not said.
    public SlotRingBuilder scheduler(Scheduler used) {
        scheduler = Objects.requireNonNull(used, "scheduler");
        return this;
    }

    /// The workers: one platform strand if not said.
    ///
    /// @param most how many work at the same time; without a key, no more than the capacity
    /// @param strands what carries them
    /// @throws IllegalArgumentException when there is none
    public SlotRingBuilder workers(int most, StrandKind strands) {
        if (most < 1) {
            throw new IllegalArgumentException(
                    "workers must be positive: ring=" + name + ", workers=" + most);
        }
        workers = most;
        kind = strands;
        return this;
    }

    /// Results are collected in the order in which the items were put: so it is if not said.
    public SlotRingBuilder ordered() {
        isOrdered = true;
        key = null;
        return this;
    }

    /// Results are collected as they are finished.
    public SlotRingBuilder unordered() {
        isOrdered = false;
        key = null;
        return this;
    }

    /// Items of one key are worked on one after the other, and their results collected in that
    /// order. Each key belongs to one worker, so a key that is more frequent than the others limits
    /// the whole.
    ///
    /// @param keyOf of an item; null is a key as well. Runs on the producer's strand
    public SlotRingBuilder orderedBy(Function<Object, ? extends @Nullable Object> keyOf) {
        isOrdered = false;
        key = Objects.requireNonNull(keyOf, "key");
        return this;
    }

    /// What is done with each item.
    ///
    /// @param maker makes the step of a worker, given its index, on the worker's strand
    public SlotRingBuilder steps(IntFunction<? extends Step> maker) {
        steps = Objects.requireNonNull(maker, "steps");
        return this;
    }

    /// Starts strands for the workers.
    ///
    /// @param startStrand starts a strand whose body is [SlotRing#work] with the index it is given;
    ///   called at most once for each, by the producer's strand or another worker's
    public SlotRingBuilder starter(IntConsumer startStrand) {
        starter = Objects.requireNonNull(startStrand, "starter");
        return this;
    }

    /// Gets each item that was put and not worked on to the end, and each result that was not
    /// collected. Called by whichever strand finds it; must not throw.
    public SlotRingBuilder undelivered(Consumer<Object> consumer) {
        undelivered = Objects.requireNonNull(consumer, "undelivered");
        return this;
    }

    /// Is told of the first failure at once, on the strand of the worker: the item, null when it
    /// was not about one, and the cause.
    public SlotRingBuilder onFailure(BiConsumer<@Nullable Object, Throwable> listener) {
        onFailure = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /// The ring.
    ///
    /// @throws NullPointerException when steps or starter were not said
    public SlotRing build() {
        return new SlotRing(this);
    }

    IntFunction<? extends Step> stepMaker() {
        return Objects.requireNonNull(steps, "steps must be given");
    }

    IntConsumer strandStarter() {
        return Objects.requireNonNull(starter, "starter must be given");
    }
}
