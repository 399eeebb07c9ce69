// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// A bounded hand-off of fixed-size slots in native memory from one sender to one receiver.
///
/// The sender claims a slot, writes it in place, commits it, and publishes what it has committed
/// with [#flush]; the receiver reads the slots in place and releases them. Nothing is allocated and
/// nothing is copied, except by [#send], which copies one message in, and under
/// [OverflowPolicy#DROP_OLDEST], where each message is copied out before it is shown.
///
/// **Threads.** One strand at a time calls the sender's methods ([#tryClaim], [#commit], [#flush],
/// [#send], [#done], [#fail]), one the receiver's ([#peek], [#release], [#drain], [#awaitUntil],
/// [#isEnded], [#flushReleases]); they may be the same. A strand that takes a side over from
/// another one must start or be handed the ring after the other's last call: of two that would wait
/// at the same time on one side the second gets `IllegalStateException`, other breaches go
/// unnoticed. [#cancel], [#size], [#statistics], [#failure] and the plain accessors are for
/// everybody. [#close] is for whoever owns the ring, when both sides have stopped.
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
public final class Ring extends IndexedGate implements AutoCloseable {
    /*
     * The queue of L. Lamport, "Specifying Concurrent Program Modules" (1983): two counters that
     * only grow, each with one writer, so no compare-and-set is needed. From J. Giacomoni et al.,
     * "FastForward" (2008) and M. Aldinucci et al., "FastFlow" (2012) the aim that a side should
     * seldom touch the line that the other one writes: each keeps the last value that it saw of
     * the other's counter and reads it again only when that one says full or empty (the cached
     * indices of JCTools and of M. Thompson's queues). Where we differ: publishing is apart from
     * committing, so that a batch costs one store of the tail, one fence and at most one wake-up
     * (why none is lost: see Gate and Waiter).
     *
     * Memory order. The sender writes a slot, then the tail with release; the receiver reads the
     * tail with acquire, then the slot. The receiver reads a slot, then writes the head with
     * release; the sender reads the head with acquire, then writes the slot again.
     *
     * DROP_OLDEST. The sender makes room by moving the head itself, so the head has two writers and
     * moves by compare-and-set. The receiver cannot read in place then: it would hold the very
     * slot that the sender needs next. It copies the slot at the head into a slot of its own, which
     * lies behind the ring's, and then moves the head. If that fails the sender has dropped the
     * slot, the copy may be torn, and it is thrown away. If it succeeds the sender had not moved
     * the head past the slot before, and it writes a slot only after that: so the copy is whole.
     * (compareAndSet has the effects of release: the reads of the copy stay before it.)
     */

    /// No slot: returned instead of an offset.
    public static final long NONE = -1;

    private final int slotBytes;
    private final OverflowPolicy policy;

    /// Whether the sender may take slots out, so that the receiver must claim them.
    private final boolean contested;

    private final SlotSink onDrop;
    private final Arena arena;
    private final MemorySegment segment;

    private Ring(Builder builder) {
        super(builder.name, builder.capacity, builder.scheduler);
        slotBytes = builder.slotBytes;
        policy = builder.policy;
        contested = policy == OverflowPolicy.DROP_OLDEST;
        onDrop = builder.onDrop;
        arena = Arena.ofShared();
        long slots = contested ? capacity() + 1L : capacity();
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

    /// Bytes of a slot.
    public int slotBytes() {
        return slotBytes;
    }

    /// The memory that the offsets point into. 64-byte aligned; freed by [#close], after which any
    /// access to it throws `IllegalStateException`.
    public MemorySegment segment() {
        return segment;
    }

    // ---------------------------------------------------------------- sender

    /// The offset in [#segment] of the next free slot, for the sender to write, or [#NONE] when the
    /// ring is full or has ended; that is counted as refused. Never waits and never drops, whatever
    /// the policy. The slot holds old bytes. Claimed again without a commit, it is the same slot.
    public long tryClaim() {
        int now = state();
        if (now == OPEN && hasRoom()) {
            claimed = 1;
            return offsetOf(committed);
        }
        return refuse(now);
    }

    /// Makes the claimed slot part of the ring. The receiver sees it after the next [#flush].
    ///
    /// @throws IllegalStateException when no slot is claimed
    public void commit() {
        checkOpen(state());
        if (claimed == 0) {
            throw new IllegalStateException("a slot must be claimed before commit: ring=" + name());
        }
        claimed = 0;
        append();
    }

    /// Publishes all that is committed and wakes the receiver, at most once. Cheap when nothing is
    /// new. In a ring that was cancelled meanwhile, drops what is committed.
    @Override
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
        claimed = 0;
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
        remember(cause);
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
                    "a message must be peeked before release: ring=" + name());
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
        Objects.requireNonNull(sink, "sink");
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
    public boolean awaitUntil(long deadlineNs) {
        int progress = receiverProgress();
        if (progress == WAITING) {
            progress = awaitProgress(receiver, RECEIVING, deadlineNs);
        }
        return progress == READY;
    }

