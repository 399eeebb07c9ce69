// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.lang.invoke.VarHandle;

/// A one-to-one edge of two counters that each side publishes to the other. The threads are those
/// of [Ring].
abstract class IndexedGate extends Gate {
    /*
     * Wake-ups: see Waiter for the argument. The sender makes its fence and looks at the
     * receiver's flag once per flush, after the tail. The receiver does so for the sender, after
     * the head, when the head passes a multiple of half the capacity, and in flushReleases(): not
     * per slot, because a wake-up costs as much as thousands of slots, and a sender that is woken
     * for one slot waits again at once. A sender that parks saw, after its fence, a full ring with
     * everything published; to read all of that the head must pass such a multiple, and there the
     * fence of the receiver comes second. So a receiver that reads on always wakes the sender
     * before the ring is empty.
     *
     * Statistics. Each counter has one writer and is written opaquely: no read-modify-write
     * instruction. For the high-water mark the size is an overestimate as long as the head is the
     * cached one; only if that beats the mark the head is read again, so the mark is exact.
     *
     * Points of the scheduler: before each look at what the other side writes (its counter, its
     * flag) and before each end; not where a cached counter answers, so a drain costs one.
     */

    /// Positions that agree in the bits above these are between the same two marks.
    private final long tellMask;

    final long mask;

    IndexedGate(String name, int capacity, Scheduler scheduler) {
        super(new Parts(name, capacity, 0, scheduler, new Waiter(), new Waiter()));
        mask = capacity - 1L;
        tellMask = Math.max(1, capacity / 2) - 1L;
    }

    /// Drops, on the sender's side, what is committed and was not published.
    abstract void withdraw();

    /// Throws away, on the receiver's side, all that is published.
    abstract void discard();

    /// Publishes what is committed, or withdraws it.
    abstract void flush();

    /// Wakes a sender that waits for room, if any was freed since it was last told. [Ring#release]
    /// and [Ring#drain] do it by themselves each time that half the capacity has been read. A
    /// receiver that stops reading to wait for something else, which may depend on the sender,
    /// calls this first.
    public void flushReleases() {
        checkOpen(state());
        long freed = head;
        if (toldHead != freed) {
            toldHead = freed;
            scheduler.point(this);
            VarHandle.fullFence();
            sender.wake(scheduler);
        }
    }

    @Override
    final String forMany(int side) {
        return "have a ring of its own: ring=" + name();
    }

    @Override
    long receivedCount() {
        return receivedOpaque();
    }

    /// The receiver reads in place: what it has released it has finished with.
    @Override
    long processedCount() {
        return receivedOpaque();
    }

    @Override
    int progress(int side) {
        return side == SENDING ? senderProgress() : receiverProgress();
    }

    boolean hasRoom() {
        return committed - headCache < capacity || hasNewRoom();
    }

    boolean hasNewRoom() {
        scheduler.point(this);
        headCache = headAcquire();
        return committed - headCache < capacity;
    }

    void append() {
        long next = committed + 1;
        committed(next);
        if (next - headCache > highWater) {
            headCache = headAcquire();
            highWater(Math.max(highWater, next - headCache));
        }
    }

    void publish() {
        scheduler.point(this);
        tailRelease(committed);
        VarHandle.fullFence();
        receiver.wake(scheduler);
    }

    void end(int how) {
        flush();
        claimed = 0;
        scheduler.point(this);
        if (endsAs(how)) {
            VarHandle.fullFence();
            receiver.wake(scheduler);
        }
    }

    boolean hasNews() {
        scheduler.point(this);
        tailCache = tailAcquire();
        return headAcquire() < tailCache;
    }

    void releaseTo(long position) {
        long before = head;
        received(received + (position - before));
        headRelease(position);
        if (((before ^ position) & ~tellMask) != 0) {
            flushReleases();
        }
    }

    int senderProgress() {
        int now = state();
        checkOpen(now);
        return now != OPEN ? OVER : hasNewRoom() ? READY : WAITING;
    }

    int receiverProgress() {
        // The state first: what was published before the end is then seen below.
        int now = state();
        checkOpen(now);
        if (now == CANCELLED) {
            discard();
            return OVER;
        }
        if (held > 0 || hasNews()) {
            return READY;
        }
        return now == OPEN ? WAITING : OVER;
    }

    void checkOpen(int now) {
        if (now == CLOSED) {
            throw new IllegalStateException("the ring must not be closed: ring=" + name());
        }
    }
}
