// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.util.Arrays;

/// The levels of one side of a book in order of price, each with one long: its quantity, or the
/// number under which the caller keeps more. Any long but [MarketEvent#NO_PRICE] is a price. It
/// allocates only when it grows. Confined to one thread.
///
/// A level is named by its *place*, which holds until the next insertion or removal.
final class PriceLadder {
    /*
     * Sorted blocks of at most 64 levels under a sorted directory of their lowest keys, the best
     * level at the very end: a B+ tree (Bayer and McCreight, 1972; Comer, "The ubiquitous B-tree",
     * 1979) of two floors, without the merging of blocks: a block goes when it is empty. Most
     * changes are near the best, so the directory is searched by galloping from its end (Bentley
     * and Yao, "An almost optimal algorithm for unbounded searching", 1976). An insertion moves at
     * most 63 levels, however many there are; in recorded books of 5,000 levels the median change
     * is 200 levels from the best. A window of ticks with a bitmap would need re-centring and a
     * second structure for prices far away or between ticks; here all prices take one path.
     *
     * A place is (position in the directory) × 64 + (position in the block).
     */

    private static final int SHIFT = 6;
    private static final int BLOCK = 1 << SHIFT;
    private static final int MASK = BLOCK - 1;
    private static final int NONE = -1;

    private final int sign;

    // The directory, in order of key. A removal leaves `lowest` as it is: it still separates.
    private long[] lowest = new long[16];
    private int[] blockOf = new int[16];
    private int blocks;

    // The blocks, by number; `count` also links the free ones.
    private long[] keys = new long[16 * BLOCK];
    private long[] values = new long[16 * BLOCK];
    private int[] count = new int[16];
    private int usedBlocks;
    private int freeBlock = NONE;
    private int size;

    PriceLadder(Side side) {
        sign = side.sign();
    }

    int size() {
        return size;
    }

    /// Place of a price, or -1 - (the place where it would be inserted).
    int find(long price) {
        if (blocks == 0) {
            return -1;
        }
        long key = price * sign;
        int position = positionOf(key);
        int block = blockOf[position];
        int start = block << SHIFT;
        int base = start;
        int length = count[block];
        // No branch on the comparison: where it goes is a coin toss that no processor predicts.
        while (length > 1) {
            int half = length >>> 1;
            base += keys[base + half] <= key ? half : 0;
            length -= half;
        }
        int place = (position << SHIFT) + base - start;
        if (keys[base] == key) {
            return place;
        }
        return -1 - (keys[base] < key ? place + 1 : place);
    }

    /// Place of a level counted from the best (0), negative when there are fewer.
    int placeOf(int level) {
        int left = level;
        for (int position = blocks - 1; position >= 0; position--) {
            int levels = count[blockOf[position]];
            if (left < levels) {
                return (position << SHIFT) + levels - 1 - left;
            }
            left -= levels;
        }
        return -1;
    }

    long price(int place) {
        return keys[index(place)] * sign;
    }

    long value(int place) {
        return values[index(place)];
    }

    void setValue(int place, long value) {
        values[index(place)] = value;
    }

    /// Inserts a level where [#find] said.
    void insert(int place, long price, long value) {
        int position = place >>> SHIFT;
        int at = place & MASK;
        if (blocks == 0) {
            addBlock(0);
        } else if (position == blocks) {
            // Behind the last level of a full block, which is the last.
            position--;
            at = BLOCK;
        }
        if (count[blockOf[position]] == BLOCK) {
            split(position);
            if (at > BLOCK / 2) {
                position++;
                at -= BLOCK / 2;
            }
        }
        int block = blockOf[position];
        int index = (block << SHIFT) + at;
        int moved = count[block] - at;
        System.arraycopy(keys, index, keys, index + 1, moved);
        System.arraycopy(values, index, values, index + 1, moved);
        keys[index] = price * sign;
        values[index] = value;
        count[block]++;
        lowest[position] = keys[block << SHIFT];
        size++;
    }

    void remove(int place) {
        int position = place >>> SHIFT;
        int block = blockOf[position];
        int index = index(place);
        int moved = --count[block] - (place & MASK);
        size--;
        if (count[block] == 0) {
            removeBlock(position);
            return;
        }
        System.arraycopy(keys, index + 1, keys, index, moved);
        System.arraycopy(values, index + 1, values, index, moved);
    }

    void clear() {
        blocks = 0;
        usedBlocks = 0;
        freeBlock = NONE;
        size = 0;
    }

    private int index(int place) {
        return (blockOf[place >>> SHIFT] << SHIFT) + (place & MASK);
    }

    /// The last block whose lowest key is at most this key, or the first block.
    private int positionOf(long key) {
        int low = blocks - 1;
        int high = blocks;
        int step = 1;
        while (low > 0 && lowest[low] > key) {
            high = low;
            low -= step;
            step <<= 1;
        }
        low = Math.max(low, 0);
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (lowest[middle] <= key) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void split(int position) {
        int block = blockOf[position];
        addBlock(position + 1);
        int upper = blockOf[position + 1];
        int half = BLOCK / 2;
        int from = (block << SHIFT) + half;
        System.arraycopy(keys, from, keys, upper << SHIFT, half);
        System.arraycopy(values, from, values, upper << SHIFT, half);
        count[block] = half;
        count[upper] = half;
        lowest[position + 1] = keys[upper << SHIFT];
    }

    /// Puts an empty block into the directory.
    private void addBlock(int position) {
        int block = freeBlock;
        if (block == NONE) {
            block = usedBlocks++;
            if (block == count.length) {
                count = Arrays.copyOf(count, block * 2);
                keys = Arrays.copyOf(keys, keys.length * 2);
                values = Arrays.copyOf(values, values.length * 2);
                lowest = Arrays.copyOf(lowest, block * 2);
                blockOf = Arrays.copyOf(blockOf, block * 2);
            }
        } else {
            freeBlock = count[block];
        }
        System.arraycopy(lowest, position, lowest, position + 1, blocks - position);
        System.arraycopy(blockOf, position, blockOf, position + 1, blocks - position);
        blockOf[position] = block;
        count[block] = 0;
        blocks++;
    }

    private void removeBlock(int position) {
        int block = blockOf[position];
        count[block] = freeBlock;
        freeBlock = block;
        blocks--;
        System.arraycopy(lowest, position + 1, lowest, position, blocks - position);
        System.arraycopy(blockOf, position + 1, blockOf, position, blocks - position);
    }
}
