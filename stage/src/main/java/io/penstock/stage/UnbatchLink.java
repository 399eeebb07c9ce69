// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// The items of lists.
final class UnbatchLink extends Link {
    private final StageGuard guard;
    private final Link to;

    UnbatchLink(StageGuard guard, Link to) {
        this.guard = guard;
        this.to = to;
    }

    @Override
    public void accept(Object item) {
        if (!(item instanceof Iterable<?> items)) {
            String type = item.getClass().getName();
            guard.failed(item, new ClassCastException("unbatch must get lists: type=" + type));
            return;
        }
        Iterator<?> each = iterator(items);
        while (true) {
            Object next = next(each, item);
            if (next == null) {
                return;
            }
            count++;
            to.accept(next);
        }
    }

    private Iterator<?> iterator(Iterable<?> items) {
        try {
            return items.iterator();
        } catch (Throwable e) { // whatever the user's code throws ends here
            guard.failed(items, e);
            throw e;
        }
    }

    private @Nullable Object next(Iterator<?> from, Object item) {
        try {
            return from.hasNext() ? StageGuard.required(from.next()) : null;
        } catch (Throwable e) { // whatever the user's code throws ends here
            guard.failed(item, e);
            throw e;
        }
    }
}