    /// True when the ring has ended and there is nothing left to read.
    public boolean isEnded() {
        return receiverProgress() == OVER;
    }

    /// Ends the ring, drops what is inside through `onDrop`, and frees the memory. To be called
    /// when both sides have stopped; a side that has not gets `IllegalStateException`, and what it
    /// was doing may be miscounted. Closing again does nothing.
    @Override
    public void close() {
        scheduler.point(this);
        if (moveTo(CLOSED, 0)) {
            wakeBoth();
            Thrown thrown = new Thrown();
            thrown.by(this::discard);
            thrown.by(this::withdraw);
            thrown.by(arena::close);
            thrown.rethrow();
        }
    }

    @Override
    public String toString() {
        return "Ring[" + name() + ", " + size() + " of " + capacity() + "]";
    }

    // ----------------------------------------------------- inside, sender

    private long refuse(int now) {
        checkOpen(now);
        refused(refused + 1);
        if (now == CANCELLED) {
            withdraw();
        }
        return NONE;
    }

    private boolean awaitRoom() {
        return awaitProgress(sender, SENDING, Scheduler.NO_DEADLINE) == READY;
    }

    /// Makes room in a ring in which everything is published, unless the receiver does.
    private boolean dropOldest() {
        while (!hasNewRoom()) {
            long oldest = headCache;
            if (headMoves(oldest, oldest + 1)) {
                headCache = oldest + 1;
                senderDropped(senderDropped + 1);
                onDrop.accept(segment, offsetOf(oldest));
            }
        }
        return true;
    }

    /// Drops what is committed and was not published.
    @Override
    void withdraw() {
        Thrown thrown = new Thrown();
        while (tail + withdrawn < committed) {
            long position = tail + withdrawn;
            thrown.by(() -> onDrop.accept(segment, offsetOf(position)));
            withdrawn(withdrawn + 1);
        }
        thrown.rethrow();
    }

    // --------------------------------------------------- inside, receiver

    private long ownSlot() {
        return (long) capacity() * slotBytes;
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
                if (headMoves(oldest, oldest + 1)) {
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

    /// Throws away all that is published.
    @Override
    void discard() {
        Thrown thrown = new Thrown();
        if (contested) {
            while (held > 0 || take()) {
                thrown.by(() -> onDrop.accept(segment, ownSlot()));
                held(0);
                discarded(discarded + 1);
            }
        } else {
            tailCache = tailAcquire();
            while (head < tailCache) {
                thrown.by(() -> onDrop.accept(segment, offsetOf(head)));
                discarded(discarded + 1);
                headRelease(head + 1);
            }
        }
        thrown.rethrow();
    }

    private long offsetOf(long position) {
        return (position & mask) * slotBytes;
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
            if (policy == OverflowPolicy.CONFLATE) {
                throw new IllegalArgumentException(
                        "policy of a ring must not merge messages: policy=" + policy);
            }
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
        /// that strand's caller; the message counts as dropped. Where several are dropped together
        /// each is given to it first: then the first exception is thrown, with up to 32 others
        /// suppressed.
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
