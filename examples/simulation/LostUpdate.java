// SPDX-License-Identifier: Apache-2.0

import io.penstock.channel.Cell;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.simulation.SimulatedScheduler;
import io.penstock.simulation.Simulation;

/// Two strands add to a balance. Broken: between reading and writing the other one may do the same,
/// and one deposit is lost. Fixed: the addition is one step.
public final class LostUpdate {
    private LostUpdate() {}

    public static void broken(SimulatedScheduler scheduler) {
        Cell<Integer> balance = new Cell<>("balance", 0, scheduler);
        inTwoStrands(scheduler, () -> balance.set(balance.get() + 10));
        check(balance.get() == 20, "a deposit is lost");
    }

    public static void fixed(SimulatedScheduler scheduler) {
        Cell<Integer> balance = new Cell<>("balance", 0, scheduler);
        inTwoStrands(scheduler, () -> balance.update(before -> before + 10));
        check(balance.get() == 20, "a deposit is lost");
    }

    private static void inTwoStrands(Scheduler scheduler, Runnable body) {
        Strand one = scheduler.start("one", StrandKind.VIRTUAL, body);
        Strand two = scheduler.start("two", StrandKind.VIRTUAL, body);
        scheduler.join(one, Scheduler.NO_DEADLINE);
        scheduler.join(two, Scheduler.NO_DEADLINE);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    public static void main(String[] args) {
        Simulation.of(LostUpdate::fixed).everyOperation().exhaustive(2).check();
        Simulation.of(LostUpdate::broken)
                .named("LostUpdate")
                .everyOperation()
                .seeds(5_000)
                .explore()
                .failure()
                .ifPresent(System.out::println);
    }
}
