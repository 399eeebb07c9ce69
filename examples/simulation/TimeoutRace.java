// SPDX-License-Identifier: Apache-2.0

import io.penstock.channel.Cell;
import io.penstock.channel.Channel;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.simulation.SimulatedScheduler;
import io.penstock.simulation.Simulation;
import java.util.function.Predicate;

/// A request is answered after 99 ms and times out after 100. Broken: both look whether the other
/// has answered, and then answer; on a machine that stalls for a millisecond two answers are sent.
/// Fixed: looking and saying so is one step.
public final class TimeoutRace {
    private static final long MS = 1_000_000;

    private TimeoutRace() {}

    public static void broken(SimulatedScheduler scheduler) {
        request(
                scheduler,
                answered -> {
                    if (answered.get()) {
                        return false;
                    }
                    answered.set(true);
                    return true;
                });
    }

    public static void fixed(SimulatedScheduler scheduler) {
        request(scheduler, answered -> answered.compareAndSet(false, true));
    }

    /// @param isFirst whether an answer is the first one
    private static void request(Scheduler scheduler, Predicate<Cell<Boolean>> isFirst) {
        Channel<String> answers =
                Channel.<String>builder("answers", 2).scheduler(scheduler).build();
        Cell<Boolean> answered = new Cell<>("answered", false, scheduler);
        Strand work =
                scheduler.start(
                        "work",
                        StrandKind.VIRTUAL,
                        () -> {
                            sleep(scheduler, 99 * MS);
                            if (isFirst.test(answered)) {
                                answers.send("result");
                            }
                        });
        Strand timer =
                scheduler.start(
                        "timer",
                        StrandKind.VIRTUAL,
                        () -> {
                            sleep(scheduler, 100 * MS);
                            if (isFirst.test(answered)) {
                                answers.send("timeout");
                            }
                        });
        scheduler.join(work, Scheduler.NO_DEADLINE);
        scheduler.join(timer, Scheduler.NO_DEADLINE);
        if (answers.size() != 1) {
            throw new AssertionError("two answers to one request");
        }
    }

    private static void sleep(Scheduler scheduler, long timeNs) {
        long endNs = scheduler.nanoTime() + timeNs;
        while (endNs - scheduler.nanoTime() > 0) {
            scheduler.park("sleep", endNs);
        }
    }

    public static void main(String[] args) {
        Simulation.of(TimeoutRace::fixed).everyOperation().exhaustive(2).check();
        Simulation.of(TimeoutRace::broken)
                .named("TimeoutRace")
                .everyOperation()
                .seeds(5_000)
                .explore()
                .failure()
                .ifPresent(System.out::println);
    }
}
