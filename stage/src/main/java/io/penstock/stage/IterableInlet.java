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
        iterator = items.iterator();
    }

    @Override
    public int drain(Head head, int max) {
        Iterator<?> from = Objects.requireNonNull(iterator, "iterator");
        if (!ending.wantsMore()) {
            isEnded = true;
            return 0;
        }
        int taken = 0;
        while (taken < max) {
            if (!from.hasNext()) {
                isEnded = true;
                break;
            }
            Object item = from.next();
            if (item == null) {
                throw StageGuard.nullFrom(source, given + taken);
            }
            taken++;
            head.accept(item);
        }
        given += taken;
        return taken;
    }

    @Override
    public int drainQuickly(Head head, int max) {
        Iterator<?> from = Objects.requireNonNull(iterator, "iterator");
        if (!ending.wantsMore()) {
            isEnded = true;
            return 0;
        }
        Link first = head.first();
        int passed = 0;
        try {
            while (passed < max) {
                if (!from.hasNext()) {
                    isEnded = true;
                    break;
                }
                Object item = from.next();
                if (item == null) {
                    throw StageGuard.nullFrom(source, given + passed);
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
        Iterator<?> from = Objects.requireNonNull(iterator, "iterator");
        if (!ending.wantsMore() || !from.hasNext()) {
            isEnded = true;
            return 0;
        }
        Object item = from.next();
        if (item == null) {
            throw StageGuard.nullFrom(source, given);
        }
        given++;
        head.accept(item);
        return 1;
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
