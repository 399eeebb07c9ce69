// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Channel;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.simulation.Simulation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The samples of `docs/simulation.md`.
class SnippetsTest {
    @SimulationTest(seeds = 500, everyOperation = true)
    void deliversEachOrderOnce(Scheduler scheduler) {
        Channel<Integer> orders =
                Channel.<Integer>builder("orders", 2).scheduler(scheduler).build();
        List<Integer> delivered = new ArrayList<>();
        Strand consumer =
                scheduler.start(
                        "consumer", StrandKind.VIRTUAL, () -> orders.forEach(delivered::add));
        for (int i = 0; i < 5; i++) {
            orders.send(i);
        }
        orders.done();
        scheduler.join(consumer, Scheduler.NO_DEADLINE);
        assertThat(delivered).containsExactly(0, 1, 2, 3, 4);
    }

    @SimulationTest(everyOperation = true, exhaustive = 2)
    void provesASmallProgram(Scheduler scheduler) {
        Channel<Integer> orders =
                Channel.<Integer>builder("orders", 1).scheduler(scheduler).oneToOne().build();
        scheduler.start("producer", StrandKind.VIRTUAL, () -> orders.send(1));
        assertThat(orders.receive()).isEqualTo(1);
    }

    @SimulationTest(seeds = 200)
    void simulatesFaults(Scheduler scheduler) {
        boolean isLost = scheduler.choose(2, "the reply is lost") == 1;
        String reply = isLost ? "asked again" : "answered";
        assertThat(reply).isIn("answered", "asked again");
    }

    @Test
    void runsWithoutJUnit() {
        Simulation.of(scheduler -> deliversEachOrderOnce(scheduler))
                .named("delivery")
                .everyOperation()
                .seeds(300)
                .check();
    }
}
