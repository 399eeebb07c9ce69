// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// The first link of a chain: where an inlet hands its items.
///
/// Each item by itself, by [#accept]; or quick items in stretches that are counted together,
/// because what they cost is mostly what is done for each: straight to the link that is [#first],
/// and then [#passed], whatever was thrown.
public abstract class Head extends Link {
    Head() {}

    /// The link behind, which takes the items of a stretch, whether or not the run is over. A
    /// source calls it in its own loop: what the compiler learns of a call it learns at its place,
    /// and a method of this class in between would be called too late for it to have learnt.
    abstract Link first();

    /// A stretch has ended.
    ///
    /// @param items how many have passed, with one that was thrown out of
    final void passed(int items) {
        count += items;
    }
}
