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
        if (!ending.wantsMore()) {
            isEnded = true;
            return 0;
        }
        int taken = 0;
        while (taken < max && !isEnded) {
            Object item = supplier.get();
            if (item == null) {
                isEnded = true;
                break;
            }
            taken++;
            head.accept(item);
        }
        return taken;
    }

    @Override
    public int drainQuickly(Head head, int max) {
        if (!ending.wantsMore()) {
            isEnded = true;
            return 0;
        }
        int passed = 0;
        try {
            while (passed < max) {
                Object item = supplier.get();
                if (item == null) {
                    isEnded = true;
                    break;
                }
                passed++;
                head.pass(item);
            }
        } finally {
            head.passed(passed);
        }
        return passed;
    }

    @Override
    public int drainOne(Head head) {
        Object item = ending.wantsMore() ? supplier.get() : null;
        if (item == null) {
            isEnded = true;
            return 0;
        }
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
