// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

/// What flows through W4. Immutable.
///
/// @param meantNs when it was meant to be sent
record Stamp(long meantNs) {
    /// Ends a queue that has no end of its own.
    static final Stamp PILL = new Stamp(0);
}
