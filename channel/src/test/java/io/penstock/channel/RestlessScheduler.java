// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// The real scheduler with everything that a scheduler may do to its users: it parks without
/// yielding first, parks return for no reason, permits are left over, and points switch threads.
final class RestlessScheduler extends ForwardingScheduler {
    private final AtomicLong parks = new AtomicLong();

    RestlessScheduler() {
        super(Scheduler.real());
    }

    /// Times that a strand has really parked.
    long parks() {
        return parks.get();
    }

    @Override
    public void park(Object blocker, long deadlineNs) {
        switch (ThreadLocalRandom.current().nextInt(8)) {
            case 0 -> {}
            case 1 -> unpark(current());
            default -> {
                parks.getAndIncrement();
                super.park(blocker, deadlineNs);
            }
        }
    }

    @Override
    public void yieldNow() {
        // So that whoever waits parks at once.
    }

    @Override
    public void point(Object on) {
        int chance = ThreadLocalRandom.current().nextInt(64);
        if (chance == 0) {
            super.yieldNow();
        } else if (chance < 16) {
            for (int i = 0; i < chance * 8; i++) {
                Thread.onSpinWait();
            }
        }
    }
}
