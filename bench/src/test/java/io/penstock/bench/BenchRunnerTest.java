// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.penstock.channel.Scheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchRunnerTest {
    private final List<String> passes = new ArrayList<>();

    @Test
    void runsSubjectAndFloorInTurn() {
        Measurement measurement = measure(2_000_000, new BenchRunner.Plan(1, 2));
        assertThat(passes).containsExactly("s", "f", "s", "f", "s", "f");
        assertThat(measurement.rounds()).hasSize(2);
        assertThat(measurement.agrees()).isTrue();
    }

    @Test
    void repeatsAShortPass() {
        measure(400_000, new BenchRunner.Plan(0, 1));
        assertThat(passes).containsExactly("s", "s", "f", "f");
    }

    @Test
    void seesThatTheFloorComputesSomethingElse() {
        Workload workload = new Workload("odd", "event", 2_000_000, _ -> 1, _ -> 2);
        assertThat(runner(new BenchRunner.Plan(0, 1)).measure(workload).agrees()).isFalse();
    }

    @Test
    void hearsOfEveryRound() {
        List<String> heard = new ArrayList<>();
        Workload workload = new Workload("quick", "event", 2_000_000, _ -> 1, _ -> 1);
        new BenchRunner(
                        Scheduler.real(),
                        new BenchRunner.Plan(1, 1),
                        (name, done, total) -> heard.add(name + " " + done + " of " + total))
                .measure(workload);
        assertThat(heard).containsExactly("quick 1 of 2", "quick 2 of 2");
    }

    @Test
    void countsWhatAPassAllocatesAfterItsSetUp() {
        byte[][] kept = new byte[3][];
        Workload workload =
                new Workload(
                        "hungry",
                        "event",
                        2_000_000,
                        marks -> {
                            kept[0] = new byte[1_000_000];
                            marks.at(400_000);
                            kept[1] = new byte[1_000_000];
                            marks.at(1_000_000);
                            kept[2] = new byte[3_000_000];
                            marks.at(2_000_000);
                            return 0;
                        },
                        _ -> 0);
        Measurement measurement = runner(new BenchRunner.Plan(1, 3)).measure(workload);
        assertThat(measurement.bytesPerEvent()).isCloseTo(3, within(0.01));
        assertThat(measurement.bytesPerPass()).isCloseTo(5_000_000, within(10_000.0));
    }

    @Test
    void derivesItsFiguresFromTheRounds() {
        Measurement measurement =
                new Measurement(
                        "made",
                        "event",
                        1_000,
                        true,
                        List.of(
                                new Measurement.Round(4_000, 1_000, 10, 0.5),
                                new Measurement.Round(2_000, 2_000, 30, 0.0),
                                new Measurement.Round(3_000, 1_000, 20, 0.0)),
                        Double.NaN);
        assertThat(measurement.ratio()).isEqualTo(new Spread(1, 3, 4));
        assertThat(measurement.eventsPerSecond().median()).isCloseTo(1e9 / 3, within(1.0));
        assertThat(measurement.eventsPerSecond().max()).isCloseTo(5e8, within(1.0));
        assertThat(measurement.floorEventsPerSecond().min()).isCloseTo(5e8, within(1.0));
        assertThat(measurement.bytesPerEvent()).isZero();
        assertThat(measurement.bytesPerPass()).isEqualTo(20);
    }

    @Test
    void takesTheMiddleOfTheSpread() {
        assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(1, 2, 3));
        assertThat(Spread.of(4, 1, 2, 3)).isEqualTo(new Spread(1, 2.5, 4));
        assertThat(Spread.of(7)).isEqualTo(new Spread(7, 7, 7));
        assertThatThrownBy(Spread::of).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToMeasureNothing() {
        assertThatThrownBy(() -> new BenchRunner.Plan(3, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is a round that counts: warmUps=3 rounds=0");
        assertThatThrownBy(() -> new Workload("none", "event", 0, _ -> 0, _ -> 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Measurement measure(long events, BenchRunner.Plan plan) {
        return runner(plan)
                .measure(
                        new Workload(
                                "noted",
                                "event",
                                events,
                                _ -> passes.add("s") ? 7 : 0,
                                _ -> passes.add("f") ? 7 : 0));
    }

    private static BenchRunner runner(BenchRunner.Plan plan) {
        return new BenchRunner(Scheduler.real(), plan, (_, _, _) -> {});
    }
}
