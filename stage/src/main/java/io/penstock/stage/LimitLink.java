// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.List;

/// Lets items go on no faster than a rate. Before it waits, it shows what is finished.
final class LimitLink extends Link {
    private final TokenBucket bucket;
    private final List<Outlet> outlets;
    private final StageGuard guard;
    private final Link to;

    LimitLink(TokenBucket bucket, List<Outlet> outlets, StageGuard guard, Link to) {
        this.bucket = bucket;
        this.outlets = outlets;
        this.guard = guard;
        this.to = to;
    }

    @Override
    public void accept(Object item) {
        if (!bucket.tryTake()) {
            for (Outlet outlet : outlets) {
                outlet.flush();
            }
            if (!bucket.take()) {
                guard.refused(item, "rate limit", guard.stage());
            }
        }
        to.accept(item);
    }
}
