// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// Picks the items whose time is taken: at most one a batch, and seldom where that would cost more
/// than a little of the work. Confined to the strand of its group.
final class Sampler {
    private static final int EVERY_ITEMS = 128;
    private static final long EVERY_NS = 5_000_000;

    private long items = EVERY_ITEMS;
    private long lastNs;

    /// Whether the first item of the batch that begins is to be timed.
    boolean isDue(long nowNs) {
        return items >= EVERY_ITEMS || nowNs - lastNs >= EVERY_NS;
    }

    /// An item was timed.
    void sampled(long nowNs) {
        items = 0;
        lastNs = nowNs;
    }

    /// Items went by untimed.
    void passed(int count) {
        items += count;
    }
}
