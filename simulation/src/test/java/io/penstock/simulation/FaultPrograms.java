// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import io.penstock.channel.Cell;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.util.ArrayList;
import java.util.List;

/// For each fault a small program on the copy that holds it, which says what must hold. On a copy
/// without the fault each runs through in every schedule.
final class FaultPrograms {
    private static final long FOREVER = Scheduler.NO_DEADLINE;
    private static final long NS_IN_MS = 1_000_000;

    private FaultPrograms() {}

    /// The program that shows the fault, with another fault or none planted.
    static SimulatedScheduler.Body showing(Fault shown, Fault planted) {
        return switch (shown) {
            case WAKES_BEFORE_PUBLISHING -> scheduler -> answers(scheduler, planted);
            case NONE,
                    PARKS_WITHOUT_LOOKING,
                    TRUSTS_THE_WAKE_UP,
                    ENDS_WITHOUT_WAKING,
                    ENDS_BEFORE_PUBLISHING,
                    LOOKS_FOR_THE_END_LAST,
                    TELLS_TOO_SELDOM,
                    ARMS_AFTER_LOOKING ->
                    scheduler -> handsOver(scheduler, planted);
            case CANCELS_ONE_SIDE -> scheduler -> cancelsARing(scheduler, planted);
            case DROPS_WITHOUT_CLAIMING -> scheduler -> dropsOldest(scheduler, planted);
            case TIMEOUT_FORGETS_THE_VALUE ->
                    scheduler -> receivesInTime(scheduler, planted, false);
            case INTERRUPT_FORGETS_THE_VALUE ->
                    scheduler -> receivesInTime(scheduler, planted, true);
            case TIMEOUT_KEEPS_THE_SIGNAL -> scheduler -> sendsInTime(scheduler, planted);
            case ROOM_GIVEN_BACK_EARLY, SENDERS_COUNTED_IN_TWO_STEPS, END_WAKES_ONE ->
                    scheduler -> sharesAChannel(scheduler, planted);
            case MERGES_IN_TWO_STEPS -> scheduler -> conflates(scheduler, planted);
            case ONE_WAKE_FOR_A_BATCH -> scheduler -> sharesABatch(scheduler, planted);
            case TAKES_WITHOUT_LOOKING -> scheduler -> excludes(scheduler, planted);
            case TIMEOUT_LEAVES_THE_GRANT -> scheduler -> locksInTime(scheduler, planted);
            case ENDS_BEFORE_THE_RESULT -> scheduler -> gathers(scheduler, planted);
            case FORKS_PAST_THE_CANCEL -> scheduler -> cancelsAFork(scheduler, planted);
            case TIMEOUT_AND_RESULT -> scheduler -> endsOnce(scheduler, planted);
            case PERMIT_BACK_AT_THE_DEADLINE -> scheduler -> keepsPermits(scheduler, planted);
            case LOSES_A_HOOK -> scheduler -> runsHooks(scheduler, planted);
        };
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    // ----------------------------------------------------------------- rings

    private static void handsOver(SimulatedScheduler scheduler, Fault fault) {
        CopiedRing ring = new CopiedRing(2, false, scheduler, fault);
        List<Object> got = new ArrayList<>();
        Strand receiver =
                scheduler.start(
                        "receiver",
                        StrandKind.VIRTUAL,
                        () -> {
                            for (Object item = ring.receive(); item != null; ) {
                                got.add(item);
                                item = ring.receive();
                            }
                        });
        for (int i = 0; i < 4; i++) {
            ring.send(i);
        }
        ring.append(4);
        ring.done();
        scheduler.join(receiver, FOREVER);
        require(got.equals(List.of(0, 1, 2, 3, 4)), "all items in order");
    }

    private static void answers(SimulatedScheduler scheduler, Fault fault) {
        CopiedRing questions = new CopiedRing(1, false, scheduler, fault);
        CopiedRing answers = new CopiedRing(1, false, scheduler, fault);
        scheduler.start(
                "server",
                StrandKind.VIRTUAL,
                () -> {
                    for (Object item = questions.receive(); item != null; ) {
                        answers.send(item);
                        item = questions.receive();
                    }
                });
        for (int i = 0; i < 2; i++) {
            questions.send(i);
            require(Integer.valueOf(i).equals(answers.receive()), "an answer to each question");
        }
        questions.done();
    }

    private static void cancelsARing(SimulatedScheduler scheduler, Fault fault) {
        CopiedRing ring = new CopiedRing(1, false, scheduler, fault);
        Strand sender =
                scheduler.start(
                        "sender",
                        StrandKind.VIRTUAL,
                        () -> {
                            boolean isTaken = true;
                            for (int i = 0; i < 3 && isTaken; i++) {
                                isTaken = ring.send(i);
                            }
                        });
        ring.receive();
        ring.cancel();
        scheduler.join(sender, FOREVER);
    }

    private static void dropsOldest(SimulatedScheduler scheduler, Fault fault) {
        CopiedRing ring = new CopiedRing(2, true, scheduler, fault);
        Strand receiver =
                scheduler.start(
                        "receiver",
                        StrandKind.VIRTUAL,
                        () -> {
                            int last = -1;
                            for (Object item = ring.receive(); item != null; ) {
                                require((int) item > last, "in order");
                                last = (int) item;
                                item = ring.receive();
                            }
                        });
        for (int i = 0; i < 4; i++) {
            ring.send(i);
        }
        ring.done();
        scheduler.join(receiver, FOREVER);
        require(ring.sent() == ring.received + ring.dropped, "sent = received + dropped");
    }

    // -------------------------------------------------------------- channels

    private static void receivesInTime(
            SimulatedScheduler scheduler, Fault fault, boolean interrupts) {
        CopiedChannel channel = new CopiedChannel(1, 1, scheduler, fault);
        long deadlineNs = interrupts ? FOREVER : scheduler.nanoTime() + 10 * NS_IN_MS;
        List<Object> got = new ArrayList<>();
        Strand receiver =
                scheduler.start(
                        "receiver",
                        StrandKind.VIRTUAL,
                        () -> {
                            Object item = channel.receive(deadlineNs);
                            scheduler.clearInterrupt();
                            while (item == null) {
                                item = channel.receive(FOREVER);
                            }
                            got.add(item);
                        });
        if (interrupts) {
            scheduler.interrupt(receiver);
        } else {
            Programs.sleep(scheduler, 10);
        }
        channel.send("value", FOREVER);
        scheduler.join(receiver, FOREVER);
        require(got.equals(List.of("value")), "the value arrives");
    }

    private static void sendsInTime(SimulatedScheduler scheduler, Fault fault) {
        CopiedChannel channel = new CopiedChannel(1, 2, scheduler, fault);
        channel.send(0, FOREVER);
        long deadlineNs = scheduler.nanoTime() + 10 * NS_IN_MS;
        boolean[] inTime = new boolean[1];
        Strand impatient =
                scheduler.start(
                        "impatient",
                        StrandKind.VIRTUAL,
                        () -> inTime[0] = channel.send(1, deadlineNs));
        Strand patient =
                scheduler.start("patient", StrandKind.VIRTUAL, () -> channel.send(2, FOREVER));
        Programs.sleep(scheduler, 10);
        channel.receive(FOREVER);
        scheduler.join(impatient, FOREVER);
        if (inTime[0]) {
            channel.receive(FOREVER);
        }
        scheduler.join(patient, FOREVER);
    }

    private static void sharesAChannel(SimulatedScheduler scheduler, Fault fault) {
        CopiedChannel channel = new CopiedChannel(2, 2, scheduler, fault);
        int[] sum = {0};
        Runnable sender =
                () -> {
                    for (int i = 1; i <= 3; i++) {
                        channel.send(i, FOREVER);
                    }
                    channel.senderDone();
                };
        Runnable receiver =
                () -> {
                    for (Object item = channel.receive(FOREVER); item != null; ) {
                        sum[0] += (int) item;
                        item = channel.receive(FOREVER);
                    }
                };
        Programs.together(scheduler, sender, sender, receiver, receiver);
        require(sum[0] == 12, "each item once");
        require(channel.highWater <= 2, "never more inside than the capacity");
    }

    private static void conflates(SimulatedScheduler scheduler, Fault fault) {
        CopiedChannel channel = new CopiedChannel(1, 1, scheduler, fault);
        Runnable sender =
                () -> {
                    channel.conflate(1, (a, b) -> (int) a + (int) b);
                    channel.conflate(1, (a, b) -> (int) a + (int) b);
                };
        Programs.together(scheduler, sender, sender);
        Object total = channel.receive(FOREVER);
        require(total != null && (int) total == 4, "every update counts");
    }

    private static void sharesABatch(SimulatedScheduler scheduler, Fault fault) {
        CopiedChannel channel = new CopiedChannel(2, 1, scheduler, fault);
        Runnable receiver = () -> channel.receive(FOREVER);
        Programs.together(scheduler, receiver, receiver, () -> channel.sendAll(1, 2));
    }

    // --------------------------------------------------------------- mutexes

    private static void excludes(SimulatedScheduler scheduler, Fault fault) {
        CopiedMutex mutex = new CopiedMutex(scheduler, fault);
        Cell<Integer> inside = new Cell<>("inside", 0, scheduler);
        Runnable user =
                () -> {
                    mutex.tryLock(FOREVER);
                    require(inside.update(count -> count + 1) == 1, "one at a time");
                    inside.update(count -> count - 1);
                    mutex.unlock();
                };
        Programs.together(scheduler, user, user);
    }

    private static void locksInTime(SimulatedScheduler scheduler, Fault fault) {
        CopiedMutex mutex = new CopiedMutex(scheduler, fault);
        mutex.tryLock(FOREVER);
        long deadlineNs = scheduler.nanoTime() + 10 * NS_IN_MS;
        Runnable user =
                () -> {
                    if (mutex.tryLock(deadlineNs)) {
                        mutex.unlock();
                    }
                };
        Strand strand = scheduler.start("user", StrandKind.VIRTUAL, user);
        Programs.sleep(scheduler, 10);
        mutex.unlock();
        scheduler.join(strand, FOREVER);
        mutex.tryLock(FOREVER);
    }

    // ---------------------------------------------------------------- scopes

    private static void gathers(SimulatedScheduler scheduler, Fault fault) {
        CopiedScope scope = new CopiedScope(2, scheduler, fault);
        CopiedScope.Task one = scope.fork(() -> "one");
        CopiedScope.Task two = scope.fork(() -> "two");
        scope.join();
        require("one".equals(one.result) && "two".equals(two.result), "results after the join");
    }

    private static void cancelsAFork(SimulatedScheduler scheduler, Fault fault) {
        CopiedScope scope = new CopiedScope(1, scheduler, fault);
        Strand canceller = scheduler.start("canceller", StrandKind.VIRTUAL, scope::cancel);
        scope.fork(
                () -> {
                    while (!scheduler.isInterrupted()) {
                        scheduler.park("work that only an interrupt ends", FOREVER);
                    }
                    return "interrupted";
                });
        scheduler.join(canceller, FOREVER);
        scope.join();
    }

    private static void endsOnce(SimulatedScheduler scheduler, Fault fault) {
        CopiedScope scope = new CopiedScope(1, scheduler, fault);
        CopiedScope.Task task =
                scope.fork(
                        () -> {
                            Programs.sleep(scheduler, 10);
                            return "result";
                        });
        Programs.sleep(scheduler, 10);
        scope.timeOut(task);
        scope.join();
        require(task.told == 1, "result or timeout, not both");
        require(task.isOk() == (task.result != null), "a result where it is ok");
    }

    private static void keepsPermits(SimulatedScheduler scheduler, Fault fault) {
        CopiedScope scope = new CopiedScope(1, scheduler, fault);
        Cell<Integer> working = new Cell<>("working", 0, scheduler);
        CopiedScope.Task[] tasks = new CopiedScope.Task[2];
        for (int i = 0; i < tasks.length; i++) {
            int self = i;
            Cell<Boolean> isReady = new Cell<>("ready", false, scheduler);
            tasks[i] =
                    scope.fork(
                            () -> {
                                while (!isReady.get()) {
                                    scheduler.park(isReady, scheduler.nanoTime() + NS_IN_MS);
                                }
                                if (scope.take(tasks[self])) {
                                    int at = working.update(count -> count + 1);
                                    require(at == 1, "no more at work than permits");
                                    Programs.sleep(scheduler, 2);
                                    working.update(count -> count - 1);
                                    scope.giveBack(tasks[self]);
                                }
                                return "done";
                            });
            isReady.set(true);
        }
        Programs.sleep(scheduler, 1);
        scope.timeOut(tasks[0]);
        scope.join();
    }

    private static void runsHooks(SimulatedScheduler scheduler, Fault fault) {
        CopiedScope scope = new CopiedScope(1, scheduler, fault);
        int[] runs = {0};
        Strand canceller = scheduler.start("canceller", StrandKind.VIRTUAL, scope::cancel);
        scope.onCancel(() -> runs[0]++);
        scheduler.join(canceller, FOREVER);
        require(runs[0] == 1, "the hook runs once");
    }
}
