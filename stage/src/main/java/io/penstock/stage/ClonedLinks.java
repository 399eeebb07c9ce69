// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Links of classes that one shape of chain has for itself, see [LinkClasses].
final class ClonedLinks implements Links {
    private final LinkClasses.Shape shape;
    private int position;

    ClonedLinks(LinkClasses.Shape shape) {
        this.shape = shape;
    }

    @Override
    public Inlet iterable(Iterable<?> items, Ending ending) {
        return (Inlet) make(IterableInlet.class, items, ending);
    }

    @Override
    public Inlet range(
            long from, long to, LongFunction<? extends @Nullable Object> item, Ending ending) {
        return (Inlet) make(RangeInlet.class, from, to, item, ending);
    }

    @Override
    public Inlet supplier(Supplier<? extends @Nullable Object> supplier, Ending ending) {
        return (Inlet) make(SupplierInlet.class, supplier, ending);
    }

    @Override
    public Head head(Ending ending, StageGuard guard, Link first) {
        return (Head) make(HeadLink.class, ending, guard, first);
    }

    @Override
    public Link map(
            Function<Object, ? extends @Nullable Object> function, StageGuard guard, Link to) {
        return (Link) make(MapLink.class, function, guard, to);
    }

    @Override
    public Link filter(Predicate<Object> test, StageGuard guard, Link to) {
        return (Link) make(FilterLink.class, test, guard, to);
    }

    @Override
    public Link flatMap(BiConsumer<Object, Emitter<Object>> body, StageGuard guard, Link to) {
        return (Link) make(FlatMapLink.class, body, guard, to);
    }

    @Override
    public Link step(Step step, StageGuard guard, Link to) {
        return (Link) make(StepLink.class, step, guard, to);
    }

    @Override
    public Link limit(TokenBucket bucket, List<Outlet> outlets, StageGuard guard, Link to) {
        return (Link) make(LimitLink.class, bucket, outlets, guard, to);
    }

    @Override
    public Link end() {
        return (Link) make(EndLink.class);
    }

    @Override
    public Link batch(Bundle bundle, StageGuard guard, Link to) {
        return (Link) make(BatchLink.class, bundle, guard, to);
    }

    @Override
    public Link unbatch(StageGuard guard, Link to) {
        return (Link) make(UnbatchLink.class, guard, to);
    }

    @Override
    public Link broadcast(List<Link> branches) {
        return (Link) make(BroadcastLink.class, branches);
    }

    @Override
    public Link pass(Link to) {
        return (Link) make(PassLink.class, to);
    }

    @Override
    public Link sink(Consumer<Object> consumer, StageGuard guard) {
        return (Link) make(SinkLink.class, consumer, guard);
    }

    @Override
    public Link outlet(Outlet outlet, StageGuard guard, String receiver) {
        return (Link) make(OutletLink.class, outlet, guard, receiver);
    }

    private Object make(Class<?> original, Object... arguments) {
        MethodHandle constructor = shape.constructor(position, original);
        position++;
        try {
            return (Object) constructor.invokeExact(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) { // constructors of links declare nothing
            throw new IllegalStateException("a link must be made: class=" + original.getName(), e);
        }
    }
}
