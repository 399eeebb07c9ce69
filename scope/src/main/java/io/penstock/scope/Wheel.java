// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A hashed timer wheel: deadlines in slots by their tick, in `O(1)` in and out. Counts ticks and
/// knows no time. Safe for use by any strand; no lock is held while a deadline is told.
final class Wheel {
    /*
     * Scheme 6 of G. Varghese and T. Lauck, "Hashed and Hierarchical Timing Wheels: Data Structures
     * for the Efficient Implementation of a Timer Facility", SOSP 1987: a slot holds the deadlines
     * of all ticks that are equal modulo the number of slots, unsorted. We differ in two things. No
     * interrupt comes at each tick; the strand that turns the wheel sleeps until something is due,
     * so each slot knows a lower bound of its ticks. And a deadline keeps its tick instead of a
     * count of rounds, so that a wheel that turned late needs no correction.
     */

    /// A tick that never comes.
    static final long NEVER = Long.MAX_VALUE;

    private static final int TRIES = 32;

    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable WheelNode[] heads;

    /// No deadline in the slot is earlier; exact when the slot is empty (NEVER).
    private final long[] earliest;

    private long turnedTo = -1;

    /// @param slots a power of two
    Wheel(int slots) {
        heads = new WheelNode[slots];
        earliest = new long[slots];
        Arrays.fill(earliest, NEVER);
    }

    /// Adds a deadline. One for a tick that is over comes at the next tick.
    ///
    /// @return the tick at which it comes
    long arm(WheelNode node, long tick) {
        node.wheel = this;
        node.arm();
        lock();
        try {
            node.tick = Math.max(tick, turnedTo + 1);
            node.linked = true;
            link(node);
            return node.tick;
        } finally {
            lock.unlock();
        }
    }

    /// Takes a deadline back. When others are at the wheel it stays inside, without effect, until
    /// its tick: nobody waits in order to disarm.
    ///
    /// @return false when it was told, is about to be, or was taken back before
    boolean disarm(WheelNode node) {
        if (!node.claim()) {
            return false;
        }
        if (tryLock()) {
            try {
                if (node.linked) {
                    unlink(node);
                }
            } finally {
                lock.unlock();
            }
        }
        return true;
    }

    /// Takes out what is due at `tick` or before.
    ///
    /// @return the first of them, the others by `next`; tick by tick, unless the last turn was more
    ///   than a round ago; null when nothing is due
    @Nullable WheelNode turn(long tick) {
        lock.lock();
        try {
            Due due = new Due();
            // After a whole round every slot was looked at, whatever the distance.
            long from = Math.max(turnedTo + 1, tick - heads.length + 1);
            for (long t = from; t <= tick; t++) {
                sweep(slotOf(t), tick, due);
            }
            turnedTo = Math.max(turnedTo, tick);
            return due.first;
        } finally {
            lock.unlock();
        }
    }

    /// No deadline inside comes before this tick; [#NEVER] when there is none.
    long earliestTick() {
        lock.lock();
        try {
            long min = NEVER;
            for (long tick : earliest) {
                min = Math.min(min, tick);
            }
            return min;
        } finally {
            lock.unlock();
        }
    }

    /// What is done under the lock takes tens of nanoseconds, waking a thread thousands: try again
    /// before waiting.
    private void lock() {
        if (!tryLock()) {
            lock.lock();
        }
    }

    private boolean tryLock() {
        for (int i = 0; i < TRIES; i++) {
            if (lock.tryLock()) {
                return true;
            }
        }
        return false;
    }

    private void sweep(int slot, long tick, Due due) {
        if (earliest[slot] > tick) {
            return;
        }
        long min = NEVER;
        WheelNode node = heads[slot];
        while (node != null) {
            WheelNode next = node.next;
            if (node.tick <= tick) {
                unlink(node);
                due.add(node);
            } else if (!node.isArmed()) {
                unlink(node);
            } else {
                min = Math.min(min, node.tick);
            }
            node = next;
        }
        earliest[slot] = min;
    }

    private void link(WheelNode node) {
        int slot = slotOf(node.tick);
        WheelNode head = heads[slot];
        node.next = head;
        if (head != null) {
            head.previous = node;
        }
        heads[slot] = node;
        earliest[slot] = Math.min(earliest[slot], node.tick);
    }

    private void unlink(WheelNode node) {
        WheelNode previous = node.previous;
        WheelNode next = node.next;
        if (next != null) {
            next.previous = previous;
        }
        if (previous != null) {
            previous.next = next;
        } else {
            int slot = slotOf(node.tick);
            heads[slot] = next;
            if (next == null) {
                earliest[slot] = NEVER;
            }
        }
        node.linked = false;
        node.previous = null;
        node.next = null;
    }

    private int slotOf(long tick) {
        return (int) tick & (heads.length - 1);
    }

    /// What a turn took out, in order.
    private static final class Due {
        @Nullable WheelNode first;
        @Nullable WheelNode last;

        void add(WheelNode node) {
            if (last == null) {
                first = node;
            } else {
                last.next = node;
            }
            last = node;
        }
    }
}
