// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

/// How a recorded market fills orders.
///
/// @param fees what a fill costs
/// @param queueModel where recorded cancellations happen in a queue of which only the total is
///   known
/// @param quoteSizeLots lots that a quote without sizes stands for; 0 when that was not said, and a
///   recording with such quotes is refused
public record ReplayConfiguration(FeeSchedule fees, QueueModel queueModel, long quoteSizeLots) {
    public ReplayConfiguration {
        if (quoteSizeLots < 0) {
            throw new IllegalArgumentException(
                    "the size of a quote is not negative: quoteSizeLots=" + quoteSizeLots);
        }
    }

    /// No fees, cancellations spread in proportion, no size for quotes without one.
    public static ReplayConfiguration standard() {
        return new ReplayConfiguration(FeeSchedule.none(), QueueModel.PROPORTIONAL, 0);
    }
}
