// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import io.penstock.channel.Scheduler;
import io.penstock.channel.StrandKind;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Wraps parts of a program so that they go wrong now and then, as a choice of the scheduler: a
/// stage throws or stalls, an edge is full, a message is lost, doubled or delayed.
///
/// Each call of what is wrapped asks [Scheduler#choose] first. On the machine the answer is always
/// the ordinary course, so wrapped parts behave as if they were not; a simulation takes another one
/// as often as [Simulation#faults] says, and a failure replays with its faults. The wrappers nest.
/// They have no state and are safe for use by any strand of the scheduler.
public final class Faults {
    /// Lengths of a stall or a delay that are tried.
    private static final int LENGTHS = 3;

    private final Scheduler scheduler;

    private Faults(Scheduler scheduler) {
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
    }

    /// Faults that the scheduler chooses.
    public static Faults by(Scheduler scheduler) {
        return new Faults(scheduler);
    }

    // ---------------------------------------------------------------- stages

    /// A function that may throw instead of being called.
    ///
    /// @param what in the words of a report, such as `the price is not to be had`
    /// @param failure makes what is thrown, anew each time
    public <T, R> Function<T, R> throwing(
            String what,
            Supplier<? extends RuntimeException> failure,
            Function<? super T, ? extends R> function) {
        return item -> {
            if (scheduler.choose(2, what) != 0) {
                throw failure.get();
            }
            return function.apply(item);
        };
    }

    /// A function that may wait before it is called. An interrupt ends the wait; the flag stays
    /// set.
    ///
    /// @param most the longest wait, in time of the scheduler
    public <T, R> Function<T, R> stalling(
            String what, Duration most, Function<? super T, ? extends R> function) {
        long mostNs = checked(most);
        return item -> {
            stall(what, mostNs);
            return function.apply(item);
        };
    }

    /// A supplier, such as a source, that may wait before it gives. An interrupt ends the wait.
    ///
    /// @param most the longest wait, in time of the scheduler
    public <T> Supplier<T> stalling(String what, Duration most, Supplier<? extends T> supplier) {
        long mostNs = checked(most);
        return () -> {
            stall(what, mostNs);
            return supplier.get();
        };
    }

    // ----------------------------------------------------------------- edges

    /// An offer, such as `Channel::trySend`, that may be refused without being made, as by an edge
    /// that is full at that moment.
    public <T> Predicate<T> full(String what, Predicate<? super T> offer) {
        return item -> scheduler.choose(2, what) == 0 && offer.test(item);
    }

    // ------------------------------------------------------------- transport

    /// A way for messages that may lose one.
    public <T> Consumer<T> losing(String what, Consumer<? super T> to) {
        return message -> {
            if (scheduler.choose(2, what) == 0) {
                to.accept(message);
            }
        };
    }

    /// A way for messages that may hand one on twice.
    public <T> Consumer<T> doubling(String what, Consumer<? super T> to) {
        return message -> {
            to.accept(message);
            if (scheduler.choose(2, what) != 0) {
                to.accept(message);
            }
        };
    }

    /// A way for messages that may hand one on later, on a strand of its own, so that others
    /// overtake it. The strand ends when it has handed the message on.
    ///
    /// @param most the longest delay, in time of the scheduler
    public <T> Consumer<T> delaying(String what, Duration most, Consumer<? super T> to) {
        long mostNs = checked(most);
        return message -> {
            int length = scheduler.choose(LENGTHS + 1, what);
            if (length == 0) {
                to.accept(message);
                return;
            }
            long untilNs = scheduler.nanoTime() + partOf(mostNs, length);
            scheduler.start(
                    what,
                    StrandKind.VIRTUAL,
                    () -> {
                        awaitTime(untilNs);
                        to.accept(message);
                    });
        };
    }

    // ---------------------------------------------------------------- inside

    private void stall(String what, long mostNs) {
        int length = scheduler.choose(LENGTHS + 1, what);
        if (length > 0) {
            awaitTime(scheduler.nanoTime() + partOf(mostNs, length));
        }
    }

    /// A part of the longest wait; the last is all of it.
    private static long partOf(long mostNs, int length) {
        return length == LENGTHS ? mostNs : mostNs / LENGTHS * length;
    }

    private void awaitTime(long untilNs) {
        while (scheduler.nanoTime() - untilNs < 0 && !scheduler.isInterrupted()) {
            scheduler.park(this, untilNs);
        }
    }

    private static long checked(Duration most) {
        if (most.isNegative()) {
            throw new IllegalArgumentException("a wait must not be negative: most=" + most);
        }
        return most.toNanos();
    }
}
