// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import io.penstock.channel.StrandKind;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/// A parallel map between two strands: the *producer* puts items in, up to `n` *workers* run a
/// [Step] on them, the *collector* takes the results out, in the order of the items, as they are
/// finished, or in the order of the items of one key.
///
/// The capacity is a window: items that wait, items that are worked on, and results that were not
/// collected are never more together. Nothing is allocated per item. Workers are started when there
/// is something to do for one more of them.
///
/// **Ends.** *Done*: what is inside is worked on and collected, then the collector finds the end.
/// *Failed*, by the producer: the same, but [#failure] says why. *A step that throws*: reported at
/// once; nothing is claimed any more, work that cannot be collected is interrupted, and the
/// collector finds the end when it comes to the failed item, so that an ordered ring never gives a
/// result past it. *Cancelled*: nothing is claimed or collected any more and work is interrupted.
/// Whoever owns the ring cancels it when all else is over, however it ended; then every item is
/// accounted for: `in = out + failed + skipped + undelivered`.
///
/// **Strands.** [#put], [#flush], [#done], [#fail] for the producer; [#drain], [#awaitUntil],
/// [#isEnded] for the collector; [#work] is the body of a worker's strand; the rest for anybody.
public final class SlotRing extends SlotWorkbench {
    /*
     * The slots wander: the producer fills a free one and hands it to the intake; a worker claims
     * it, replaces the item by the result and publishes it in the line of finished slots; the
     * collector empties it, which frees it. The three orders differ in two places only. The
     * intake: one line that all workers claim from, or a lane for each worker, to which the key
     * leads. The position in the line of finished slots: that of the item, or the next one.
     * Everything else is common.
     *
     * Ends. Every strand that hands something on makes a full fence and looks at the state
     * afterwards; who cancels sets the state, makes a full fence, and sweeps. So one of the two
     * sees the other. What both see is taken by an atomic exchange, by one of them.
     *
     * A sweep may start from a head that is out of date and so find in the line a slot that was
     * collected, freed, and filled again by a put that overlaps with the cancellation. It then
     * takes that item. No worker can be at it: a worker that has claimed it makes a full fence
     * before it looks at the state, and sees the cancellation, because the put read a head that
     * was written after the sweep read its own.
     *
     * Wake-ups cost a platform thread more than many items (docs/performance.md). Workers: see
     * SharedIntake. The collector is woken by platform workers only for a result that it can take,
     * and then when nothing is left to claim, a quarter of the window is finished, or it was not
     * woken for a while; as a net it does not sleep long while there is work. Virtual workers wake
     * it for each result. The producer is woken when half of the window is free, or when the
     * workers may starve: by the collector before it parks, and by a worker that claims the last
     * item or finds none. (The collector looks after it has freed slots, and a worker after it has
     * claimed, each with a full fence; whichever comes last sees the waiting producer, the room
     * and the empty line.)
     */

    private static final int MOST_PENDING = 64;
    private static final long NET_NS = 1_000_000;
    private static final int WAITING = 0;
    private static final int READY = 1;
    private static final int OVER = 2;

    // Made once, so that no wait allocates.
    private final IntSupplier producerProgress = this::producerProgress;
    private final IntSupplier collectorProgress = this::collectorProgress;

    // The producer's own.
    private long headCache;
    private int pending;

    /// Builds what [SlotRingBuilder] describes.
    SlotRing(SlotRingBuilder builder) {
        super(builder);
    }

    /// Describes a ring.
    ///
    /// @param name name of the ring, for threads, statistics and messages
    /// @param capacity most items inside, exactly
    /// @throws IllegalArgumentException when the capacity is not positive
    public static SlotRingBuilder builder(String name, int capacity) {
        return new SlotRingBuilder(name, capacity);
    }

    // The producer.

    /// Puts an item in; waits while the window is full. Workers that run see it at once, those that
    /// rest are woken by [#flush], which also happens before a wait and every so many items.
    ///
    /// @return false when the ring has ended or the caller was interrupted (its flag stays set): it
    ///   keeps the item
    /// @throws RuntimeException what the key function threw; the item was not taken
    public boolean put(Object item) {
        Objects.requireNonNull(item, "item");
        scheduler.point(this);
        if (state() != OPEN) {
            flush();
            return false;
        }
        int lane = intake.laneOf(item);
        long position = counters.get(PUT);
        if (position - headCache >= capacity && !awaitRoom(position)) {
            return false;
        }
        int slot =
                position < capacity
                        ? (int) position
                        : Slots.slotOf(slots.entry(position - capacity));
        scheduler.point(this);
        slots.set(slot, item);
        intake.append(lane, slot);
        noteHighWater(position + 1);
        if (++pending == MOST_PENDING) {
            flush();
        }
        return true;
    }

    /// Wakes workers for what was put since the last flush.
    public void flush() {
        if (pending > 0) {
            pending = 0;
            scheduler.point(this);
            VarHandle.fullFence();
            if (state() == CANCELLED) {
                sweep();
            } else {
                intake.flush();
            }
        }
    }

    /// Says that no item follows. What is inside is worked on and collected.
    public void done() {
        end(DONE);
    }

    /// Says that no item follows because of `cause`, which the collector finds in [#failure] once
    /// it has collected what is inside.
    public void fail(Throwable cause) {
        Objects.requireNonNull(cause, "cause");
        remember(cause);
        end(FAILED);
    }

    private void end(int how) {
        flush();
        scheduler.point(this);
        if (close(how)) {
            VarHandle.fullFence();
            intake.wakeAll();
            collector.wake(scheduler);
        }
    }

    private void noteHighWater(long put) {
        if (put - headCache > counters.get(HIGH_WATER)) {
            headCache = counters.acquire(HEAD);
            counters.opaque(HIGH_WATER, Math.max(counters.get(HIGH_WATER), put - headCache));
        }
    }

