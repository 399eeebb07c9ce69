// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import io.penstock.channel.Strand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A strand of a simulated run: a virtual thread that runs while it holds the baton and otherwise
/// waits for it.
///
/// All fields but the baton are read and written by the holder of the baton only; the baton is a
/// volatile flag, so whoever gets it sees what the one before did.
///
/// Its thread has it as its handler of uncaught exceptions: there the scheduler of the machine
/// finds it, refuses to work for it, and tells it so.
final class SimulatedStrand implements Strand, Thread.UncaughtExceptionHandler {
    private static final StackTraceElement[] NO_FRAMES = {};

    final int id;
    private final String name;
    private final @Nullable Runnable body;
    private final BiConsumer<SimulatedStrand, Throwable> failures;

    /// Made by the strand that starts it, whose thread-locals it may inherit; started when it gets
    /// the baton for the first time.
    private final Thread thread;

    private volatile boolean hasBaton;
    boolean isStarted;
    boolean isAlive = true;
    boolean isParked;
    boolean permit;

    /// Whether it waits for another one to end, which takes no permit and is not ended by one.
    boolean isJoining;

    /// The interrupt flag while it does not hold the baton; while it does, the thread's own counts,
    /// so that foreign code sees it too.
    boolean interrupted;

    long deadlineNs;

    /// Its place among the timers, or -1.
    int timerPlace = -1;

    /// What it parks on, or null.
    @Nullable Object blocker;

    /// Where a strategy ranks it; 0 as long as it does not.
    double priority;

    /// What its next operation is on; null when nobody knows.
    @Nullable Object pending;

    /// Times in a row that it has offered its place.
    int yields;

    /// How often it was taken at its word in [#streak], one of the [Turns].
    int tired;

    long streak;

    /// Times that it asked for something after the run had ended.
    int unwindings;

    @Nullable SimulatedStrand previous;
    @Nullable SimulatedStrand next;
    private @Nullable List<SimulatedStrand> joiners;

    private SimulatedStrand(
            int id,
            String name,
            @Nullable Runnable body,
            BiConsumer<SimulatedStrand, Throwable> failures) {
        this.id = id;
        this.name = name;
        this.body = body;
        this.failures = failures;
        thread =
                body == null
                        ? Thread.currentThread()
                        : Thread.ofVirtual().name(name).unstarted(this::runBody);
        thread.setUncaughtExceptionHandler(this);
    }

    /// A strand with a thread of its own, which ends with `body`.
    ///
    /// @param failures is told of what fails in the strand beside its body
    static SimulatedStrand of(
            int id, String name, Runnable body, BiConsumer<SimulatedStrand, Throwable> failures) {
        return new SimulatedStrand(id, name, body, failures);
    }

    /// The strand of the thread that calls, which has the baton.
    static SimulatedStrand ofCaller(
            int id, String name, BiConsumer<SimulatedStrand, Throwable> failures) {
        SimulatedStrand strand = new SimulatedStrand(id, name, null, failures);
        strand.isStarted = true;
        return strand;
    }

    @SuppressWarnings(
            "ReferenceEquality") // threads have an identity only; asked at every operation
    boolean isCaller() {
        return Thread.currentThread() == thread;
    }

    /// Hands it the baton. The caller must not touch anything of the run afterwards.
    void grant() {
        hasBaton = true;
        if (isStarted) {
            LockSupport.unpark(thread);
            return;
        }
        isStarted = true;
        thread.start();
    }

    /// Keeps the caller's interrupt flag for the time that it waits for the baton, while a thread
    /// whose flag is set would not park. To be called before the baton is handed on: from then on
    /// others may set it.
    void keepInterrupt() {
        interrupted = Thread.interrupted();
    }

    /// Waits, as the caller, for the baton.
    void await() {
        boolean wasShaken = false;
        while (!hasBaton) {
            LockSupport.park(this);
            wasShaken |= Thread.interrupted();
        }
        hasBaton = false;
        if (interrupted || wasShaken) {
            Thread.currentThread().interrupt();
        }
    }

    private void runBody() {
        hasBaton = false;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (body != null) {
            body.run();
        }
    }

    boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }

    boolean clearInterrupt() {
        return Thread.interrupted();
    }

    /// Sets the flag of a strand, which may be the caller.
    void interrupt() {
        if (isCaller()) {
            Thread.currentThread().interrupt();
        } else {
            interrupted = true;
        }
    }

    /// Interrupts whatever its thread does outside the scheduler. For the watchdog.
    void shake() {
        thread.interrupt();
    }

    /// What its thread does. For the watchdog.
    Thread.State threadState() {
        return thread.getState();
    }

    /// Whether its thread waits here, for its turn, which may be on its way. For the watchdog.
    @SuppressWarnings("ReferenceEquality") // this strand, not one like it
    boolean isAwaiting() {
        return LockSupport.getBlocker(thread) == this;
    }

    /// Waits for ever: its program does not let itself be ended.
    void strand() {
        while (true) {
            LockSupport.park(this);
        }
    }

    void addJoiner(SimulatedStrand joiner) {
        if (joiners == null) {
            joiners = new ArrayList<>();
        }
        joiners.add(joiner);
    }

    /// Who has given up must not be woken from what it waits for later.
    void removeJoiner(SimulatedStrand joiner) {
        if (joiners != null) {
            joiners.remove(joiner);
        }
    }

    List<SimulatedStrand> joiners() {
        return joiners == null ? List.of() : joiners;
    }

    /// Its name in reports: unique in the run.
    String label() {
        return "T" + id + "(" + name + ")";
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        failures.accept(this, failure);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isAlive() {
        return isAlive;
    }

    @Override
    public StackTraceElement[] stackTrace() {
        return isAlive ? thread.getStackTrace() : NO_FRAMES;
    }

    @Override
    public String toString() {
        return name;
    }
}
