// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.ForwardingScheduler;
import io.penstock.channel.Scheduler;

/// Tells of each reading of the clock.
final class CountingScheduler extends ForwardingScheduler {
    private final Runnable onReading;

    CountingScheduler(Scheduler to, Runnable onReading) {
        super(to);
        this.onReading = onReading;
    }

    @Override
    public long nanoTime() {
        onReading.run();
        return super.nanoTime();
    }
}
