// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.simulation.SimulatedScheduler;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnippetsTest {
    private record FixedVenue(long price) implements Snippets.Venue {
        @Override
        public long price(String symbol) {
            return price;
        }

        @Override
        public void abort() {}
    }

    private final Snippets.Venue ten = new FixedVenue(10);

    @Test
    void runOnTheSchedulerOfTheScopeAround() throws Exception {
        SimulatedScheduler scheduler = SimulatedScheduler.ordinary();
        Calm.run(
                scheduler,
                () -> {
                    try (Scope _ = Scope.open("around", ScopeOptions.on(scheduler))) {
                        run();
                    }
                });
    }

    private void run() throws Exception {
        assertThat(Snippets.call(ten, new FixedVenue(11))).isEqualTo(new Snippets.Book(10, 11));
        assertThat(Snippets.gather(ten, List.of("A", "B"))).containsExactly(10L, 10L);
        assertThat(Snippets.sumOfThoseInTime(ten, List.of("A", "B"))).isEqualTo(20);
        assertThat(Snippets.fastest(List.of(ten, ten))).isEqualTo(10);
    }
}
