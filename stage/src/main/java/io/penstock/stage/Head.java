// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// The first link of a chain: where an inlet hands its items.
///
/// Each item by itself, by [#accept]; or quick items in stretches that are counted together,
/// because what they cost is mostly what is done for each: [#pass] for each item, and then
/// [#passed], whatever was thrown.
public abstract class Head extends Link {
    Head() {}

    /// Takes one item of a stretch, whether or not the run is over.
    abstract void pass(Object item);

    /// A stretch has ended.
    ///
    /// @param items how many have passed, with one that was thrown out of
    final void passed(int items) {
        count += items;
    }
}
