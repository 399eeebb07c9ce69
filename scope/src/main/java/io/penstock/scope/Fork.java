// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A task that was forked by its name.
final class Fork<T extends @Nullable Object> extends Task<T> {
    private final String name;
    private @Nullable Callable<? extends T> work;

    Fork(Scope scope, String name, Context context, Callable<? extends T> work) {
        super(scope, context);
        this.name = Objects.requireNonNull(name, "name");
        this.work = Objects.requireNonNull(work, "work");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    String strandName() {
        return scope().starter().strandName(name);
    }

    @Override
    T work() throws Exception {
        return Objects.requireNonNull(work, "work is done once").call();
    }

    @Override
    void release() {
        work = null;
    }
}
