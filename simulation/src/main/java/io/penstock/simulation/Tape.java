// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.util.Arrays;

/// The choices of one run, in order: small numbers, 0 for the ordinary course of things.
final class Tape {
    private int[] values = new int[64];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    /// A copy of the choices up to the last that is not 0: what lies behind is the same.
    int[] trimmed() {
        int length = size;
        while (length > 0 && values[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(values, length);
    }
}
