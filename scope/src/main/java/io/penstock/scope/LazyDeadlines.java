// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The deadlines of an outermost scope and of those nested in it: those of its options, or its own
/// from the first time that one is needed. Safe for use by any strand.
final class LazyDeadlines {
    private final String name;
    private final ScopeOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Deadlines deadlines;

    LazyDeadlines(String name, ScopeOptions options) {
        this.name = name;
        this.options = options;
        deadlines = options.deadlines();
    }

    Deadlines get() {
        Deadlines present = deadlines;
        return present != null ? present : create();
    }

    /// Closes them, unless they belong to somebody else.
    void close() {
        Deadlines present = deadlines;
        if (present != null && options.deadlines() == null) {
            present.close();
        }
    }

    private Deadlines create() {
        lock.lock();
        try {
            Deadlines present = deadlines;
            if (present == null) {
                present = Deadlines.open(name + "/deadlines", options.scheduler());
                deadlines = present;
            }
            return present;
        } finally {
            lock.unlock();
        }
    }
}
