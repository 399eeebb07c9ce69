// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// What a function makes of the numbers of a range. The number is a local variable while a batch is
/// drained, as in a loop written by hand.
final class RangeInlet implements Inlet {
    private final long to;
    private final LongFunction<? extends @Nullable Object> function;
    private final Ending ending;
    private long next;
    private String source = "";
    private boolean isEnded;

    RangeInlet(
            long from, long to, LongFunction<? extends @Nullable Object> function, Ending ending) {
        next = from;
        this.to = to;
        this.function = function;
        this.ending = ending;
    }

    @Override
    public void begin(Group group) {
        source = group.name();
    }

    @Override
    public int drain(Head head, int max) {
        if (!ending.wantsMore() || next >= to) {
            isEnded = true;
            return 0;
        }
        long first = next;
        int count = (int) Math.min(max, to - first);
        next = first + count; // whatever throws below ends the run
        for (int i = 0; i < count; i++) {
            head.accept(item(first + i));
        }
        return count;
    }

    @Override
    public int drainQuickly(Head head, int max) {
        if (!ending.wantsMore() || next >= to) {
            isEnded = true;
            return 0;
        }
        Link first = head.first();
        long from = next;
        int count = (int) Math.min(max, to - from);
        next = from + count;
        int passed = 0;
        try {
            while (passed < count) {
                Object item = item(from + passed);
                passed++;
                first.accept(item);
            }
        } finally {
            head.passed(passed);
        }
        return count;
    }

    @Override
    public int drainOne(Head head) {
        if (!ending.wantsMore() || next >= to) {
            isEnded = true;
            return 0;
        }
        head.accept(item(next++));
        return 1;
    }

    private Object item(long number) {
        Object item = function.apply(number);
        if (item == null) {
            throw new NullPointerException(
                    "a function must not return null: source=" + source + ", number=" + number);
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
