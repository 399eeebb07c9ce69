// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// What the strand for the hooks of something cancelled runs: those that were taken out for it.
final class LateHooks implements Callable<@Nullable Void> {
    private final CancelHooks hooks;

    /// Written before the strand is started.
    private List<CancelHooks.Hook> taken = List.of();

    LateHooks(CancelHooks hooks) {
        this.hooks = hooks;
    }

    /// Takes the hooks out.
    ///
    /// @return false when somebody else has
    boolean take() {
        taken = hooks.takeAll();
        return !taken.isEmpty();
    }

    void run() {
        hooks.run(taken);
    }

    @Override
    public @Nullable Void call() {
        run();
        return null;
    }
}
