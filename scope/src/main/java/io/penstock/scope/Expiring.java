// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

/// What a deadline is told to.
abstract class Expiring {
    /// The deadline has come. Called once, by the strand of the [Deadlines], which must not be held
    /// up; never after the deadline was disarmed.
    abstract void expired();
}
