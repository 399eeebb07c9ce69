// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an edge is apart from its storage: its ends, its waits and its account. The threads are
/// those of [Ring] and [Channel].
abstract class Gate extends GateFields.Padded {
    /*
     * Waiting. Yield some times, then announce oneself at a Waiter, look once more, park. An edge
     * whose sides always make a full fence between their news and their look at the waiter is
     * settled at once (settleNs is 0): see Waiter for the argument. An edge whose sides leave the
     * fence out, because it would cost more than all the rest of a hand-off, is settled by time.
     * After announcing itself the waiting strand parks for settleNs at most and looks again; only
     * then it parks for as long as it takes. What can go wrong without the fence is that the other
     * side looks at the waiter before its own news, made just before, are seen by others, and finds
     * nobody. That happens to a look that was made before the announcement was seen, so its news
     * are older than the announcement, and a millisecond later they are seen: processors keep
     * stores back for nanoseconds, and an interrupt or a switch of threads writes them out. The
     * Java memory model knows no such bound; it promises only that the store becomes visible in
     * the end. This is the asymmetric form of Dekker's argument (D. Dice, H. Huang, M. Yang,
     * "Asymmetric Dekker Synchronization", 2001), with time in the place of a fence forced on the
     * other processor. Looks made later find the announcement, because a full fence follows it.
     * Where many wait, the announcement is never hidden from them: see Waiters. One that waits for
     * nearly every message settles once for all of these waits: see WaryWaiter.
     *
     * A side that need not be woken for every little thing (a sender in a full edge, woken when it
     * is half empty) announces itself as patient first. When that has settled and there is still
     * nothing, it announces itself as urgent: then whatever frees a place wakes it. So nobody
     * waits beside a free place, whatever the other side does next.
     */

    // The states in order: an edge goes to a later one only.
    static final int OPEN = 0;
    static final int DONE = 1;
    static final int FAILED = 2;
    static final int CANCELLED = 3;
    static final int CLOSED = 4;

    /// The bits of the state that hold one of these.
    private static final int PHASE = 7;

    // What else the state says: which cause came with an end that was in time, and whether
    // receivers had had everything when a done edge was cancelled or closed.
    private static final int HAS_FAILURE = 8;
    private static final int HAS_CANCEL_CAUSE = 16;
    private static final int HAD_ALL = 32;

    // What a side that wants to go on finds.
    static final int WAITING = 0;
    static final int READY = 1;
    static final int OVER = 2;

    // Who wants to go on.
    static final int SENDING = 0;
    static final int RECEIVING = 1;
    static final int JOINING = 2;

