// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A bounded hand-off of fixed-size slots in native memory from one sender to one receiver.
///
/// The sender claims a slot, writes it in place, commits it, and publishes what it has committed
/// with [#flush]; the receiver reads the slots in place and releases them. Nothing is allocated and
/// nothing is copied, except by [#send], which copies one message in, and under
/// [OverflowPolicy#DROP_OLDEST], where each message is copied out before it is shown.
///
/// **Threads.** One strand at a time calls the sender's methods ([#tryClaim], [#commit], [#flush],
/// [#send], [#done], [#fail]), one the receiver's ([#peek], [#release], [#drain], [#await],
/// [#isEnded], [#flushReleases]); they may be the same. A strand that takes a side over from
/// another one must start or be handed the ring after the other's last call. [#cancel], [#size],
/// [#statistics], [#failure] and the plain accessors are for everybody. [#close] is for whoever
/// owns the ring, when both sides have stopped.
///
/// **Ends.** *Done* and *failed* say that nothing more will be sent: the receiver still gets what
/// was sent before, and sees the cause of a failure at once in [#failure]. *Cancelled* says that
/// nothing more is wanted: each side throws away what it holds, through `onDrop`, in its next call,
/// and [#close] throws away the rest; each slot goes there once. The first end counts, but a ring
/// that is done or failed can still be cancelled.
///
/// **On one thread** (an event loop that sends and receives) nothing may wait: a BLOCK ring that is
/// full would wait for its own caller for ever. Use [#tryClaim], or `send` with FAIL.
///
/// After [#close] every operation throws `IllegalStateException`; only [#size], [#statistics],
/// [#failure] and the plain accessors still answer.
public final class Ring extends RingFields.Padded implements AutoCloseable {
    /*
     * The queue of L. Lamport, "Specifying Concurrent Program Modules" (1983): two counters that
     * only grow, each with one writer, so no compare-and-set is needed. From J. Giacomoni et al.,
     * "FastForward" (2008) and M. Aldinucci et al., "FastFlow" (2012) the aim that a side should
     * seldom touch the line that the other one writes: each keeps the last value that it saw of
     * the other's counter and reads it again only when that one says full or empty (the cached
     * indices of JCTools and of M. Thompson's queues). Where we differ: publishing is apart from
     * committing, so that a batch costs one store of the tail, one fence and at most one wake-up.
     *
     * Memory order. The sender writes a slot, then the tail with release; the receiver reads the
     * tail with acquire, then the slot. The receiver reads a slot, then writes the head with
     * release; the sender reads the head with acquire, then writes the slot again.
     *
     * Wake-ups: see Waiter for the argument. The sender makes its fence and looks at the
     * receiver's flag once per flush, after the tail. The receiver does so for the sender, after
     * the head, when the head passes a multiple of half the capacity, and in flushReleases(): not
     * per slot, because a wake-up costs as much as thousands of slots, and a sender that is woken
     * for one slot waits again at once. A sender that parks saw, after its fence, a full ring with
     * everything published; to read all of that the head must pass such a multiple, and there the
     * fence of the receiver comes second. So a receiver that reads on always wakes the sender
     * before the ring is empty.
     *
     * DROP_OLDEST. The sender makes room by moving the head itself, so the head has two writers and
     * moves by compare-and-set. The receiver cannot read in place then: it would hold the very
     * slot that the sender needs next. It copies the slot at the head into a slot of its own, which
     * lies behind the ring's, and then moves the head. If that fails the sender has dropped the
     * slot, the copy may be torn, and it is thrown away. If it succeeds the sender had not moved
     * the head past the slot before, and it writes a slot only after that: so the copy is whole.
     * (compareAndSet has the effects of release: the reads of the copy stay before it.)
     *
     * Statistics. Each counter has one writer and is written opaquely: no read-modify-write
     * instruction. For the high-water mark the size is an overestimate as long as the head is the
     * cached one; only if that beats the mark the head is read again, so the mark is exact.
     *
     * Points of the scheduler: before each look at what the other side writes (its counter, its
     * flag) and before each end; not where a cached counter answers, so a drain costs one.
     */

