// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.market.Clock;

/// Market time as the event loop sets it: the time of the event that is being handled. Confined to
/// the loop's thread.
final class VirtualClock implements Clock {
    private long nowNs;

    VirtualClock(long startNs) {
        nowNs = startNs;
    }

    @Override
    public long nowNs() {
        return nowNs;
    }

    /// Moves on to this time; earlier times are an error of the loop.
    void advanceTo(long timeNs) {
        assert timeNs >= nowNs : "time went back: now=" + nowNs + " next=" + timeNs;
        nowNs = timeNs;
    }
}
