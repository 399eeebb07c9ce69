// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import java.util.Locale;

/// What is compared in a [Workload].
public enum Metric {
    /// Items a second.
    RATE("items/s", true),
    /// Milliseconds of one run.
    WALL("ms", false),
    /// Half of the latencies are below, in microseconds.
    LATENCY("p50 us", false),
    /// Bytes of live heap an item.
    HEAP("B/item", false);

    private final String unit;
    private final boolean isMoreBetter;

    Metric(String unit, boolean isMoreBetter) {
        this.unit = unit;
        this.isMoreBetter = isMoreBetter;
    }

    String unit() {
        return unit;
    }

    boolean isMoreBetter() {
        return isMoreBetter;
    }

    /// A value for people.
    String text(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        if (this != RATE) {
            return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
        }
        if (value >= 1e8) {
            return String.format(Locale.ROOT, "%.0f M", value / 1e6);
        }
        if (value >= 1e6) {
            return String.format(Locale.ROOT, "%.1f M", value / 1e6);
        }
        return String.format(Locale.ROOT, "%.1f k", value / 1e3);
    }
}
