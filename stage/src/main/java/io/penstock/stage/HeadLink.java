// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// Counts what comes in and stops between two items, or behind a stretch of quick ones, when the
/// run is over.
///
/// The count is written so that others can see it at once: a watching strand tells by it whether an
/// item takes too long.
final class HeadLink extends Head {
    private final Ending ending;
    private final StageGuard guard;
    private final Link first;

    HeadLink(Ending ending, StageGuard guard, Link first) {
        this.ending = ending;
        this.guard = guard;
        this.first = first;
    }

    @Override
    public void accept(Object item) {
        count++;
        if (ending.isStoppingPlain()) {
            guard.lost(item, 1);
            throw new ChainStopped();
        }
        first.accept(item);
    }

    @Override
    Link first() {
        return first;
    }
}
