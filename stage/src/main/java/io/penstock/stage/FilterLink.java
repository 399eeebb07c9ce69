// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.function.Predicate;

/// The items that pass a test.
final class FilterLink extends Link {
    private final Predicate<Object> test;
    private final StageGuard guard;
    private final Link to;

    FilterLink(Predicate<Object> test, StageGuard guard, Link to) {
        this.test = test;
        this.guard = guard;
        this.to = to;
    }

    @Override
    public void accept(Object item) {
        boolean passes;
        try {
            passes = test.test(item);
        } catch (Throwable e) { // whatever the user's code throws ends here
            guard.failed(item, e);
            return;
        }
        if (passes) {
            count++;
            to.accept(item);
        }
    }
}
