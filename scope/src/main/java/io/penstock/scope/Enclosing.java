// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import org.jspecify.annotations.Nullable;

/// What the caller runs in: the fork, bound by it, or the innermost scope that its strand opened.
final class Enclosing {
    /*
     * Two places because a scope opened by a try statement cannot bind a scoped value for its
     * block. Forks do not touch the thread-local, which would cost a table for each of them.
     */

    private static final ScopedValue<Task<?>> FORK = ScopedValue.newInstance();
    private static final ThreadLocal<@Nullable ScopeBody> INNERMOST = new ThreadLocal<>();

    private Enclosing() {}

    static @Nullable Body current() {
        Body innermost = INNERMOST.get();
        return innermost != null ? innermost : fork();
    }

    static @Nullable Task<?> fork() {
        return FORK.isBound() ? FORK.get() : null;
    }

    /// The values of the context with the fork, ready to be bound.
    static ScopedValue.Carrier bind(Context context, Task<?> fork) {
        return context.and(FORK, fork);
    }

    static void enter(ScopeBody body) {
        INNERMOST.set(body);
    }

    /// Back to what was before the scope was opened.
    static void leave(@Nullable Body outer) {
        if (outer instanceof ScopeBody body) {
            INNERMOST.set(body);
        } else {
            INNERMOST.remove();
        }
    }
}
