// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Finds every planted fault and replays it, in this JVM; also a program, to do so in another one.
final class Replays {
    private Replays() {}

    /// Prints [#lines]; the argument is how often each schedule is replayed.
    public static void main(String[] args) {
        lines(Integer.parseInt(args[0])).forEach(System.out::println);
    }

    /// For each fault the schedule that was found, the shortest one, and the traces that replaying
    /// them gave: one each, if they are the same in every replay.
    static List<String> lines(int times) {
        List<String> lines = new ArrayList<>();
        for (Fault fault : Arrays.asList(Fault.values()).subList(1, Fault.values().length)) {
            Simulation simulation =
                    Simulation.of(FaultPrograms.showing(fault, fault)).everyOperation();
            SimulationFailure failure = simulation.seeds(5_000).explore().failure().orElseThrow();
            lines.add(fault.name() + " " + failure.found() + " " + failure.shrunk());
            lines.add(fault.name() + " " + traces(simulation, failure.found(), times));
            lines.add(fault.name() + " " + traces(simulation, failure.shrunk(), times));
        }
        return lines;
    }

    private static Set<String> traces(Simulation simulation, Schedule schedule, int times) {
        Set<String> traces = new TreeSet<>();
        for (Trial trial : simulation.replay(schedule, times)) {
            traces.add(Long.toHexString(trial.trace()) + "/" + trial.steps());
        }
        return traces;
    }
}
