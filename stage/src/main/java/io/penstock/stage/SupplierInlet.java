// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a supplier gives until it gives null, when asking it never blocks for long.
final class SupplierInlet implements Inlet {
    private final Supplier<? extends @Nullable Object> supplier;
    private final Ending ending;
    private boolean isEnded;

    SupplierInlet(Supplier<? extends @Nullable Object> supplier, Ending ending) {
        this.supplier = supplier;
        this.ending = ending;
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
        return passed;
    }

    @Override
    public int drainOne(Head head) {
        Object item = next(0);
        if (item == null) {
            return 0;
        }
        head.accept(item);
        return 1;
    }

    /// The next item; null at the end, after which the supplier is asked no more.
    ///
    /// @param taken items before it in the batch: whether more is wanted is asked once for each
    private @Nullable Object next(int taken) {
        boolean goesOn = !isEnded && (taken > 0 || ending.wantsMore());
        Object item = goesOn ? supplier.get() : null;
        if (item == null) {
            isEnded = true;
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
