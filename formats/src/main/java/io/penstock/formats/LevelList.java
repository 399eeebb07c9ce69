// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import java.util.Arrays;

/// Prices and quantities of book levels as decimals. Grows to the longest list seen. Confined to
/// one strand.
final class LevelList {
    private long[] mantissas = new long[128];
    private byte[] scales = new byte[128];
    private int count;
    private boolean present;

    /// As before any field was read.
    void reset() {
        count = 0;
        present = false;
    }

    /// A list begins, perhaps an empty one.
    void begin() {
        count = 0;
        present = true;
    }

    void add(long price, int priceScale, long quantity, int quantityScale) {
        if (2 * count == mantissas.length) {
            mantissas = Arrays.copyOf(mantissas, 4 * count);
            scales = Arrays.copyOf(scales, 4 * count);
        }
        mantissas[2 * count] = price;
        scales[2 * count] = (byte) priceScale;
        mantissas[2 * count + 1] = quantity;
        scales[2 * count + 1] = (byte) quantityScale;
        count++;
    }

    /// True when the message had such a list.
    boolean isPresent() {
        return present;
    }

    int size() {
        return count;
    }

    long price(int level) {
        return mantissas[2 * level];
    }

    int priceScale(int level) {
        return scales[2 * level];
    }

    long quantity(int level) {
        return mantissas[2 * level + 1];
    }

    int quantityScale(int level) {
        return scales[2 * level + 1];
    }
}
