// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A variable that strands share. Each access is volatile and a point of the [Scheduler], so a
/// simulation sees every interleaving of them.
///
/// Safe for use by any strand; never waits. Values should be immutable.
///
/// @param <T> the values; of a nullable type where null is one of them
public final class Cell<T extends @Nullable Object> {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE =
                    MethodHandles.lookup()
                            .findVarHandle(Cell.class, "value", Object.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Scheduler scheduler;
    private final String name;

    private volatile T value;

    /// @param name for messages and reports
    public Cell(String name, T initial, Scheduler scheduler) {
        this.name = Objects.requireNonNull(name, "name");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        value = initial;
    }

    /// The name given when built.
    public String name() {
        return name;
    }

    /// The value now.
    public T get() {
        scheduler.point(this);
        return value;
    }

    /// Puts another value in its place.
    public void set(T next) {
        scheduler.point(this);
        value = next;
    }

    /// Puts `next` in its place if the value equals `expected`, in one step.
    ///
    /// @return whether it did
    public boolean compareAndSet(T expected, T next) {
        scheduler.point(this);
        while (true) {
            T now = value;
            if (!Objects.equals(now, expected)) {
                return false;
            }
            // By identity; a value that was replaced by an equal one meanwhile is looked at again.
            if (VALUE.compareAndSet(this, (Object) now, (Object) next)) {
                return true;
            }
        }
    }

    /// Puts what the function makes of the value in its place, in one step. The function is called
    /// again when another strand was faster; it must do nothing else.
    ///
    /// @return the new value
    public T update(UnaryOperator<T> function) {
        while (true) {
            scheduler.point(this);
            T now = value;
            T next = function.apply(now);
            if (VALUE.compareAndSet(this, (Object) now, (Object) next)) {
                return next;
            }
        }
    }

    @Override
    public String toString() {
        return "Cell[" + name + "]";
    }
}
