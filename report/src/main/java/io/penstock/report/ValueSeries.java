// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

/// A value over time for a plot: each value holds until the next point. Both arrays have the same
/// length, at most [#MAX_POINTS]; they are handed over, not copied.
///
/// @param timeNs when, increasing: market time, or elapsed time since the start of the run where
///   the owner says so
/// @param value the value from then on
@SuppressWarnings("ArrayRecordComponent") // points of a plot: thousands of doubles, never compared
public record ValueSeries(long[] timeNs, double[] value) {
    /// Most points of a series of a result: more than a screen can show.
    public static final int MAX_POINTS = 2_048;

    public ValueSeries {
        requireLength(timeNs.length, value.length);
    }

    /// A series without points.
    public static ValueSeries empty() {
        return new ValueSeries(new long[0], new double[0]);
    }

    static void requireLength(int expected, int length) {
        if (expected > MAX_POINTS) {
            throw new IllegalArgumentException(
                    "a series has at most " + MAX_POINTS + " points: points=" + expected);
        }
        if (length != expected) {
            throw new IllegalArgumentException(
                    "arrays of a series have the same length: length=" + length);
        }
    }
}
