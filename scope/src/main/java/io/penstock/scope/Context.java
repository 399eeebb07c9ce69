// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Values that go with the work: who asks, for which account, in which trace. Every fork of a scope
/// runs with them bound, so that the work reads them from the [ScopedValue] itself. Immutable.
public final class Context {
    /// Carries nothing.
    public static final Context EMPTY = new Context(List.of());

    private record Entry<T>(ScopedValue<T> key, T value) {
        ScopedValue.Carrier bind(ScopedValue.@Nullable Carrier carrier) {
            return carrier == null ? ScopedValue.where(key, value) : carrier.where(key, value);
        }
    }

    private final List<Entry<?>> entries;
    private final ScopedValue.@Nullable Carrier carrier;

    private Context(List<Entry<?>> entries) {
        this.entries = List.copyOf(entries);
        ScopedValue.Carrier all = null;
        for (Entry<?> entry : this.entries) {
            all = entry.bind(all);
        }
        carrier = all;
    }

    /// The context of the fork or scope that the caller is in; empty outside of all scopes.
    public static Context current() {
        Body body = Enclosing.current();
        return body == null ? EMPTY : body.context();
    }

    /// What the caller has bound of these keys; those that are not bound are left out.
    public static Context capture(List<ScopedValue<?>> keys) {
        Context captured = EMPTY;
        for (ScopedValue<?> key : keys) {
            captured = captured.withBound(key);
        }
        return captured;
    }

    /// This context with one more value; it replaces one of the same key.
    public <T> Context with(ScopedValue<T> key, T value) {
        List<Entry<?>> more = new ArrayList<>(entries.size() + 1);
        for (Entry<?> entry : entries) {
            if (entry.key != key) {
                more.add(entry);
            }
        }
        more.add(new Entry<>(key, value));
        return new Context(more);
    }

    /// This context with all values of another, which wins where both have one.
    public Context with(Context other) {
        if (entries.isEmpty()) {
            return other;
        }
        Context both = this;
        for (Entry<?> entry : other.entries) {
            both = both.withEntry(entry);
        }
        return both;
    }

    /// The value of a key.
    public <T> Optional<T> find(ScopedValue<T> key) {
        try {
            return carrier == null ? Optional.empty() : Optional.of(carrier.get(key));
        } catch (NoSuchElementException _) {
            return Optional.empty();
        }
    }

    /// Runs `body` with all values bound.
    public void run(Runnable body) {
        if (carrier == null) {
            body.run();
        } else {
            carrier.run(body);
        }
    }

    /// Number of values.
    public int size() {
        return entries.size();
    }

    /// All values of this context and one more, ready to be bound.
    <T> ScopedValue.Carrier and(ScopedValue<T> key, T value) {
        return carrier == null ? ScopedValue.where(key, value) : carrier.where(key, value);
    }

    private <T> Context withBound(ScopedValue<T> key) {
        return key.isBound() ? with(key, key.get()) : this;
    }

    private <T> Context withEntry(Entry<T> entry) {
        return with(entry.key, entry.value);
    }
}
