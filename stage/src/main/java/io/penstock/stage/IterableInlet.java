// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The items of an iterable that are at hand: asking for one never blocks for long.
final class IterableInlet implements Inlet {
    private final Iterable<?> items;
    private final Ending ending;
    private @Nullable Iterator<?> iterator;
    private String source = "";
    private long given;
    private boolean isEnded;

    IterableInlet(Iterable<?> items, Ending ending) {
        this.items = items;
        this.ending = ending;
    }

    @Override
    public void begin(Group group) {
        source = group.name();
        iterator = StageGuard.iteratorOf(source, items);
    }

    @Override
    public int drain(Head head, int max) {
        int taken = 0;
        while (taken < max) {
            Object item = next(taken);
            if (item == null) {
                break;
            }
            taken++;
            head.accept(item);
        }
        given += taken;
        return taken;
    }

    @Override
    public int drainQuickly(Head head, int max) {
        Link first = head.first();
        int passed = 0;
        try {
            while (passed < max) {
                Object item = next(passed);
                if (item == null) {
                    break;
                }
                passed++;
                first.accept(item);
            }
        } finally {
            head.passed(passed);
        }
        given += passed;
        return passed;
    }

    @Override
    public int drainOne(Head head) {
        Object item = next(0);
        if (item == null) {
            return 0;
        }
        given++;
        head.accept(item);
        return 1;
    }

    /// The next item; null at the end.
    ///
    /// @param taken items before it in the batch: whether more is wanted is asked once for each
    private @Nullable Object next(int taken) {
        Iterator<?> from = Objects.requireNonNull(iterator, "iterator");
        boolean goesOn = (taken > 0 || ending.wantsMore()) && from.hasNext();
        if (!goesOn) {
            isEnded = true;
            return null;
        }
        Object item = from.next();
        if (item == null) {
            throw StageGuard.nullFrom(source, given + taken);
        }
        return item;
    }

    @Override
    public boolean awaitUntil(long deadlineNs) {
        return !isEnded;
    }

    @Override
    public boolean isAtHand() {
        return true;
    }

    @Override
    public boolean isEnded() {
        return isEnded;
    }
}
