// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.benchmarks.rivals.Contender;
import io.penstock.channel.StrandKind;
import io.penstock.simulation.Exploration;
import io.penstock.simulation.Simulation;

/// W7: the [SmallPipeline] in simulated schedules, each with a seed of its own. An item is a
/// schedule; the ordinary course before them and the repetition of one in a hundred are not
/// counted.
final class SimulatedSchedules implements Contender {
    private final Simulation simulation;
    private long nextSeed;

    /// @param isEveryOperation whether strands may change places at every operation, or only where
    ///   they wait
    SimulatedSchedules(int items, boolean isEveryOperation) {
        Simulation atWaits =
                Simulation.of(scheduler -> SmallPipeline.run(scheduler, StrandKind.VIRTUAL, items));
        simulation = isEveryOperation ? atWaits.everyOperation() : atWaits;
    }

    @Override
    public long run(long schedules) {
        Exploration explored = simulation.firstSeed(nextSeed).seeds(schedules).explore();
        nextSeed += schedules;
        explored.check();
        return explored.schedules() - 1;
    }

    @Override
    public long expected(long schedules) {
        return schedules;
    }
}
