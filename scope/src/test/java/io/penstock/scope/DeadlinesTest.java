// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.Scheduler;
import io.penstock.channel.StrandKind;
import io.penstock.simulation.SimulatedScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private static final long MS = 1_000_000;

    private final SimulatedScheduler scheduler = SimulatedScheduler.ordinary();
    private final List<String> told = new ArrayList<>();

    @Test
    void comeAtTheNextTickAndNotBefore() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Deadlines deadlines = open()) {
                        arm(deadlines, 3 * MS);
                        arm(deadlines, 3 * MS + 1);
                        pauseUntil(10 * MS);
                    }
                });
        assertThat(told).containsExactly("3000000 at 3", "3000001 at 4");
    }

    @Test
    void comeInTheOrderOfTheirTicksBeyondManyRounds() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Deadlines deadlines = open()) {
                        arm(deadlines, 1_000_000 * MS);
                        arm(deadlines, 255 * MS);
                        arm(deadlines, 64 * MS);
                        arm(deadlines, 256 * MS);
                        arm(deadlines, 257 * MS);
                        pauseUntil(2_000_000 * MS);
                    }
                });
        assertThat(told)
                .containsExactly(
                        "64000000 at 64",
                        "255000000 at 255",
                        "256000000 at 256",
                        "257000000 at 257",
                        "1000000000000 at 1000000");
    }

    @Test
    void wakeTheStrandForAnEarlierOne() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Deadlines deadlines = open()) {
                        arm(deadlines, 100 * MS);
                        pauseUntil(5 * MS);
                        arm(deadlines, 10 * MS);
                        pauseUntil(20 * MS);
                        assertThat(told).containsExactly("10000000 at 10");
                    }
                });
    }

    @Test
    void comeAtTheNextTickWhenTheyAreOver() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Deadlines deadlines = open()) {
                        pauseUntil(50 * MS);
                        arm(deadlines, 7 * MS);
                        deadlines.arm(Scheduler.NO_DEADLINE, () -> told.add("never"));
                        pauseUntil(60 * MS);
                    }
                });
        assertThat(told).singleElement().asString().startsWith("7000000 at 5");
    }

    @Test
    void doNotComeWhenDisarmed() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Deadlines deadlines = open()) {
                        Deadlines.Armed armed = arm(deadlines, 5 * MS);
                        Deadlines.Armed kept = arm(deadlines, 5 * MS);
                        assertThat(armed.disarm()).isTrue();
                        assertThat(armed.disarm()).isFalse();
                        pauseUntil(20 * MS);
                        assertThat(kept.disarm()).isFalse();
                    }
                });
        assertThat(told).hasSize(1);
    }

    @Test
    void endTheirStrandWhenThereIsNoneAndStartItAgain() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Deadlines deadlines = open()) {
                        assertThat(scheduler.alive()).isEqualTo(1);
                        arm(deadlines, 5 * MS);
                        assertThat(scheduler.alive()).isEqualTo(2);
                        pauseUntil(6 * MS);
                        assertThat(scheduler.alive()).isEqualTo(1);
                        arm(deadlines, 9 * MS);
                        pauseUntil(10 * MS);
                    }
                });
        assertThat(told).hasSize(2);
    }

    @Test
    void endTheirStrandAtTheClose() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    Deadlines deadlines = open();
                    arm(deadlines, 5_000 * MS);
                    pauseUntil(1 * MS);
                    deadlines.close();
                    deadlines.close();
                    assertThat(scheduler.alive()).isEqualTo(1);
                    assertThat(scheduler.elapsed().toMillis()).isEqualTo(1);
                    assertThatThrownBy(() -> arm(deadlines, 9_000 * MS))
                            .isInstanceOf(IllegalStateException.class);
                });
        assertThat(told).isEmpty();
    }

    @Test
    void comeAllTheSameWhenAnActionThrows() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Deadlines deadlines = open()) {
                        deadlines.arm(at(5 * MS), this::fail);
                        arm(deadlines, 5 * MS);
                        arm(deadlines, 6 * MS);
                        pauseUntil(10 * MS);
                    }
                });
        assertThat(told).hasSize(2);
    }

    @Test
    void haveTicksOfTheLengthAskedFor() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    Duration tick = Duration.ofMillis(50);
                    try (Deadlines deadlines =
                            Deadlines.open("d", scheduler, StrandKind.PLATFORM, tick)) {
                        arm(deadlines, 3 * MS);
                        arm(deadlines, 51 * MS);
                        pauseUntil(200 * MS);
                    }
                    assertThatThrownBy(
                                    () ->
                                            Deadlines.open(
                                                    "d",
                                                    scheduler,
                                                    StrandKind.VIRTUAL,
                                                    Duration.ZERO))
                            .isInstanceOf(IllegalArgumentException.class);
                });
        assertThat(told).containsExactly("3000000 at 50", "51000000 at 100");
    }

    @Test
    void comeByTheHundredThousand() throws Exception {
        int[] come = new int[1];
        Calm.run(
                scheduler,
                () -> {
                    try (Deadlines deadlines = open()) {
                        List<Deadlines.Armed> armed = new ArrayList<>();
                        for (int i = 0; i < 100_000; i++) {
                            armed.add(deadlines.arm(at((1 + i % 5_000) * MS), () -> come[0]++));
                        }
                        for (int i = 0; i < 100_000; i += 2) {
                            assertThat(armed.get(i).disarm()).isTrue();
                        }
                        pauseUntil(5_000 * MS);
                    }
                });
        assertThat(come[0]).isEqualTo(50_000);
    }

    private Deadlines open() {
        return Deadlines.open("d", scheduler);
    }

    private Deadlines.Armed arm(Deadlines deadlines, long deadlineNs) {
        return deadlines.arm(
                at(deadlineNs),
                () -> told.add(deadlineNs + " at " + scheduler.elapsed().toMillis()));
    }

    private long at(long sinceStartNs) {
        return SimulatedScheduler.START_NS + sinceStartNs;
    }

    private void fail() {
        throw new IllegalStateException("the action of the test throws");
    }

    private void pauseUntil(long sinceStartNs) {
        while (scheduler.nanoTime() < at(sinceStartNs)) {
            scheduler.park(this, at(sinceStartNs));
        }
        Calm.letOthersRun(scheduler);
    }
}
