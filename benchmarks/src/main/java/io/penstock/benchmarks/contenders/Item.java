// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

/// An object that is handed over. There are 1,024 of them, handed over again and again, so that a
/// hand-off allocates nothing of its own accord. Immutable.
///
/// @param value what receivers sum up
record Item(long value) {
    private static final int COUNT = 1_024;
    private static final int MASK = COUNT - 1;
    private static final Item[] ALL = make();

    /// Ends a queue that has no end of its own.
    static final Item PILL = new Item(0);

    private static Item[] make() {
        Item[] all = new Item[COUNT];
        for (int i = 0; i < COUNT; i++) {
            all[i] = new Item((i * 0x9E37_79B9_7F4A_7C15L) >>> 40);
        }
        return all;
    }

    /// The one that is sent as number `i`.
    static Item at(long i) {
        return ALL[(int) i & MASK];
    }

    /// What the first of them sum up to.
    static long sum(long items) {
        long round = 0;
        long rest = 0;
        for (int i = 0; i < COUNT; i++) {
            round += ALL[i].value;
            rest += i < (items & MASK) ? ALL[i].value : 0;
        }
        return items / COUNT * round + rest;
    }
}
