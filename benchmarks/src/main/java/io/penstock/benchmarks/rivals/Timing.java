// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import java.util.List;
import java.util.regex.Pattern;

/// How long one process measures. Immutable.
///
/// @param warmUpNs runs before this has passed are not counted
/// @param sampleNs length of a timed run, about
/// @param samples timed runs
record Timing(long warmUpNs, long sampleNs, int samples) {
    static final Timing FULL = new Timing(1_200_000_000, 450_000_000, 2);
    static final Timing SHORT = new Timing(200_000_000, 150_000_000, 1);

    private static final Pattern COLON = Pattern.compile(":");

    /// As a program takes it: milliseconds, milliseconds, and a count.
    String text() {
        return warmUpNs / 1_000_000 + ":" + sampleNs / 1_000_000 + ":" + samples;
    }

    static Timing parse(String text) {
        List<String> parts = COLON.splitAsStream(text).toList();
        if (parts.size() != 3) {
            throw new IllegalArgumentException("timing has three parts: text=" + text);
        }
        return new Timing(
                Long.parseLong(parts.get(0)) * 1_000_000,
                Long.parseLong(parts.get(1)) * 1_000_000,
                Integer.parseInt(parts.get(2)));
    }
}
