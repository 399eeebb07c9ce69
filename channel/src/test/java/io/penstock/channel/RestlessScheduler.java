// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// The real scheduler with everything that a scheduler may do to its users: it parks without
/// yielding first, parks return for no reason, permits are left over, and points switch threads.
final class RestlessScheduler implements Scheduler {
    private final Scheduler real = Scheduler.real();
    private final AtomicLong parks = new AtomicLong();

    /// Times that a strand has really parked.
    long parks() {
        return parks.get();
    }

    @Override
    public long nanoTime() {
        return real.nanoTime();
    }

    @Override
    public Strand current() {
        return real.current();
    }

    @Override
    public Strand start(String name, StrandKind kind, Runnable body) {
        return real.start(name, kind, body);
    }

    @Override
    public boolean join(Strand strand, long deadlineNs) {
        return real.join(strand, deadlineNs);
    }

    @Override
    public void park(Object blocker, long deadlineNs) {
        switch (ThreadLocalRandom.current().nextInt(8)) {
            case 0 -> {}
            case 1 -> real.unpark(real.current());
            default -> {
                parks.getAndIncrement();
                real.park(blocker, deadlineNs);
            }
        }
    }

    @Override
    public void unpark(Strand strand) {
        real.unpark(strand);
    }

    @Override
    public void interrupt(Strand strand) {
        real.interrupt(strand);
    }

    @Override
    public boolean isInterrupted() {
        return real.isInterrupted();
    }

    @Override
    public boolean clearInterrupt() {
        return real.clearInterrupt();
    }

    @Override
    public void yieldNow() {
        // So that whoever waits parks at once.
    }

    @Override
    public void point(Object on) {
        int chance = ThreadLocalRandom.current().nextInt(64);
        if (chance == 0) {
            real.yieldNow();
        } else if (chance < 16) {
            for (int i = 0; i < chance * 8; i++) {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public int choose(int bound, String what) {
        return real.choose(bound, what);
    }

    @Override
    public RandomGenerator random(String stream) {
        return real.random(stream);
    }
}