    private boolean awaitRoom(long position) {
        headCache = counters.acquire(HEAD);
        if (position - headCache < capacity) {
            return true;
        }
        flush();
        long since = scheduler.nanoTime();
        boolean room = awaitProgress(producer, producerProgress, Scheduler.NO_DEADLINE);
        counters.opaque(PRODUCER_WAITS, counters.get(PRODUCER_WAITS) + 1);
        counters.opaque(
                PRODUCER_WAIT_NS, counters.get(PRODUCER_WAIT_NS) + scheduler.nanoTime() - since);
        return room;
    }

    private int producerProgress() {
        scheduler.point(this);
        if (state() != OPEN) {
            return OVER;
        }
        headCache = counters.acquire(HEAD);
        return counters.get(PUT) - headCache < capacity ? READY : WAITING;
    }

    // The collector.

    /// Hands finished results to `sink`, in the order of the ring, up to `max` that are there now;
    /// never waits. Whatever the sink throws passes through; that result counts as collected.
    ///
    /// @return results handed on; 0 also where items were finished that have none
    public int drain(Consumer<Object> sink, int max) {
        int handed = 0;
        long head = counters.get(HEAD);
        long before = head;
        try {
            while (handed < max && state() != CANCELLED) {
                scheduler.point(this);
                long entry = slots.entry(head);
                Object content =
                        Slots.isStamped(entry, head) ? slots.take(Slots.slotOf(entry)) : null;
                if (content == null) {
                    break;
                }
                if (Slots.isSpecial(entry)) {
                    if (isFailedItem(content)) {
                        cancel(); // the turn of the failed item
                        break;
                    }
                    counters.release(HEAD, ++head);
                    continue;
                }
                counters.release(HEAD, ++head);
                counters.opaque(OUT, counters.get(OUT) + 1);
                handed++;
                sink.accept(content);
            }
        } finally {
            if (head != before) {
                tellProducerOfRoom();
            }
        }
        return handed;
    }

    /// Waits until there is something to collect or the ring has ended: yields a few times, then
    /// parks.
    ///
    /// @param deadlineNs elapsed time of the scheduler to give up at, or [Scheduler#NO_DEADLINE]
    /// @return true when there is something, be it an item without a result; false when the ring
    ///   has ended, the deadline came, or the caller was interrupted (its flag stays set)
    public boolean awaitUntil(long deadlineNs) {
        int progress = collectorProgress();
        if (progress != WAITING) {
            return progress == READY;
        }
        long since = scheduler.nanoTime();
        boolean ready = awaitProgress(collector, collectorProgress, deadlineNs);
        counters.opaque(COLLECTOR_WAITS, counters.get(COLLECTOR_WAITS) + 1);
        counters.opaque(
                COLLECTOR_WAIT_NS, counters.get(COLLECTOR_WAIT_NS) + scheduler.nanoTime() - since);
        return ready;
    }

    /// Whether nothing more can be collected.
    public boolean isEnded() {
        return collectorProgress() == OVER;
    }

    /// Whether the collector would not have to wait now: there is a result for it, or the ring is
    /// over.
    public boolean isReady() {
        return collectorProgress() != WAITING;
    }

    private int collectorProgress() {
        scheduler.point(this);
        // The state first: what was put before the end is then seen below.
        int now = state();
        if (now == CANCELLED) {
            return OVER;
        }
        long head = counters.get(HEAD);
        if (slots.isFinished(head)) {
            return isFailedAt(head) ? fall() : READY;
        }
        boolean isLast = now == DONE || now == FAILED;
        return isLast && head == counters.acquire(PUT) ? OVER : WAITING;
    }

    private boolean isFailedAt(long head) {
        long entry = slots.entry(head);
        return Slots.isSpecial(entry) && isFailedItem(slots.get(Slots.slotOf(entry)));
    }

    /// The turn of the failed item has come.
    private int fall() {
        cancel();
        return OVER;
    }

    private void tellProducerOfRoom() {
        VarHandle.fullFence();
        long inside = counters.acquire(PUT) - counters.get(HEAD);
        if (inside <= capacity / 2 || intake.isExhausted()) {
            producer.wake(scheduler);
        }
    }

    /// Waits for one side, by yielding and then by parking.
    ///
    /// @return whether it may go on; false also after an interrupt or the deadline
    private boolean awaitProgress(SlotWaiter waiter, IntSupplier progress, long deadlineNs) {
        int yields = scheduler.yieldsBeforePark();
        for (int i = 0; i < yields && !scheduler.isGivingUp(deadlineNs); i++) {
            scheduler.yieldNow();
            int now = progress.getAsInt();
            if (now != WAITING) {
                return now == READY;
            }
        }
        try {
            while (true) {
                waiter.arm(scheduler.current());
                int now = progress.getAsInt();
                if (now != WAITING || scheduler.isGivingUp(deadlineNs)) {
                    return now == READY;
                }
                scheduler.park(this, waiter == collector ? netted(deadlineNs) : deadlineNs);
            }
        } finally {
            waiter.disarm();
            if (waiter == collector) {
                isCollectorSound = false;
            }
        }
    }

    /// Platform workers do not wake the collector for every result, so it looks for itself; but not
    /// while there is nothing inside, and then they wake it for the first one.
    private long netted(long deadlineNs) {
        if (kind == StrandKind.VIRTUAL) {
            return deadlineNs;
        }
        isCollectorSound = true;
        VarHandle.fullFence();
        if (size() == 0) {
            return deadlineNs;
        }
        isCollectorSound = false;
        return Scheduler.earlier(deadlineNs, scheduler.nanoTime() + NET_NS);
    }
}
