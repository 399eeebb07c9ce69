// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.pipeline.Change;
import io.penstock.pipeline.How;
import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Plan;
import io.penstock.pipeline.Source;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A feed, a strategy and an OMS on three strands of two cores, as the benchmarks have them: which
/// hand-offs are worth their cost. A hand-off costs each side half of what the machine says.
class ThreeThreadsTest {
    private static final int COUNT = 4_000;
    private static final long HALF_HOP_NS = (long) SimulatedMachine.MACHINE.hopNs() / 2;

    /// @param feedNs work of the feed for an item, without hand-offs; likewise the others
    private static Function<SimulatedMachine, Pipeline> stages(
            long feedNs, long strategyNs, long omsNs) {
        return machine ->
                Pipeline.from("feed", Source.of(feed(machine, feedNs + HALF_HOP_NS)).atHand())
                        .map(
                                "strategy",
                                tick -> {
                                    machine.compute(strategyNs + 2 * HALF_HOP_NS);
                                    return tick;
                                },
                                How.platform(1))
                        .filter("wanted", tick -> tick % 8 != 0)
                        .sink("oms", _ -> machine.compute(omsNs + HALF_HOP_NS), How.platform(1));
    }

    private static Iterable<Integer> feed(SimulatedMachine machine, long ns) {
        return () -> IntStream.range(0, COUNT).boxed().peek(_ -> machine.compute(ns)).iterator();
    }

    /// The stages that share a strand in the plan that is advised.
    private static List<List<String>> advised(Function<SimulatedMachine, Pipeline> made) {
        Analysis analysis = SimulatedMachine.explain(made, Function.identity());
        List<Change> changes = analysis.changes();
        Plan[] plan = new Plan[1];
        SimulatedMachine.explain(
                made,
                pipeline -> {
                    Pipeline changed = pipeline.with(changes);
                    plan[0] = changed.explain();
                    return changed;
                });
        return plan[0].groups().stream().map(Plan.Group::stages).toList();
    }

    @Test
    void becomeTwoWhereTheFeedHasAsMuchToDoAsTheOthers() {
        assertThat(advised(stages(80, 40, 40)))
                .containsExactly(List.of("feed"), List.of("strategy", "wanted", "oms"));
    }

    @Test
    void becomeOneWhereAllOfThemTogetherDoLessThanAHandOffCosts() {
        assertThat(advised(stages(4, 2, 2)))
                .containsExactly(List.of("feed", "strategy", "wanted", "oms"));
    }

    @Test
    void stayThreeWhereEachHasMoreToDoThanSeveralHandOffs() {
        assertThat(advised(stages(300, 300, 300)))
                .containsExactly(List.of("feed"), List.of("strategy", "wanted"), List.of("oms"));
    }
}
