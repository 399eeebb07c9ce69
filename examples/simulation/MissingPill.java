// SPDX-License-Identifier: Apache-2.0

import io.penstock.channel.Cell;
import io.penstock.channel.Channel;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.simulation.SimulatedScheduler;
import io.penstock.simulation.Simulation;
import java.util.ArrayList;
import java.util.List;

/// Three consumers end when each has swallowed a poison pill. Broken: the producer sends one pill
/// for each consumer that has come so far; one that comes late waits for ever. Fixed: no pills, the
/// channel is done.
public final class MissingPill {
    private static final int PILL = -1;
    private static final int CONSUMERS = 3;
    private static final int ITEMS = 6;

    private MissingPill() {}

    public static void broken(SimulatedScheduler scheduler) {
        Channel<Integer> items =
                Channel.<Integer>builder("items", 2).scheduler(scheduler).build();
        Cell<Integer> consumers = new Cell<>("consumers", 0, scheduler);
        List<Strand> strands = new ArrayList<>();
        for (int i = 0; i < CONSUMERS; i++) {
            strands.add(
                    scheduler.start(
                            "consumer " + i,
                            StrandKind.VIRTUAL,
                            () -> {
                                consumers.update(count -> count + 1);
                                while (items.receive() != PILL) {
                                    // An item that is no pill would be worked on here.
                                }
                            }));
        }
        for (int i = 0; i < ITEMS; i++) {
            items.send(i);
        }
        int pills = consumers.get();
        for (int i = 0; i < pills; i++) {
            items.send(PILL);
        }
        strands.forEach(strand -> scheduler.join(strand, Scheduler.NO_DEADLINE));
    }

    public static void fixed(SimulatedScheduler scheduler) {
        Channel<Integer> items =
                Channel.<Integer>builder("items", 2).scheduler(scheduler).build();
        List<Strand> strands = new ArrayList<>();
        for (int i = 0; i < CONSUMERS; i++) {
            strands.add(
                    scheduler.start(
                            "consumer " + i, StrandKind.VIRTUAL, () -> items.forEach(item -> {})));
        }
        for (int i = 0; i < ITEMS; i++) {
            items.send(i);
        }
        items.done();
        strands.forEach(strand -> scheduler.join(strand, Scheduler.NO_DEADLINE));
    }

    public static void main(String[] args) {
        Simulation.of(MissingPill::fixed).everyOperation().check();
        Simulation.of(MissingPill::broken)
                .named("MissingPill")
                .everyOperation()
                .seeds(5_000)
                .explore()
                .failure()
                .ifPresent(System.out::println);
    }
}
