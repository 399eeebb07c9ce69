// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import org.jspecify.annotations.Nullable;

/// One deadline in a [Wheel]: a link of the list of its slot. Whatever has a deadline extends it,
/// so that arming allocates nothing. Armed once at most.
abstract class WheelNode {
    /// The wheel it was armed in; written before anybody may disarm it.
    @Nullable Wheel wheel;

    /// All below: guarded by the lock of the wheel.
    long tick;

    boolean linked;
    @Nullable WheelNode previous;
    @Nullable WheelNode next;

    /// The deadline has come. Called once, by the strand of the [Deadlines], which must not be held
    /// up; never after it was disarmed.
    abstract void expired();
}