    /// No slot: returned instead of an offset.
    public static final long NONE = -1;

    /// Times to yield before parking: on a few cores neither spinning nor parking at once is
    /// better.
    private static final int YIELDS = 20;

    // The states in order: a ring goes to a later one only.
    private static final int OPEN = 0;
    private static final int DONE = 1;
    private static final int FAILED = 2;
    private static final int CANCELLED = 3;
    private static final int CLOSED = 4;

    private static final VarHandle STATE;
    private static final VarHandle FAILURE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Ring.class, "state", int.class).withInvokeExactBehavior();
            FAILURE =
                    lookup.findVarHandle(Ring.class, "failure", Throwable.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String name;
    private final int slotBytes;
    private final int capacity;
    private final long mask;
    private final long tellMask;
    private final OverflowPolicy policy;

    /// Whether the sender may take slots out, so that the receiver must claim them.
    private final boolean contested;

    private final Scheduler scheduler;
    private final SlotSink onDrop;
    private final Arena arena;
    private final MemorySegment segment;
    private final Waiter sender = new Waiter();
    private final Waiter receiver = new Waiter();

    @SuppressWarnings("UnusedVariable") // through STATE
    private int state;

    @SuppressWarnings("UnusedVariable") // through FAILURE
    private @Nullable Throwable failure;

    private Ring(Builder builder) {
        name = builder.name;
        slotBytes = builder.slotBytes;
        capacity = builder.capacity;
        mask = capacity - 1L;
        tellMask = Math.max(1, capacity / 2) - 1L;
        policy = builder.policy;
        contested = policy == OverflowPolicy.DROP_OLDEST;
        scheduler = builder.scheduler;
        onDrop = builder.onDrop;
        arena = Arena.ofShared();
        long slots = contested ? capacity + 1L : capacity;
        segment = arena.allocate(slots * slotBytes, 64);
    }

    /// Describes a ring of `capacity` slots of `slotBytes` each.
    ///
    /// @param name unique in its run, for statistics and messages
    /// @param slotBytes a positive multiple of 8
    /// @param capacity a power of two
    /// @throws IllegalArgumentException when one of them is not as said
    public static Builder builder(String name, int slotBytes, int capacity) {
        return new Builder(name, slotBytes, capacity);
    }

    /// The name given when built.
    public String name() {
        return name;
    }

    /// The most messages that the ring holds.
    public int capacity() {
        return capacity;
    }

    /// Bytes of a slot.
    public int slotBytes() {
        return slotBytes;
    }

    /// The memory that the offsets point into. 64-byte aligned; freed by [#close], after which any
    /// access to it throws `IllegalStateException`.
    public MemorySegment segment() {
        return segment;
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

    // ---------------------------------------------------------------- sender

    /// The offset in [#segment] of the next free slot, for the sender to write, or [#NONE] when the
    /// ring is full or has ended; that is counted as refused. Never waits and never drops, whatever
    /// the policy. The slot holds old bytes. Claimed again without a commit, it is the same slot.
    public long tryClaim() {
        int now = state();
        if (now == OPEN && hasRoom()) {
            claimed = true;
            return offsetOf(committed);
        }
        return refuse(now);
    }

    /// Makes the claimed slot part of the ring. The receiver sees it after the next [#flush].
    ///
    /// @throws IllegalStateException when no slot is claimed
    public void commit() {
        checkOpen(state());
        if (!claimed) {
            throw new IllegalStateException("a slot must be claimed before commit: ring=" + name);
        }
        claimed = false;
        append();
    }

    /// Publishes all that is committed and wakes the receiver, at most once. Cheap when nothing is
    /// new. In a ring that was cancelled meanwhile, drops what is committed.
    public void flush() {
        int now = state();
        if (now != OPEN) {
            checkOpen(now);
            withdraw();
            return;
        }
        if (tail != committed) {
            publish();
        }
    }

    /// Copies one message in and publishes it, together with all that is committed. A full ring is
    /// treated by the policy: BLOCK waits for room, FAIL returns false, DROP_NEWEST gives this
    /// message and DROP_OLDEST the oldest one to `onDrop`. A claim that is not committed is
    /// forgotten.
    ///
    /// @param from memory to copy from
    /// @param offset first byte of the message there
    /// @return true when the ring has taken the message, even if only to drop it; false when it has
    ///   ended, is full (FAIL), or the caller was interrupted while waiting (its flag stays set):
    ///   the message is counted as refused
    public boolean send(MemorySegment from, long offset) {
        claimed = false;
        int now = state();
        if (now != OPEN) {
            refuse(now);
            return false;
        }
        if (!hasRoom()) {
            flush();
            // A ring that ended meanwhile has not published: its slots are not to be dropped here.
            now = state();
            if (now != OPEN || policy == OverflowPolicy.FAIL) {
                refuse(now);
                return false;
            }
            if (policy == OverflowPolicy.DROP_NEWEST) {
                passedBy(passedBy + 1);
                onDrop.accept(from, offset);
                return true;
            }
            if (!(contested ? dropOldest() : awaitRoom())) {
                refuse(state());
                return false;
            }
        }
        MemorySegment.copy(from, offset, segment, offsetOf(committed), slotBytes);
        append();
        flush();
        return true;
    }

    /// Says that nothing more will be sent, after publishing what is committed. The receiver reads
    /// what is left and then sees the end. Without effect on a ring that has ended.
    public void done() {
        end(DONE);
    }

    /// Says that nothing more will be sent because of `cause`, after publishing what is committed.
    /// The receiver sees the cause at once and may read what is left. Without effect on a ring that
    /// has ended.
    public void fail(Throwable cause) {
        Objects.requireNonNull(cause, "cause");
        if (state() == OPEN) {
            remember(cause);
        }
        end(FAILED);
    }

    // -------------------------------------------------------------- receiver

    /// The offset in [#segment] of the oldest message, or [#NONE] when there is none to read. The
    /// bytes stay as they are until [#release]; peeking again gives the same message.
    public long peek() {
        int now = state();
        if (now >= CANCELLED) {
            checkOpen(now);
            discard();
            return NONE;
        }
        if (contested) {
            return held > 0 || take() ? ownSlot() : NONE;
        }
        if (head < tailCache || hasNews()) {
            return offsetOf(head);
        }
        return NONE;
    }

    /// Frees the message last peeked; the sender may use its slot at once. A sender that waits is
    /// woken once half the capacity has been read, see [#flushReleases].
    ///
    /// @throws IllegalStateException when no message has been peeked
    public void release() {
        checkOpen(state());
        if (contested ? held == 0 : head >= tailCache) {
            throw new IllegalStateException(
                    "a message must be peeked before release: ring=" + name);
        }
        if (contested) {
            held(0);
            received(received + 1);
        } else {
            releaseTo(head + 1);
        }
    }

    /// Hands up to `max` messages to the sink, in place and in order, and releases them together.
    /// The sink must not call the receiver's methods of this ring. A message whose sink throws
    /// counts as received; those behind it stay.
    ///
    /// @return messages handed over
    public int drain(SlotSink sink, int max) {
        if (max < 1) {
            throw new IllegalArgumentException("max must be positive: max=" + max);
        }
        int now = state();
        if (now >= CANCELLED) {
            checkOpen(now);
            discard();
            return 0;
        }
        return contested ? drainClaiming(sink, max) : drainInPlace(sink, max);
    }

    /// Waits until there is a message to read or the ring has ended: yields a few times, then
    /// parks.
    ///
    /// Under DROP_OLDEST the message may be dropped before it is peeked.
    ///
    /// @param deadlineNs elapsed time of the scheduler to give up at, or [Scheduler#NO_DEADLINE]
    /// @return true when there is a message; false when the ring has ended, the deadline came, or
    ///   the caller was interrupted (its flag stays set)
    public boolean await(long deadlineNs) {
        int progress = receiverProgress();
        if (progress == WAITING) {
            receiverWaits(receiverWaits + 1);
            progress = awaitProgress(receiver, false, deadlineNs);
        }
        return progress == READY;
    }

    /// True when the ring has ended and there is nothing left to read.
    public boolean isEnded() {
        int progress = receiverProgress();
        return progress == OVER;
    }

    /// Wakes a sender that waits for room, if any was freed since it was last told. [#release] and
    /// [#drain] do it by themselves each time that half the capacity has been read. A receiver that
    /// stops reading to wait for something else, which may depend on the sender, calls this first.
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

    // -------------------------------------------------------------- anybody

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

    /// Ends the ring, drops what is inside through `onDrop`, and frees the memory. To be called
    /// when both sides have stopped; a side that has not gets `IllegalStateException`, and what it
    /// was doing may be miscounted. Closing again does nothing.
    @Override
    public void close() {
        scheduler.point(this);
        if (moveTo(CLOSED)) {
            wakeBoth();
            try {
                discard();
                withdraw();
            } finally {
                arena.close();
            }
        }
    }

    @Override
    public String toString() {
        return "Ring[" + name + ", " + size() + " of " + capacity + "]";
    }

    // ----------------------------------------------------- inside, sender

    private boolean hasRoom() {
        return committed - headCache < capacity || hasNewRoom();
    }

    private boolean hasNewRoom() {
        scheduler.point(this);
        headCache = headAcquire();
        return committed - headCache < capacity;
    }

    private long refuse(int now) {
        checkOpen(now);
        refused(refused + 1);
        if (now == CANCELLED) {
            withdraw();
        }
        return NONE;
    }

    private void append() {
        long next = committed + 1;
        committed(next);
        if (next - headCache > highWater) {
            headCache = headAcquire();
            highWater(Math.max(highWater, next - headCache));
        }
    }

    private void publish() {
        scheduler.point(this);
        tailRelease(committed);
        VarHandle.fullFence();
        receiver.wake(scheduler);
    }

    private boolean awaitRoom() {
        senderWaits(senderWaits + 1);
        return awaitProgress(sender, true, Scheduler.NO_DEADLINE) == READY;
    }

    /// Makes room in a ring in which everything is published, unless the receiver does.
    private boolean dropOldest() {
        while (!hasNewRoom()) {
            long oldest = headCache;
            if (headMoves(oldest)) {
                headCache = oldest + 1;
                senderDropped(senderDropped + 1);
                onDrop.accept(segment, offsetOf(oldest));
            }
        }
        return true;
    }

    /// Drops what is committed and was not published.
    private void withdraw() {
        while (tail + withdrawn < committed) {
            long position = tail + withdrawn;
            try {
                onDrop.accept(segment, offsetOf(position));
            } finally {
                withdrawn(withdrawn + 1);
            }
        }
    }

    private void end(int how) {
        flush();
        claimed = false;
        scheduler.point(this);
        if (STATE.compareAndSet(this, OPEN, how)) {
            VarHandle.fullFence();
            receiver.wake(scheduler);
        }
    }

    // --------------------------------------------------- inside, receiver

    private boolean hasNews() {
        scheduler.point(this);
        tailCache = tailAcquire();
        return (contested ? headAcquire() : head) < tailCache;
    }

    private long ownSlot() {
        return (long) capacity * slotBytes;
    }

    /// Takes the oldest message into the receiver's own slot.
    private boolean take() {
        while (true) {
            long oldest = headAcquire();
            if (oldest >= tailCache && !hasNews()) {
                return false;
            }
            oldest = headAcquire();
            if (oldest < tailCache) {
                MemorySegment.copy(segment, offsetOf(oldest), segment, ownSlot(), slotBytes);
                scheduler.point(this);
                if (headMoves(oldest)) {
                    held(1);
                    return true;
                }
            }
        }
    }

    private int drainInPlace(SlotSink sink, int max) {
        long start = head;
        if (tailCache - start < max) {
            hasNews();
        }
        long end = Math.min(tailCache, start + max);
        long position = start;
        try {
            while (position < end) {
                sink.accept(segment, offsetOf(position++));
            }
        } finally {
            releaseTo(position);
        }
        return (int) (position - start);
    }

    private int drainClaiming(SlotSink sink, int max) {
        int count = 0;
        while (count < max && (held > 0 || take())) {
            count++;
            try {
                sink.accept(segment, ownSlot());
            } finally {
                held(0);
                received(received + 1);
            }
        }
        return count;
    }

    private void releaseTo(long position) {
        long before = head;
        received(received + (position - before));
        headRelease(position);
        if (((before ^ position) & ~tellMask) != 0) {
            flushReleases();
        }
    }

    /// Throws away all that is published.
    private void discard() {
        if (contested) {
            while (held > 0 || take()) {
                try {
                    onDrop.accept(segment, ownSlot());
                } finally {
                    held(0);
                    discarded(discarded + 1);
                }
            }
            return;
        }
        tailCache = tailAcquire();
        while (head < tailCache) {
            try {
                onDrop.accept(segment, offsetOf(head));
            } finally {
                discarded(discarded + 1);
                headRelease(head + 1);
            }
        }
    }

    // ------------------------------------------------------- inside, both

    private static final int WAITING = 0;
    private static final int READY = 1;
    private static final int OVER = 2;

    private int senderProgress() {
        int now = state();
        checkOpen(now);
        return now != OPEN ? OVER : hasNewRoom() ? READY : WAITING;
    }

    private int receiverProgress() {
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
    private int awaitProgress(Waiter waiter, boolean sending, long deadlineNs) {
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

    private boolean isGivingUp(long deadlineNs) {
        return scheduler.isInterrupted()
                || (deadlineNs != Scheduler.NO_DEADLINE && deadlineNs - scheduler.nanoTime() <= 0);
    }

    private long offsetOf(long position) {
        return (position & mask) * slotBytes;
    }

    private int state() {
        return (int) STATE.getAcquire(this);
    }

    private void checkOpen(int now) {
        if (now == CLOSED) {
            throw new IllegalStateException("the ring must not be closed: ring=" + name);
        }
    }

    private boolean moveTo(int target) {
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

    private void remember(Throwable cause) {
        FAILURE.compareAndSet(this, (Throwable) null, cause);
    }

    private void wakeBoth() {
        VarHandle.fullFence();
        sender.wake(scheduler);
        receiver.wake(scheduler);
    }

    /// What a ring is to be. Confined to the thread that builds.
    public static final class Builder {
        private final String name;
        private final int slotBytes;
        private final int capacity;
        private OverflowPolicy policy = OverflowPolicy.BLOCK;
        private Scheduler scheduler = Scheduler.real();
        private SlotSink onDrop = (segment, offset) -> {};

        private Builder(String name, int slotBytes, int capacity) {
            if (slotBytes < 8 || slotBytes % 8 != 0) {
                throw new IllegalArgumentException(
                        "slotBytes must be a positive multiple of 8: slotBytes=" + slotBytes);
            }
            if (Integer.bitCount(capacity) != 1 || capacity < 1) {
                throw new IllegalArgumentException(
                        "capacity must be a power of two: capacity=" + capacity);
            }
            this.name = Objects.requireNonNull(name, "name");
            this.slotBytes = slotBytes;
            this.capacity = capacity;
        }

        /// What [Ring#send] does when the ring is full; BLOCK unless said otherwise.
        public Builder policy(OverflowPolicy policy) {
            this.policy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /// What the two sides wait with; the machine's unless said otherwise.
        public Builder scheduler(Scheduler scheduler) {
            this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
            return this;
        }

        /// Called once for each message that is dropped or undelivered, on the strand that drops
        /// it: the sender's for the policy and for what was not published, the receiver's for what
        /// was cancelled, the closer's for the rest. Must not call the ring. What it throws goes to
        /// that strand's caller; the message counts as dropped.
        public Builder onDrop(SlotSink onDrop) {
            this.onDrop = Objects.requireNonNull(onDrop, "onDrop");
            return this;
        }

        /// Allocates the ring.
        public Ring build() {
            return new Ring(this);
        }
    }
}
