// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.channel.Scheduler;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// A hashed timer wheel: deadlines in slots by their tick, in `O(1)` in and out. Any strand may put
/// deadlines in and take them back, without a lock; one strand at a time turns it.
final class Wheel {
    /*
     * Scheme 6 of G. Varghese and T. Lauck, "Hashed and Hierarchical Timing Wheels: Data Structures
     * for the Efficient Implementation of a Timer Facility", SOSP 1987: a slot holds the deadlines
     * of all ticks that are equal modulo the number of slots, unsorted. We differ in three things.
     *
     * No interrupt comes at each tick; the strand that turns the wheel sleeps until something is
     * due, so each slot knows a lower bound of its ticks. A deadline keeps its time instead of a
     * count of rounds, so that a wheel that turned late needs no correction.
     *
     * And a slot is a stack that is pushed to or taken whole (R. K. Treiber, "Systems Programming:
     * Coping with Parallelism", IBM 1986), so that arming and turning never wait for each other.
     * Who arms pushes first and lowers the bound then; who turns raises the bound first and takes
     * the stack then, and lowers the bound for what it puts back. So no deadline is ever in a slot
     * whose bound stays above it. Taking a deadline back does not touch the list: the empty link
     * stays until the slot is swept, for its next deadline or because too many of its links are
     * empty.
     */

    /// A tick that never comes.
    static final long NEVER = Long.MAX_VALUE;

    /// About so many empty links, of 32 bytes, may lie in a slot.
    static final int MOST_EMPTY = 512;

    /// One of so many links is counted when it is emptied, for all of them: a counter that every
    /// strand writes would cost more than the rest of disarming.
    static final int SAMPLE = 16;

    /// Before all ticks.
    static final long AT_ONCE = -1;

    private final Scheduler scheduler;
    private final long originNs;
    private final long tickNs;
    private final AtomicReferenceArray<@Nullable WheelNode> heads;
    private final AtomicLongArray earliest;

    /// Samples of emptied links in the slot since it was swept; counted without atomicity, since a
    /// lost count only delays a sweep.
    private final AtomicIntegerArray emptied;

    /// Links that the last sweep of the slot left in it. Approximate likewise.
    private final AtomicIntegerArray kept;

    private long turnedTo = -1;

    /// @param slots a power of two
    /// @param originNs elapsed time of tick 0
    Wheel(Scheduler scheduler, int slots, long originNs, long tickNs) {
        this.scheduler = scheduler;
        this.originNs = originNs;
        this.tickNs = tickNs;
        heads = new AtomicReferenceArray<>(slots);
        earliest = new AtomicLongArray(slots);
        emptied = new AtomicIntegerArray(slots);
        kept = new AtomicIntegerArray(slots);
        for (int i = 0; i < slots; i++) {
            earliest.setPlain(i, NEVER);
        }
    }

    /// Adds a deadline. One for a tick that is over comes at the next turn.
    ///
    /// @return the tick at which it comes
    long arm(WheelNode node) {
        long tick = tickOf(node.deadlineNs);
        int slot = slotOf(tick);
        node.slot = (short) slot;
        scheduler.point(this);
        push(slot, node, node);
        scheduler.point(this);
        lower(slot, tick);
        return tick;
    }

    /// Counts a link that was emptied.
    ///
    /// @return whether its slot is to be swept at the next turn, which is due at once
    boolean emptied(WheelNode node) {
        if (node.number % SAMPLE != 0) {
            return false;
        }
        int count = emptied.getOpaque(node.slot) + SAMPLE;
        emptied.setOpaque(node.slot, count);
        if (count < Math.max(MOST_EMPTY, kept.getOpaque(node.slot))) {
            return false;
        }
        emptied.setOpaque(node.slot, 0);
        lower(node.slot, AT_ONCE);
        return true;
    }

    /// Takes out what is due at `tick` or before.
    ///
    /// @return the first of them, the others by `next`; tick by tick and in the order in which they
    ///   were armed, unless the last turn was more than a round ago; null when nothing is due
    @Nullable WheelNode turn(long tick) {
        Links due = new Links();
        for (int i = 1; i <= heads.length(); i++) {
            int slot = slotOf(turnedTo + i);
            if (earliest.get(slot) <= tick) {
                sweep(slot, tick, due);
            }
        }
        turnedTo = Math.max(turnedTo, tick);
        return due.first;
    }

    /// Lets go of everything.
    void clear() {
        for (int slot = 0; slot < heads.length(); slot++) {
            if (heads.get(slot) != null) {
                earliest.set(slot, NEVER);
                heads.set(slot, null);
            }
        }
    }

    /// No deadline inside comes before this tick; [#NEVER] when there is none.
    long earliestTick() {
        long min = NEVER;
        for (int slot = 0; slot < heads.length(); slot++) {
            min = Math.min(min, earliest.get(slot));
        }
        return min;
    }

    /// The tick that has come at a time.
    long tickAt(long nowNs) {
        return Math.floorDiv(nowNs - originNs, tickNs);
    }

    /// When a tick comes.
    long timeOf(long tick) {
        return originNs + tick * tickNs;
    }

    private long tickOf(long deadlineNs) {
        return Math.max(0, -Math.floorDiv(originNs - deadlineNs, tickNs));
    }

    private void sweep(int slot, long tick, Links due) {
        earliest.set(slot, NEVER);
        scheduler.point(this);
        WheelNode node = heads.getAndSet(slot, null);
        emptied.setOpaque(slot, 0);
        long nowNs = timeOf(tick);
        Links dueHere = new Links();
        Links later = new Links();
        while (node != null) {
            WheelNode next = node.next;
            node.next = null;
            if (node.isArmed() && node.deadlineNs - nowNs <= 0) {
                dueHere.addFirst(node); // the stack has the youngest on top
            } else if (node.isArmed()) {
                later.addLast(node);
            }
            node = next;
        }
        due.addAll(dueHere);
        putBack(slot, later);
    }

    private void putBack(int slot, Links links) {
        kept.setOpaque(slot, links.count);
        WheelNode first = links.first;
        WheelNode last = links.last;
        if (first != null && last != null) {
            scheduler.point(this);
            push(slot, first, last);
            scheduler.point(this);
            lower(slot, tickOf(links.earliestNs));
        }
    }

    /// Puts a list of links onto the stack of a slot.
    private void push(int slot, WheelNode first, WheelNode last) {
        WheelNode head;
        do {
            head = heads.get(slot);
            last.next = head;
            last.number = head == null ? 0 : (short) (head.number + 1);
        } while (!heads.compareAndSet(slot, head, first));
    }

    private void lower(int slot, long tick) {
        long seen = earliest.get(slot);
        while (tick < seen && !earliest.compareAndSet(slot, seen, tick)) {
            seen = earliest.get(slot);
        }
    }

    private int slotOf(long tick) {
        return (int) tick & (heads.length() - 1);
    }

    /// Links that were taken out, in order.
    private static final class Links {
        @Nullable WheelNode first;
        @Nullable WheelNode last;
        int count;
        long earliestNs;

        void addFirst(WheelNode node) {
            node.next = first;
            first = node;
            last = last == null ? node : last;
        }

        void addLast(WheelNode node) {
            if (last == null) {
                first = node;
            } else {
                last.next = node;
            }
            last = node;
            earliestNs =
                    count == 0 || node.deadlineNs - earliestNs < 0 ? node.deadlineNs : earliestNs;
            count++;
        }

        void addAll(Links others) {
            if (last == null) {
                first = others.first;
            } else {
                last.next = others.first;
            }
            last = others.last == null ? last : others.last;
        }
    }
}
