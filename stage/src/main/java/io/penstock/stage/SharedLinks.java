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

/// Links of the classes that all chains share. Fast as long as few chains have run in a JVM: their
/// call sites are common to all of them.
public final class SharedLinks implements Links {
    /// There is nothing to tell apart.
    public SharedLinks() {}

    @Override
    public Inlet iterable(Iterable<?> items, Ending ending) {
        return new IterableInlet(items, ending);
    }

    @Override
    public Inlet range(
            long from, long to, LongFunction<? extends @Nullable Object> item, Ending ending) {
        return new RangeInlet(from, to, item, ending);
    }

    @Override
    public Inlet supplier(Supplier<? extends @Nullable Object> supplier, Ending ending) {
        return new SupplierInlet(supplier, ending);
    }

    @Override
    public Head head(Ending ending, StageGuard guard, Link first) {
        return new HeadLink(ending, guard, first);
    }

    @Override
    public Link map(
            Function<Object, ? extends @Nullable Object> function, StageGuard guard, Link to) {
        return new MapLink(function, guard, to);
    }

    @Override
    public Link filter(Predicate<Object> test, StageGuard guard, Link to) {
        return new FilterLink(test, guard, to);
    }

    @Override
    public Link flatMap(BiConsumer<Object, Emitter<Object>> body, StageGuard guard, Link to) {
        return new FlatMapLink(body, guard, to);
    }

    @Override
    public Link step(Step step, StageGuard guard, Link to) {
        return new StepLink(step, guard, to);
    }

    @Override
    public Link limit(TokenBucket bucket, List<Outlet> outlets, StageGuard guard, Link to) {
        return new LimitLink(bucket, outlets, guard, to);
    }

    @Override
    public Link end() {
        return new EndLink();
    }

    @Override
    public Link batch(Bundle bundle, StageGuard guard, Link to) {
        return new BatchLink(bundle, guard, to);
    }

    @Override
    public Link unbatch(StageGuard guard, Link to) {
        return new UnbatchLink(guard, to);
    }

    @Override
    public Link broadcast(List<Link> branches) {
        return new BroadcastLink(branches);
    }

    @Override
    public Link pass(Link to) {
        return new PassLink(to);
    }

    @Override
    public Link sink(Consumer<Object> consumer, StageGuard guard) {
        return new SinkLink(consumer, guard);
    }

    @Override
    public Link outlet(Outlet outlet, StageGuard guard, String receiver) {
        return new OutletLink(outlet, guard, receiver);
    }
}
