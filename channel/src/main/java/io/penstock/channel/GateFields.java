// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The fields of a [Gate] that its two sides write, kept 128 bytes apart.
final class GateFields {
    /*
     * Fields of a superclass lie before those of its subclasses, which is the only order that the
     * JVM promises; so the padding is a chain of classes (the way of JCTools). 128 bytes, two cache
     * lines, because processors fetch neighbouring lines in pairs. The JVM also puts small fields
     * of subclasses into holes that a superclass leaves, so each class here fills up eight bytes:
     * else the state of a gate, which everybody reads, or a flag of a ring could lie between the
     * sender's fields. (Seen by the offsets of the fields, with compressed references and without;
     * with compact headers the capacity alone, which never changes, is where it should not be.)
     * The access methods are here
     * because an exact VarHandle wants the declaring class as the static type of its receiver.
     */

    private GateFields() {}

    private static VarHandle handle(MethodHandles.Lookup lookup, Class<?> owner, String field) {
        return handle(lookup, owner, field, long.class);
    }

    private static VarHandle handle(
            MethodHandles.Lookup lookup, Class<?> owner, String field, Class<?> type) {
        try {
            return lookup.findVarHandle(owner, field, type).withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    abstract static class PadBeforeSender {
        /// Fills what the header leaves open.
        int header;

        long a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15;
    }

    /// Written by the sender alone; others read the counters for statistics.
    abstract static class SenderSide extends PadBeforeSender {
        private static final VarHandle COMMITTED =
                handle(MethodHandles.lookup(), SenderSide.class, "committed");
        private static final VarHandle HEAD_CACHE =
                handle(MethodHandles.lookup(), SenderSide.class, "headCache");
        private static final VarHandle SENDER_DROPPED =
                handle(MethodHandles.lookup(), SenderSide.class, "senderDropped");
        private static final VarHandle PASSED_BY =
                handle(MethodHandles.lookup(), SenderSide.class, "passedBy");
        private static final VarHandle WITHDRAWN =
                handle(MethodHandles.lookup(), SenderSide.class, "withdrawn");
        private static final VarHandle REFUSED =
                handle(MethodHandles.lookup(), SenderSide.class, "refused");
        private static final VarHandle SENDER_WAITS =
                handle(MethodHandles.lookup(), SenderSide.class, "senderWaits");
        private static final VarHandle SENDER_WAIT_NS =
                handle(MethodHandles.lookup(), SenderSide.class, "senderWaitNs");
        private static final VarHandle HIGH_WATER =
                handle(MethodHandles.lookup(), SenderSide.class, "highWater");
        private static final VarHandle WAITING_SENDER =
                handle(MethodHandles.lookup(), SenderSide.class, "waitingSender", Strand.class);

        /// Messages that ever came into the ring: the position of the next one.
        long committed;

        /// What the sender last saw of `head`; never more than it.
        long headCache;

        /// Messages that the sender took out of the full ring to make room.
        long senderDropped;

        /// Messages that never came in because the ring was full.
        long passedBy;

        /// Messages committed that could not be published before the ring was cancelled.
        long withdrawn;

        long refused;
        long senderWaits;
        long senderWaitNs;
        long highWater;

        /// Slots that are claimed and not committed, 0 or 1.
        long claimed;

        /// The oldest object that is committed and not published, kept aside; its place.
        @Nullable Object aside;

        /// The strand that waits for room, where only one may send. With the reference before it it
        /// fills eight bytes where references are compressed.
        @Nullable Strand waitingSender;

        long asidePosition;

        final void committed(long value) {
            COMMITTED.setOpaque(this, value);
        }

        final long committedOpaque() {
            return (long) COMMITTED.getOpaque(this);
        }

        /// For several senders, which may overwrite a newer value by an older one.
        final void headCacheOpaque(long value) {
            HEAD_CACHE.setOpaque(this, value);
        }

        final long headCacheOpaque() {
            return (long) HEAD_CACHE.getOpaque(this);
        }

        final void senderDropped(long value) {
            SENDER_DROPPED.setOpaque(this, value);
        }

        final long addSenderDropped(long count) {
            return (long) SENDER_DROPPED.getAndAdd(this, count);
        }

        final long senderDroppedOpaque() {
            return (long) SENDER_DROPPED.getOpaque(this);
        }

        final void passedBy(long value) {
            PASSED_BY.setOpaque(this, value);
        }

        final long addPassedBy(long count) {
            return (long) PASSED_BY.getAndAdd(this, count);
        }

        final long passedByOpaque() {
            return (long) PASSED_BY.getOpaque(this);
        }

        final void withdrawn(long value) {
            WITHDRAWN.setOpaque(this, value);
        }

        final long addWithdrawn(long count) {
            return (long) WITHDRAWN.getAndAdd(this, count);
        }

        final long withdrawnOpaque() {
            return (long) WITHDRAWN.getOpaque(this);
        }

        final void refused(long value) {
            REFUSED.setOpaque(this, value);
        }

        final long addRefused(long count) {
            return (long) REFUSED.getAndAdd(this, count);
        }

        final long refusedOpaque() {
            return (long) REFUSED.getOpaque(this);
        }

        final long addSenderWaits(long count) {
            return (long) SENDER_WAITS.getAndAdd(this, count);
        }

        final long addSenderWaitNs(long ns) {
            return (long) SENDER_WAIT_NS.getAndAdd(this, ns);
        }

        final long senderWaitNsOpaque() {
            return (long) SENDER_WAIT_NS.getOpaque(this);
        }

        final long senderWaitsOpaque() {
            return (long) SENDER_WAITS.getOpaque(this);
        }

        final void highWater(long value) {
            HIGH_WATER.setOpaque(this, value);
        }

        /// The strand that waits already; null when the caller is the one from here on.
        final @Nullable Strand enterAsSender(Strand caller) {
            return (Strand) WAITING_SENDER.compareAndExchange(this, (Strand) null, caller);
        }

        final void leaveAsSender() {
            WAITING_SENDER.setRelease(this, (Strand) null);
        }

        final void raiseHighWater(long value) {
            long now = highWaterOpaque();
            while (now < value && !HIGH_WATER.compareAndSet(this, now, value)) {
                now = highWaterOpaque();
            }
        }

        final long highWaterOpaque() {
            return (long) HIGH_WATER.getOpaque(this);
        }
    }

    abstract static class PadBeforeTail extends SenderSide {
        long b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15;
    }

    /// Written by the sender, read by the receiver.
    abstract static class Tail extends PadBeforeTail {
        private static final VarHandle TAIL = handle(MethodHandles.lookup(), Tail.class, "tail");

        /// Messages that the receiver may see.
        long tail;

        final void tailRelease(long value) {
            TAIL.setRelease(this, value);
        }

        final boolean tailMoves(long from, long to) {
            return TAIL.compareAndSet(this, from, to);
        }

        final long tailWith(long bits) {
            return (long) TAIL.getAndBitwiseOr(this, bits);
        }

        final long tailAcquire() {
            return (long) TAIL.getAcquire(this);
        }
    }

    abstract static class PadBeforeHead extends Tail {
        long c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15;
    }

    /// Written by the receiver, read by the sender; written by both, by compare-and-set, where the
    /// sender may drop the oldest.
    abstract static class Head extends PadBeforeHead {
        private static final VarHandle HEAD = handle(MethodHandles.lookup(), Head.class, "head");

        /// Messages that have left the ring.
        long head;

        final void headRelease(long value) {
            HEAD.setRelease(this, value);
        }

        final long headAcquire() {
            return (long) HEAD.getAcquire(this);
        }

        final boolean headMoves(long from, long to) {
            return HEAD.compareAndSet(this, from, to);
        }
    }

    abstract static class PadBeforeReceiver extends Head {
        long d0, d1, d2, d3, d4, d5, d6, d7, d8, d9, d10, d11, d12, d13, d14, d15;
    }

    /// Written by the receiver alone; others read the counters for statistics.
    abstract static class ReceiverSide extends PadBeforeReceiver {
        private static final VarHandle RECEIVED =
                handle(MethodHandles.lookup(), ReceiverSide.class, "received");
        private static final VarHandle DISCARDED =
                handle(MethodHandles.lookup(), ReceiverSide.class, "discarded");
        private static final VarHandle DRAINED =
                handle(MethodHandles.lookup(), ReceiverSide.class, "drained");
        private static final VarHandle HELD =
                handle(MethodHandles.lookup(), ReceiverSide.class, "held");
        private static final VarHandle RECEIVER_WAITS =
                handle(MethodHandles.lookup(), ReceiverSide.class, "receiverWaits");
        private static final VarHandle RECEIVER_WAIT_NS =
                handle(MethodHandles.lookup(), ReceiverSide.class, "receiverWaitNs");
        private static final VarHandle WAITING_RECEIVER =
                handle(MethodHandles.lookup(), ReceiverSide.class, "waitingReceiver", Strand.class);

        /// What the receiver last saw of `tail`; never more than it.
        long tailCache;

        /// The `head` of which the sender has been told.
        long toldHead;

        long received;

        /// Messages thrown away after the ring was cancelled.
        long discarded;

        /// Messages that one receiver has finished with by handing them to a sink.
        long drained;

        /// Messages in the receiver's own slot, 0 or 1.
        long held;

        long receiverWaits;
        long receiverWaitNs;

        /// The strand that waits for a message, where only one may receive.
        @Nullable Strand waitingReceiver;

        /// Fills what a compressed reference leaves open.
        @Nullable Object waitingFill;

        final void received(long value) {
            RECEIVED.setOpaque(this, value);
        }

        final long receivedOpaque() {
            return (long) RECEIVED.getOpaque(this);
        }

        final void discarded(long value) {
            DISCARDED.setOpaque(this, value);
        }

        final long addDiscarded(long count) {
            return (long) DISCARDED.getAndAdd(this, count);
        }

        final long discardedOpaque() {
            return (long) DISCARDED.getOpaque(this);
        }

        final void drained(long value) {
            DRAINED.setOpaque(this, value);
        }

        final long drainedOpaque() {
            return (long) DRAINED.getOpaque(this);
        }

        final void held(long value) {
            HELD.setOpaque(this, value);
        }

        final long heldOpaque() {
            return (long) HELD.getOpaque(this);
        }

        /// The strand that waits already; null when the caller is the one from here on.
        final @Nullable Strand enterAsReceiver(Strand caller) {
            return (Strand) WAITING_RECEIVER.compareAndExchange(this, (Strand) null, caller);
        }

        final void leaveAsReceiver() {
            WAITING_RECEIVER.setRelease(this, (Strand) null);
        }

        final long addReceiverWaits(long count) {
            return (long) RECEIVER_WAITS.getAndAdd(this, count);
        }

        final long addReceiverWaitNs(long ns) {
            return (long) RECEIVER_WAIT_NS.getAndAdd(this, ns);
        }

        final long receiverWaitNsOpaque() {
            return (long) RECEIVER_WAIT_NS.getOpaque(this);
        }

        final long receiverWaitsOpaque() {
            return (long) RECEIVER_WAITS.getOpaque(this);
        }
    }

    abstract static class PadBeforeProcessed extends ReceiverSide {
        long f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15;
    }

    /// Written by whoever has finished with messages.
    abstract static class ProcessedSide extends PadBeforeProcessed {
        private static final VarHandle PROCESSED =
                handle(MethodHandles.lookup(), ProcessedSide.class, "processed");

        @SuppressWarnings("UnusedVariable") // through PROCESSED
        private long processed;

        final boolean processedMoves(long from, long to) {
            return PROCESSED.compareAndSet(this, from, to);
        }

        final long addProcessed(long count) {
            return (long) PROCESSED.getAndAdd(this, count);
        }

        final long processedOpaque() {
            return (long) PROCESSED.getOpaque(this);
        }
    }

    /// The last of the chain: what [Gate] itself declares is read by both sides and seldom written.
    abstract static class Padded extends ProcessedSide {
        long e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, e11, e12, e13, e14, e15;
    }
}
