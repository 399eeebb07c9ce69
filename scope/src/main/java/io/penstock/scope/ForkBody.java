// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import org.jspecify.annotations.Nullable;

/// What the strand of a task runs, and what it runs with the values of its context bound. One
/// object for both, since there is one for each fork.
final class ForkBody<T extends @Nullable Object>
        implements Runnable, ScopedValue.CallableOp<T, Exception> {
    private final Task<T> task;

    ForkBody(Task<T> task) {
        this.task = task;
    }

    @Override
    public void run() {
        task.run(this);
    }

    @Override
    public T call() throws Exception {
        return task.work();
    }
}
