// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

/// Where in the queue of a price level recorded cancellations happen, when the recording has levels
/// but no single orders. It decides how fast an order of ours comes forward.
public enum QueueModel {
    /// Behind us as long as anything is behind us: we come forward by trades alone.
    PESSIMISTIC {
        @Override
        long aheadAfterCancel(long ahead, long queue, long cancelled) {
            return Math.min(ahead, queue - cancelled);
        }
    },
    /// Anywhere alike: ahead of us in proportion to what is ahead of us, rounded in our disfavour.
    PROPORTIONAL {
        @Override
        long aheadAfterCancel(long ahead, long queue, long cancelled) {
            if (queue <= 0) {
                return 0;
            }
            return ahead - WideArithmetic.multiplyDivide(cancelled, Math.min(ahead, queue), queue);
        }
    },
    /// Ahead of us as long as anything is ahead of us.
    OPTIMISTIC {
        @Override
        long aheadAfterCancel(long ahead, long queue, long cancelled) {
            return Math.max(0, ahead - cancelled);
        }
    };

    /// Lots ahead of us after a part of the queue was cancelled.
    ///
    /// @param ahead lots ahead before, at most `queue`
    /// @param queue lots of the whole queue before
    /// @param cancelled lots cancelled, at most `queue`
    abstract long aheadAfterCancel(long ahead, long queue, long cancelled);
}
