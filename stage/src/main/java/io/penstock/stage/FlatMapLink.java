// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Any number of results for each item, emitted by the strand of the chain only.
final class FlatMapLink extends Link implements Emitter<Object> {
    private final BiConsumer<Object, Emitter<Object>> body;
    private final StageGuard guard;
    private final Scheduler scheduler;
    private final Link to;

    /// Known from the first item on.
    private @Nullable Strand strand;

    private boolean isOpen;
    private boolean stopped;

    FlatMapLink(BiConsumer<Object, Emitter<Object>> body, StageGuard guard, Link to) {
        this.body = body;
        this.guard = guard;
        scheduler = guard.scheduler();
        this.to = to;
    }

    @Override
    public void accept(Object item) {
        if (strand == null) {
            strand = scheduler.current();
        }
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
        Strand own = strand;
        if (!isOpen || own == null || !scheduler.isCurrent(own)) {
            return guard.refusesEmit(item, isOpen);
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
