// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

/// What can go wrong, for the conformance suite.
enum Trouble {
    /// Nothing.
    NONE,
    /// The stage throws an exception at one item.
    THROW,
    /// The stage throws an error at one item.
    ERROR,
    /// The stage throws an exception at one item, which is skipped.
    SKIP,
    /// The stage throws at the first attempt at each item, and is asked again.
    RETRY,
    /// The stage takes long for each item.
    SLOW,
    /// The stage hangs at one item until it is interrupted, and the run is cancelled.
    CANCEL,
    /// The run is drained while the source still gives.
    DRAIN,
    /// The stage hangs at one item until its deadline interrupts it; the item is skipped.
    DEADLINE,
    /// The edges hold one item each, and the sink is slow.
    FULL_EDGE,
    /// The sink throws.
    DEAD_CONSUMER,
    /// The code of the stage leaves its strand interrupted.
    INTERRUPT,
    /// The source throws in the middle.
    BAD_SOURCE
}
