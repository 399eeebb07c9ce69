// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

/// The scheduler of the machine, except that an unpark only leaves a mark: a test that runs for
/// nanoseconds cannot park, but it can see whether the wake-up was sent.
final class PermitScheduler extends ForwardingScheduler {
    /// Whether somebody was woken.
    volatile boolean woken;

    PermitScheduler() {
        super(Scheduler.real());
    }

    @Override
    public void park(Object blocker, long deadlineNs) {
        throw new IllegalStateException("a stress test must not park");
    }

    @Override
    public void unpark(Strand strand) {
        woken = true;
    }

    @Override
    public boolean isInterrupted() {
        return false;
    }

    @Override
    public boolean clearInterrupt() {
        return false;
    }

    @Override
    public void yieldNow() {
        // Nothing to wait for.
    }
}
