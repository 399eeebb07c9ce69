// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The strands of a run: those that live, and whoever waits for them. Safe for use by any strand.
final class Strands {
    /// A strand and what it runs.
    private static final class Member {
        final List<String> stages;
        volatile boolean hasEnded;
        volatile @org.jspecify.annotations.Nullable Strand strand;

        Member(List<String> stages) {
            this.stages = stages;
        }
    }

    private final Scheduler scheduler;
    private final Runnable onAllEnded;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Member> members = new ArrayList<>();
    private final List<Strand> waiting = new ArrayList<>();

    /// Strands that live, and those that [#hold] the end off; one for the start of the run.
    private int living = 1;

    private boolean interrupted;

    /// @param onAllEnded run once by the last strand, or by the last who held off the end, before
    ///   those who wait are woken
    Strands(Scheduler scheduler, Runnable onAllEnded) {
        this.scheduler = scheduler;
        this.onAllEnded = onAllEnded;
    }

    /// Starts a strand. Before the end of all others, the start of the run included.
    void start(String name, StrandKind kind, List<String> stages, Runnable body) {
        Member member = new Member(stages);
        lock.lock();
        try {
            members.add(member);
            living++;
        } finally {
            lock.unlock();
        }
        try {
            Strand strand = scheduler.start(name, kind, () -> run(member, body));
            member.strand = strand;
            if (isInterrupted() && !member.hasEnded) {
                scheduler.interrupt(strand);
            }
        } catch (RuntimeException | Error e) { // the machine has no more threads
            member.hasEnded = true;
            oneEnded();
            throw e;
        }
    }

    private void run(Member member, Runnable body) {
        member.strand = scheduler.current(); // who starts it may not have got so far
        try {
            body.run();
        } finally {
            member.hasEnded = true;
            oneEnded();
        }
    }

    /// All strands that the run begins with have been started.
    void started() {
        oneEnded();
    }

    /// Holds off the end while the caller still does something that belongs to it, until it calls
    /// [#letGo].
    ///
    /// @return false when all strands have ended: nothing is held off then
    boolean hold() {
        lock.lock();
        try {
            boolean isLiving = living > 0;
            living += isLiving ? 1 : 0;
            return isLiving;
        } finally {
            lock.unlock();
        }
    }

    /// Lets the end come.
    void letGo() {
        oneEnded();
    }

    private void oneEnded() {
        boolean last;
        lock.lock();
        try {
            living--;
            last = living == 0;
        } finally {
            lock.unlock();
        }
        if (last) {
            try {
                onAllEnded.run();
            } finally {
                wakeWaiting();
            }
        }
    }

    private boolean isInterrupted() {
        lock.lock();
        try {
            return interrupted;
        } finally {
            lock.unlock();
        }
    }

    /// Interrupts all strands, those that start later included, but not the caller.
    void interruptAll() {
        scheduler.point(this);
        List<Member> all;
        lock.lock();
        try {
            interrupted = true;
            all = List.copyOf(members);
        } finally {
            lock.unlock();
        }
        Strand self = scheduler.current();
        for (Member member : all) {
            Strand strand = member.strand;
            if (strand != null && !member.hasEnded && !strand.equals(self)) {
                scheduler.interrupt(strand);
            }
        }
    }

    /// Registers the caller to be woken by [#wakeWaiting].
    void addWaiting(Strand strand) {
        lock.lock();
        try {
            waiting.add(strand);
        } finally {
            lock.unlock();
        }
    }

    /// Takes that back.
    void removeWaiting(Strand strand) {
        lock.lock();
        try {
            waiting.remove(strand);
        } finally {
            lock.unlock();
        }
    }

    /// Wakes who waits, because all strands have ended or are to end.
    void wakeWaiting() {
        scheduler.point(this);
        List<Strand> all;
        lock.lock();
        try {
            all = List.copyOf(waiting);
        } finally {
            lock.unlock();
        }
        all.forEach(scheduler::unpark);
    }

    /// What a strand of the run runs; nothing when it is not one of them.
    List<String> stagesOn(Strand strand) {
        lock.lock();
        try {
            for (Member member : members) {
                if (strand.equals(member.strand)) {
                    return member.stages;
                }
            }
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the threads of strands that have finished are gone too.
    void joinAll(long deadlineNs) {
        List<Member> all;
        lock.lock();
        try {
            all = List.copyOf(members);
        } finally {
            lock.unlock();
        }
        Strand self = scheduler.current();
        for (Member member : all) {
            Strand strand = member.strand;
            if (strand != null && !strand.equals(self)) {
                scheduler.join(strand, deadlineNs);
            }
        }
    }

    /// What the strands that have not ended do now.
    List<StageDump> dumps() {
        List<Member> all;
        lock.lock();
        try {
            all = List.copyOf(members);
        } finally {
            lock.unlock();
        }
        List<StageDump> dumps = new ArrayList<>();
        for (Member member : all) {
            Strand strand = member.strand;
            if (strand != null && !member.hasEnded) {
                dumps.add(
                        new StageDump(member.stages, strand.name(), List.of(strand.stackTrace())));
            }
        }
        return dumps;
    }
}
