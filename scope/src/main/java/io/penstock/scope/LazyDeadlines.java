// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The deadlines of an outermost scope and of those nested in it: those of its options, or its own
/// from the first time that one is needed. Safe for use by any strand.
final class LazyDeadlines {
    private final Scope owner;
    private final @Nullable Deadlines given;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Deadlines deadlines;

    LazyDeadlines(Scope owner, @Nullable Deadlines given) {
        this.owner = owner;
        this.given = given;
        deadlines = given;
    }

    Deadlines get() {
        Deadlines present = deadlines;
        return present != null ? present : create();
    }

    /// A scope that uses them ends, and they with the one that they belong to.
    void close(Scope closing) {
        Deadlines present = deadlines;
        if (closing == owner && given == null && present != null) {
            present.close();
        }
    }

    private Deadlines create() {
        lock.lock();
        try {
            Deadlines present = deadlines;
            if (present == null) {
                present =
                        Deadlines.open(
                                owner.name() + "/deadlines",
                                owner.scheduler(),
                                owner.options().deadlineKind(),
                                Deadlines.DEFAULT_TICK);
                deadlines = present;
            }
            return present;
        } finally {
            lock.unlock();
        }
    }
}
