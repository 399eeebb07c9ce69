// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a one-to-one edge is apart from its storage: the two counters, the ends, the waits and the
/// account. The threads are those of [Ring].
abstract class Gate extends GateFields.Padded {
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

    /// Times to yield before parking: on a few cores neither spinning nor parking at once is
    /// better.
    private static final int YIELDS = 20;

    // The states in order: a ring goes to a later one only.
    static final int OPEN = 0;
    static final int DONE = 1;
    static final int FAILED = 2;
    static final int CANCELLED = 3;
    static final int CLOSED = 4;

    // What a side that wants to go on finds.
    static final int WAITING = 0;
    static final int READY = 1;
    static final int OVER = 2;

    private static final VarHandle STATE;
    private static final VarHandle FAILURE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Gate.class, "state", int.class).withInvokeExactBehavior();
            FAILURE =
                    lookup.findVarHandle(Gate.class, "failure", Throwable.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String name;
    private final int capacity;

    /// Positions that agree in the bits above these are between the same two marks.
    private final long tellMask;

    final long mask;
    final Scheduler scheduler;
    final Waiter sender = new Waiter();
    final Waiter receiver = new Waiter();

    @SuppressWarnings("UnusedVariable") // through STATE
    private int state;

    @SuppressWarnings("UnusedVariable") // through FAILURE
    private @Nullable Throwable failure;

    Gate(String name, int capacity, Scheduler scheduler) {
        this.name = name;
        this.capacity = capacity;
        this.scheduler = scheduler;
        mask = capacity - 1L;
        tellMask = Math.max(1, capacity / 2) - 1L;
    }

    /// Drops, on the sender's side, what is committed and was not published.
    abstract void withdraw();

    /// Throws away, on the receiver's side, all that is published.
    abstract void discard();

    /// Publishes what is committed, or withdraws it.
    abstract void flush();

    /// The name given when built.
    public String name() {
        return name;
    }

    /// The most messages that the ring holds.
    public int capacity() {
        return capacity;
    }

    /// Messages inside now, those committed and not yet published included; a message that the
    /// receiver looks at in place is inside until it is released. Exact for the two sides, and for
    /// others at one moment during the call as long as the head does not move at every try.
    public int size() {
        long before = headAcquire();
        long inside = 0;
        for (int i = 0; i < 8; i++) {
            inside = committedOpaque() - withdrawnOpaque() - before;
            long after = headAcquire();
            if (after == before) {
                break;
            }
            before = after;
        }
        return Math.clamp(inside, 0, capacity);
    }

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

    /// Says that nothing more is wanted: the sender is refused from now on and the receiver finds
    /// nothing more. Wakes both. What is inside goes to `onDrop`, see the class.
    public void cancel() {
        scheduler.point(this);
        if (moveTo(CANCELLED)) {
            wakeBoth();
        }
    }

    /// Cancels because of `cause`, which both sides see in [#failure]: for a receiver that has
    /// failed.
    public void cancel(Throwable cause) {
        Objects.requireNonNull(cause, "cause");
        if (state() < CANCELLED) {
            remember(cause);
        }
        cancel();
    }

    /// Whether somebody has cancelled or closed the ring.
    public boolean isCancelled() {
        return state() >= CANCELLED;
    }

    /// Why the ring failed; null when it has not.
    public @Nullable Throwable failure() {
        return (@Nullable Throwable) FAILURE.getAcquire(this);
    }

    /// The account of this ring. Exact when both sides rest; otherwise each number is one that was
    /// true during the call, not all at one moment. Costs the sides nothing.
    public EdgeStatistics statistics() {
        long left = size() + heldOpaque();
        return new EdgeStatistics(
                name,
                capacity,
                committedOpaque() + passedByOpaque(),
                receivedOpaque(),
                senderDroppedOpaque() + passedByOpaque() + withdrawnOpaque() + discardedOpaque(),
                left,
                highWaterOpaque(),
                refusedOpaque(),
                senderWaitsOpaque(),
                receiverWaitsOpaque());
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
        claimed = false;
        scheduler.point(this);
        if (STATE.compareAndSet(this, OPEN, how)) {
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

    /// Waits for one side, by yielding and then by parking. An interrupt or the deadline leaves the
    /// progress at [#WAITING].
    int awaitProgress(Waiter waiter, boolean sending, long deadlineNs) {
        for (int i = 0; i < YIELDS && !isGivingUp(deadlineNs); i++) {
            scheduler.yieldNow();
            int progress = sending ? senderProgress() : receiverProgress();
            if (progress != WAITING) {
                return progress;
            }
        }
        try {
            while (true) {
                waiter.arm(scheduler.current());
                int progress = sending ? senderProgress() : receiverProgress();
                if (progress != WAITING || isGivingUp(deadlineNs)) {
                    return progress;
                }
                scheduler.park(this, deadlineNs);
            }
        } finally {
            waiter.disarm();
        }
    }

    boolean isGivingUp(long deadlineNs) {
        return scheduler.isInterrupted()
                || (deadlineNs != Scheduler.NO_DEADLINE && deadlineNs - scheduler.nanoTime() <= 0);
    }

    int state() {
        return (int) STATE.getAcquire(this);
    }

    void checkOpen(int now) {
        if (now == CLOSED) {
            throw new IllegalStateException("the ring must not be closed: ring=" + name());
        }
    }

    boolean moveTo(int target) {
        while (true) {
            int now = state();
            if (now >= target) {
                return false;
            }
            if (STATE.compareAndSet(this, now, target)) {
                return true;
            }
        }
    }

    void remember(Throwable cause) {
        FAILURE.compareAndSet(this, (Throwable) null, cause);
    }

    void wakeBoth() {
        VarHandle.fullFence();
        sender.wake(scheduler);
        receiver.wake(scheduler);
    }
}
