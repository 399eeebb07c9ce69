// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.function.BiConsumer;

/// Any number of results for each item.
final class FlatMapLink extends Link implements Emitter<Object> {
    private final BiConsumer<Object, Emitter<Object>> body;
    private final StageGuard guard;
    private final Link to;
    private boolean isOpen;
    private boolean stopped;

    FlatMapLink(BiConsumer<Object, Emitter<Object>> body, StageGuard guard, Link to) {
        this.body = body;
        this.guard = guard;
        this.to = to;
    }

    @Override
    public void accept(Object item) {
        isOpen = true;
        try {
            body.accept(item, this);
        } catch (Throwable e) { // whatever the user's code throws ends here
            if (!stopped) {
                guard.failed(item, e);
                return;
            }
        } finally {
            isOpen = false;
        }
        if (stopped) {
            throw new ChainStopped();
        }
    }

    @Override
    public boolean emit(Object item) {
        guard.required(item, "a function must not emit null");
        if (!isOpen) {
            throw guard.misused("emit must be called before its function returns");
        }
        if (stopped) {
            return false;
        }
        count++;
        try {
            to.accept(item);
        } catch (ChainStopped e) {
            stopped =
                    true; // the user's code is between us and the loop: it must not see the signal
        }
        return !stopped;
    }
}
