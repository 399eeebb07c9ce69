// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What somebody wants to be done when a deadline comes.
final class ArmedAction extends Expiring implements Deadlines.Armed {
    /// Null when it never comes; written before anybody may disarm it.
    @Nullable WheelNode deadline;

    private final Deadlines deadlines;
    private final Runnable action;

    ArmedAction(Deadlines deadlines, Runnable action) {
        this.deadlines = deadlines;
        this.action = Objects.requireNonNull(action, "action");
    }

    @Override
    void expired() {
        action.run();
    }

    @Override
    public boolean disarm() {
        return deadline != null && deadlines.disarm(deadline);
    }
}
