// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// Picks the items whose time is taken, at most one a batch, and the batches before which the items
/// that wait are counted: seldom where that would cost more than a little of the work. Confined to
/// the strand of its group.
///
/// Which item of a batch it is changes irregularly, or stages that treat every second or tenth item
/// otherwise would always, or never, be seen at it.
final class Sampler {
    private static final int EVERY_ITEMS = 128;
    private static final long EVERY_NS = 5_000_000;

    /// Not more often than that: taking the time of an item costs as much as some ten items, and so
    /// does counting those that wait.
    private static final long LEAST_NS = 50_000;

    private long items = EVERY_ITEMS;
    private long unseen = EVERY_ITEMS;
    private long lookedNs;
    private long lastNs;
    private long state;
    private int lastItems = 1;

    /// Whether the first item of the batch that begins is to be timed.
    boolean isDue(long nowNs) {
        long since = nowNs - lastNs;
        return since >= EVERY_NS || (items >= EVERY_ITEMS && since >= LEAST_NS);
    }

    /// Whether to count the items that wait before the batch that begins. To look costs both sides
    /// a cache line that the sender has just written, and the first item of the batch waits for it.
    boolean isLookDue(long nowNs) {
        return unseen >= EVERY_ITEMS || nowNs - lookedNs >= LEAST_NS;
    }

    /// They were counted, and some were there.
    void looked(long nowNs) {
        unseen = 0;
        lookedNs = nowNs;
    }

    /// How many items of the batch go before the one that is timed.
    int before() {
        // The multiplier of D. Knuth's MMIX generator; the high bits are the good ones.
        state = state * 6364136223846793005L + 1442695040888963407L;
        return (int) ((state >>> 33) % lastItems);
    }

    /// An item was timed.
    void sampled(long nowNs) {
        items = 0;
        lastNs = nowNs;
    }

    /// A batch has ended.
    void passed(int count) {
        items += count;
        unseen += count;
        lastItems = Math.max(1, count);
    }
}
