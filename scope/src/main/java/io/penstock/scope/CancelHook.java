// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

/// A hook that was registered with [Scope#onCancel] or [Task#onCancel].
@FunctionalInterface
public interface CancelHook {
    /// Takes the hook back, when what it would stop is over.
    ///
    /// @return true when it never runs; false when it ran, runs, is about to, or was removed before
    boolean remove();
}
