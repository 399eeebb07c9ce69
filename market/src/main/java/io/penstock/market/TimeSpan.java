// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

/// The earliest and the latest time of a clock, ns since 1970 UTC; both are [MarketEvent#NO_TIME]
/// when the clock gave no time at all.
public record TimeSpan(long first, long last) {
    /// No time at all.
    public static final TimeSpan NONE = new TimeSpan(MarketEvent.NO_TIME, MarketEvent.NO_TIME);

    public TimeSpan {
        if (first > last || (first == MarketEvent.NO_TIME) != (last == MarketEvent.NO_TIME)) {
            throw new IllegalArgumentException(
                    "a span ends after it begins: first=" + first + ", last=" + last);
        }
    }

    public boolean isEmpty() {
        return first == MarketEvent.NO_TIME;
    }
}
