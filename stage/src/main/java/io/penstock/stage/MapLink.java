// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One result for each item.
final class MapLink extends Link {
    private final Function<Object, ? extends @Nullable Object> function;
    private final StageGuard guard;
    private final Link to;

    MapLink(Function<Object, ? extends @Nullable Object> function, StageGuard guard, Link to) {
        this.function = function;
        this.guard = guard;
        this.to = to;
    }

    @Override
    public void accept(Object item) {
        Object result;
        try {
            result = guard.result(function.apply(item));
        } catch (Throwable e) { // whatever the user's code throws ends here
            guard.failed(item, e);
            return;
        }
        to.accept(result);
    }
}
