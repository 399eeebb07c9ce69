// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.ReentrantLock;

/// Lets one strand go on no faster than a [Rate], which anybody may change at any time.
///
/// A token comes each time that an interval of the rate has passed, up to the burst; [#take] uses
/// one up or waits for it. In a time of `n` intervals fewer than `n + burst + 1` are used. [#take]
/// and [#tryTake] are for one strand, the rest for anybody.
public final class TokenBucket {
    /*
     * The token bucket of J. Turner, "New Directions in Communications (or Which Way to the
     * Information Age?)", IEEE Communications Magazine 24(10), 1986. Nothing ticks: tokens are
     * computed from the elapsed time since `baseNs`, token k being due at baseNs + k intervals, in
     * whole numbers, so that nothing drifts. The base moves on by whole periods only, or when the
     * bucket overflows. A bucket that has just become full keeps the part of an interval that has
     * passed (hence the 1 in the bound above): with a burst of one it gets full each time that
     * somebody waits, and what passes until he has woken up would be lost each time.
     *
     * A change of the rate keeps the part of the interval that has passed: a rate changed more
     * often than its tokens come lets them come nevertheless.
     *
     * The clock is read before the lock is taken (reading it is a step of a simulated scheduler,
     * and others must be able to go on), so who comes second may bring the older time. Time stands
     * still for him: a base set back would take tokens away.
     */

    private final Scheduler scheduler;
    private final ReentrantLock lock = new ReentrantLock();
    private final SlotWaiter waiter = new SlotWaiter();

    // Guarded by the lock.
    private Rate rate;
    private long tokens;
    private long baseNs;
    private long latestNs;

    /// Tokens since the base that were put into the bucket.
    private long counted;

    private volatile boolean stopped;
    private volatile long waits;
    private volatile long waitNs;

    /// A bucket that is full.
    public TokenBucket(Scheduler scheduler, Rate rate) {
        this.scheduler = scheduler;
        this.rate = rate;
        tokens = rate.burst();
        baseNs = scheduler.nanoTime();
        latestNs = baseNs;
    }

    /// Uses up a token if there is one; never waits.
    public boolean tryTake() {
        return takeOrDue() == 0;
    }

    /// Uses up a token; waits until there is one by parking.
    ///
    /// @return false when the bucket was stopped or the caller interrupted (its flag stays set): no
    ///   token was used
    public boolean take() {
        if (stopped) {
            return false;
        }
        return tryTake() || await();
    }

    private boolean await() {
        long since = scheduler.nanoTime();
        try {
            while (true) {
                waiter.arm(scheduler.current());
                if (stopped || scheduler.isInterrupted()) {
                    return false;
                }
                long dueNs = takeOrDue();
                if (dueNs == 0) {
                    return true;
                }
                scheduler.park(this, dueNs);
            }
        } finally {
            waiter.disarm();
            long now = scheduler.nanoTime();
            long nowWaits = waits + 1;
            waits = nowWaits;
            long nowWaitNs = waitNs + now - since;
            waitNs = nowWaitNs;
        }
    }

    /// The rate now.
    public Rate rate() {
        lock.lock();
        try {
            return rate;
        } finally {
            lock.unlock();
        }
    }

    /// Changes the rate, at once: who waits for a token waits for that of the new rate.
    public void rate(Rate changed) {
        scheduler.point(this);
        long readNs = scheduler.nanoTime();
        lock.lock();
        try {
            long now = forward(readNs);
            refill(now);
            double part = partOfInterval(now);
            rate = changed;
            tokens = Math.min(tokens, changed.burst());
            counted = 0;
            baseNs = now - (long) (part * changed.periodNs() / changed.permits());
        } finally {
            lock.unlock();
        }
        VarHandle.fullFence();
        waiter.wake(scheduler);
    }

    /// Says that nobody is to wait any more.
    public void stop() {
        scheduler.point(this);
        stopped = true;
        VarHandle.fullFence();
        waiter.wake(scheduler);
    }

    /// Times that a token was waited for.
    public long waits() {
        return waits;
    }

    /// How long tokens were waited for, in all, in nanoseconds.
    public long waitNs() {
        return waitNs;
    }

    /// Takes a token and says 0, or says when the next one is due.
    private long takeOrDue() {
        scheduler.point(this);
        long readNs = scheduler.nanoTime();
        lock.lock();
        try {
            refill(forward(readNs));
            if (tokens > 0) {
                tokens--;
                return 0;
            }
            long dueNs = dueNs(counted + 1);
            return dueNs == 0 ? 1 : dueNs; // 0 is taken
        } finally {
            lock.unlock();
        }
    }

    private long forward(long readNs) {
        if (readNs - latestNs > 0) {
            latestNs = readNs;
        }
        return latestNs;
    }

    private void refill(long now) {
        long passed = now - baseNs;
        long periods = passed / rate.periodNs();
        long room = rate.burst() - tokens;
        if (periods > (room + counted) / rate.permits() + 1) {
            fill(now); // and no product overflows, however long the pause was
            return;
        }
        long rest = passed - periods * rate.periodNs();
        long due = periods * rate.permits() + rest * rate.permits() / rate.periodNs();
        if (due - counted > room) {
            fill(now);
            return;
        }
        tokens += due - counted;
        counted = due - periods * rate.permits();
        baseNs += periods * rate.periodNs();
        assert tokens >= 0 : tokens;
    }

    /// The bucket has overflown: the part of an interval is lost as well.
    private void fill(long now) {
        tokens = rate.burst();
        counted = 0;
        baseNs = now;
    }

    /// When token k since the base is due: the first nanosecond at which it is counted.
    private long dueNs(long k) {
        return baseNs + Math.ceilDiv(k * rate.periodNs(), rate.permits());
    }

    private double partOfInterval(long now) {
        double intervals = (double) (now - baseNs) * rate.permits() / rate.periodNs() - counted;
        return Math.clamp(intervals, 0.0, 1.0);
    }
}
