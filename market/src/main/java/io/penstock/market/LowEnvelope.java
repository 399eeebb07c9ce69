// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.util.Arrays;

/// The least of many values, without trusting any single one of them. Allocates nothing per value.
/// Confined to one thread.
public final class LowEnvelope {
    /*
     * One-way delays have a sharp lower bound and a long upper tail, so the clock offset of a
     * recorder is estimated by the least delay (the minimum filter of NTP, RFC 5905, section 10;
     * V. Paxson, "On Calibrating Measurements of Packet Transit Times", SIGMETRICS 1998). A minimum
     * believes the one record that is wrong. Here the values are cut into windows of equal length,
     * each gives its minimum, and the least hundredth of the windows is left out, at least one of
     * them: what remains is the lower envelope without its outliers. A wrong value costs one
     * window, wherever it stands. Windows start with one value and double when there
     * are 4,096 of them.
     */
    private static final int WINDOWS = 4_096;

    /// With fewer windows than this nobody can tell a wrong value from a right one.
    private static final int LEAST_TO_JUDGE = 8;

    private static final int SHARE_LEFT_OUT = 100;

    private final long[] minima = new long[WINDOWS];
    private int windows;
    private long windowLength = 1;
    private long inWindow;
    private long minimum = Long.MAX_VALUE;

    /// An envelope of nothing yet.
    public LowEnvelope() {}

    /// Takes a value.
    public void add(long value) {
        minimum = Math.min(minimum, value);
        if (++inWindow == windowLength) {
            endWindow();
        }
    }

    private void endWindow() {
        minima[windows++] = minimum;
        minimum = Long.MAX_VALUE;
        inWindow = 0;
        if (windows == WINDOWS) {
            windows = WINDOWS / 2;
            for (int i = 0; i < windows; i++) {
                minima[i] = Math.min(minima[2 * i], minima[2 * i + 1]);
            }
            windowLength *= 2;
        }
    }

    /// The estimate, or this when there was no value.
    public long orElse(long none) {
        int count = windows + (inWindow > 0 ? 1 : 0);
        if (count == 0) {
            return none;
        }
        long[] sorted = Arrays.copyOf(minima, count);
        if (inWindow > 0) {
            sorted[windows] = minimum;
        }
        Arrays.sort(sorted);
        return sorted[count < LEAST_TO_JUDGE ? 0 : Math.max(1, count / SHARE_LEFT_OUT)];
    }
}
