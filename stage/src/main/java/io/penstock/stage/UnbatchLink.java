// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// The items of lists. When the run ends in the middle of a list, the rest of it is undelivered.
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
        Iterator<?> rest = iterator(items);
        try {
            Object each = next(rest, item);
            while (each != null) {
                count++;
                to.accept(each);
                each = next(rest, item);
            }
        } catch (ChainStopped e) {
            if (items instanceof Collection<?> && guard.isStopping()) { // others may have no end
                giveUp(rest);
            }
            throw e;
        }
    }

    private void giveUp(Iterator<?> rest) {
        while (true) {
            Object each;
            try {
                each = rest.hasNext() ? rest.next() : null;
            } catch (RuntimeException e) { // it is what failed
                return;
            }
            if (each == null) {
                return;
            }
            guard.lost(each, 1);
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
            return from.hasNext()
                    ? guard.required(from.next(), "a list to unbatch must not hold null")
                    : null;
        } catch (Throwable e) { // whatever the user's code throws ends here
            guard.failed(item, e);
            throw e;
        }
    }
}
