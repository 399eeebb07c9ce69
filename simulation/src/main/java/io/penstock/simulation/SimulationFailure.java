// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A schedule in which a program goes wrong, and the shortest one that was found to do so.
///
/// @param name name of the simulation
/// @param schedules runs until it was found, the failing one included
/// @param strategy how the choices were made, in words
/// @param outcome what goes wrong, in the shrunk run
/// @param found the schedule that was found
/// @param shrunk the shortest one
/// @param shrinking runs that it took to shrink it
/// @param steps what happens in the shrunk run, in words
public record SimulationFailure(
        String name,
        long schedules,
        String strategy,
        Outcome outcome,
        Schedule found,
        Schedule shrunk,
        long shrinking,
        List<String> steps) {
    public SimulationFailure {
        steps = List.copyOf(steps);
    }

    /// The seed of the schedule that was found.
    public long seed() {
        return found.seed();
    }

    /// All that there is to know, on several lines.
    public String report() {
        StringBuilder text = new StringBuilder();
        text.append("simulation ").append(name).append(' ').append(outcome).append('\n');
        text.append("found in schedule ").append(schedules);
        text.append(": seed=").append(seed()).append(", strategy=").append(strategy);
        text.append(", choices=").append(found.size());
        text.append(", out of the ordinary=").append(found.deviations()).append('\n');
        text.append("shrunk in ").append(shrinking).append(" runs: choices=");
        text.append(shrunk.size()).append(", out of the ordinary=");
        text.append(shrunk.deviations()).append('\n');
        text.append("steps:\n");
        for (int i = 0; i < steps.size(); i++) {
            text.append(String.format("%4d  %s%n", i + 1, steps.get(i)));
        }
        text.append("replay with -D").append(Simulation.REPLAY).append('=').append(shrunk);
        text.append("\nas it was found: ").append(found).append('\n');
        return text.toString();
    }

    /// Writes a file that [Simulation#replaying] reads: the shrunk schedule, and the report as a
    /// comment.
    ///
    /// @throws IOException when it cannot be written
    public void save(Path file) throws IOException {
        String comment =
                report().lines().map(line -> "# " + line + "\n").reduce("", String::concat);
        Files.writeString(file, comment + shrunk + "\n");
    }

    @Override
    public String toString() {
        return report();
    }
}