    private static final VarHandle STATE;
    private static final VarHandle FAILURE;
    private static final VarHandle CANCEL_CAUSE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Gate.class, "state", int.class).withInvokeExactBehavior();
            FAILURE =
                    lookup.findVarHandle(Gate.class, "failure", Throwable.class)
                            .withInvokeExactBehavior();
            CANCEL_CAUSE =
                    lookup.findVarHandle(Gate.class, "cancelCause", Throwable.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String name;
    final int capacity;
    private final long settleNs;
    final Scheduler scheduler;
    final Waiter sender;
    final Waiter receiver;

    @SuppressWarnings("UnusedVariable") // through STATE
    private int state;

    @SuppressWarnings("UnusedVariable") // through FAILURE
    private @Nullable Throwable failure;

    @SuppressWarnings("UnusedVariable") // through CANCEL_CAUSE
    private @Nullable Throwable cancelCause;

    /// What a gate is made of.
    ///
    /// @param settleNs how long the other side may take to be seen; 0 where it makes a full fence
    record Parts(
            String name,
            int capacity,
            long settleNs,
            Scheduler scheduler,
            Waiter sender,
            Waiter receiver) {}

    Gate(Parts parts) {
        name = parts.name;
        capacity = parts.capacity;
        settleNs = parts.settleNs;
        scheduler = parts.scheduler;
        sender = parts.sender;
        receiver = parts.receiver;
    }

    /// [#WAITING], [#READY] or [#OVER] for who wants to go on, looking afresh.
    abstract int progress(int side);

    /// As [#progress], for who may also go on because of what has come in since it looked.
    ///
    /// @param seen what it has seen, as the edge counts it
    int progressSince(int side, long seen) {
        return progress(side);
    }

    /// Messages that the receiver took.
    abstract long receivedCount();

    /// Messages that whoever received them has finished with.
    abstract long processedCount();

    /// The name given when built.
    public String name() {
        return name;
    }

    /// The most messages that it holds.
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
            inside = enteredCount() - withdrawnOpaque() - before;
            long after = headAcquire();
            if (after == before) {
                break;
            }
            before = after;
        }
        return Math.clamp(inside, 0, capacity);
    }

    /// Messages that ever came in.
    long enteredCount() {
        return committedOpaque();
    }

    /// Says that nothing more is wanted: the sender is refused from now on and the receiver finds
    /// nothing more. Wakes both. What is inside is dropped, see the class.
    public void cancel() {
        cancelWith(0);
    }

    /// Cancels because of `cause`, which both sides see in [#failure]: for a receiver that has
    /// failed.
    public void cancel(Throwable cause) {
        Objects.requireNonNull(cause, "cause");
        CANCEL_CAUSE.compareAndSet(this, (Throwable) null, cause);
        cancelWith(HAS_CANCEL_CAUSE);
    }

    private void cancelWith(int cause) {
        stopSenders();
        scheduler.point(this);
        if (moveTo(CANCELLED, cause)) {
            wakeBoth();
        }
        afterCancel();
    }

    /// Sees to it that nothing more comes in, before an end is announced.
    void stopSenders() {
        // Where one strand sends, it stops by itself.
    }

    /// Does what is left to do when an edge is cancelled.
    void afterCancel() {
        // Each side does its part in its next call.
    }

    /// Whether somebody has cancelled or closed it.
    public boolean isCancelled() {
        return state() >= CANCELLED;
    }

    /// Why it failed, or else the cause that it was cancelled because of; null when it has ended
    /// otherwise or not at all.
    public @Nullable Throwable failure() {
        // The cause is there before the state says so.
        int now = (int) STATE.getAcquire(this);
        if ((now & HAS_FAILURE) != 0) {
            return (@Nullable Throwable) FAILURE.getAcquire(this);
        }
        return (now & HAS_CANCEL_CAUSE) == 0
                ? null
                : (@Nullable Throwable) CANCEL_CAUSE.getAcquire(this);
    }

    /// The account of this edge. Exact when both sides rest; otherwise each number is one that was
    /// true during the call, not all at one moment. Costs the sides nothing.
    public EdgeStatistics statistics() {
        long left = size() + heldOpaque();
        return new EdgeStatistics(
                name,
                capacity,
                enteredCount() + passedByOpaque(),
                receivedCount(),
                senderDroppedOpaque() + passedByOpaque() + withdrawnOpaque() + discardedOpaque(),
                left,
                highWaterOpaque(),
                refusedOpaque(),
                senderWaitsOpaque(),
                receiverWaitsOpaque(),
                processedCount(),
                senderWaitNsOpaque(),
                receiverWaitNsOpaque());
    }

    /// Waits for one side, by yielding and then by parking. An interrupt or the deadline leaves the
    /// progress at [#WAITING].
    ///
    /// @throws IllegalStateException when another strand waits where one alone may
    final int awaitProgress(Waiter waiter, int side, long deadlineNs) {
        return awaitProgressSince(waiter, side, 0, deadlineNs);
    }

    /// As [#awaitProgress], for who has seen so much.
    final int awaitProgressSince(Waiter waiter, int side, long seen, long deadlineNs) {
        long startNs = scheduler.nanoTime();
        boolean isAlone = !waiter.isForMany();
        if (isAlone) {
            enter(side);
        }
        try {
            int yields = scheduler.yieldsBeforePark();
            for (int i = 0; i < yields && !scheduler.isGivingUp(deadlineNs); i++) {
                scheduler.yieldNow();
                int progress = progressSince(side, seen);
                if (progress != WAITING) {
                    return progress;
                }
            }
            return parkUntilProgress(waiter, side, seen, deadlineNs);
        } finally {
            if (isAlone) {
                leave(side);
            }
            countWait(side, scheduler.nanoTime() - startNs);
        }
    }

    private void enter(int side) {
        Strand me = scheduler.current();
        Strand waiting = side == SENDING ? enterAsSender(me) : enterAsReceiver(me);
        if (waiting != null) {
            throw notAlone(side, waiting);
        }
    }

    private void leave(int side) {
        if (side == SENDING) {
            leaveAsSender();
        } else {
            leaveAsReceiver();
        }
    }

    /// Notices a strand that sends while another one waits to.
    final void requireOneSender() {
        Strand waiting = waitingSender;
        if (waiting != null) {
            throw notAlone(SENDING, waiting);
        }
    }

    /// Notices a strand that receives while another one waits to.
    final void requireOneReceiver() {
        Strand waiting = waitingReceiver;
        if (waiting != null) {
            throw notAlone(RECEIVING, waiting);
        }
    }

    private IllegalStateException notAlone(int side, Strand waiting) {
        return new IllegalStateException(
                (side == SENDING ? "one strand must send" : "one strand must receive")
                        + " at a time, or "
                        + forMany(side)
                        + " waiting="
                        + waiting
                        + " calling="
                        + scheduler.current());
    }

    /// What to use where many strands are at one side, and the name of this edge.
    abstract String forMany(int side);

    private int parkUntilProgress(Waiter waiter, int side, long seen, long deadlineNs) {
        Strand me = scheduler.current();
        boolean isSettling = settleNs > 0;
        int urgency = isSettling && side == SENDING ? Waiter.PATIENT : Waiter.URGENT;
        long settledNs = 0;
        int progress = WAITING;
        try {
            while (true) {
                if (waiter.arm(me, urgency) && isSettling) {
                    settledNs = waiter.announcedNs(scheduler) + settleNs;
                }
                progress = progressSince(side, seen);
                if (progress != WAITING || scheduler.isGivingUp(deadlineNs)) {
                    return progress;
                }
                if (isSettling && scheduler.nanoTime() - settledNs < 0) {
                    scheduler.park(this, Scheduler.earlier(deadlineNs, settledNs));
                } else if (urgency == Waiter.PATIENT) {
                    urgency = Waiter.URGENT;
                } else {
                    scheduler.park(this, deadlineNs);
                }
            }
        } finally {
            if (waiter.disarm(me) && progress != READY) {
                // Woken in vain: somebody else may need it.
                waiter.wake(scheduler);
            }
        }
    }

    private void countWait(int side, long waitNs) {
        if (side == SENDING) {
            addSenderWaits(1);
            addSenderWaitNs(waitNs);
        } else if (side == RECEIVING) {
            addReceiverWaits(1);
            addReceiverWaitNs(waitNs);
        }
    }

    int state() {
        return (int) STATE.getAcquire(this) & PHASE;
    }

    /// Goes to a later state.
    ///
    /// @param cause what to add to it, or 0
    boolean moveTo(int target, int cause) {
        while (true) {
            int now = (int) STATE.getAcquire(this);
            if ((now & PHASE) >= target) {
                return false;
            }
            int also = (now & PHASE) == DONE && size() == 0 ? cause | HAD_ALL : cause;
            if (STATE.compareAndSet(this, now, (now & ~PHASE) | target | also)) {
                return true;
            }
        }
    }

    /// Whether everything had been received when it was cancelled or closed.
    boolean hadAll() {
        return ((int) STATE.getAcquire(this) & HAD_ALL) != 0;
    }

    /// From open to an end.
    boolean endsAs(int how) {
        return STATE.compareAndSet(this, OPEN, how == FAILED ? FAILED | HAS_FAILURE : how);
    }

    /// Keeps the cause of a failure that is about to be said.
    void remember(Throwable cause) {
        FAILURE.compareAndSet(this, (Throwable) null, cause);
    }

    void wakeBoth() {
        VarHandle.fullFence();
        sender.wakeAll(scheduler);
        receiver.wakeAll(scheduler);
    }
}
