// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.ForwardingScheduler;
import io.penstock.simulation.SimulatedScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StuckScopeTest {
    private final SimulatedScheduler scheduler = SimulatedScheduler.ordinary();
    private final List<StuckReport> reports = new ArrayList<>();
    private final ScopeOptions options =
            ScopeOptions.on(scheduler).grace(Duration.ofMillis(10)).onStuck(reports::add);

    @Test
    void reportsWhoIgnoresItsInterruptAndGoesOnWaiting() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        scope.fork("stubborn", () -> ignoreInterrupts(55));
                        scope.fork("polite", () -> 1);
                        Calm.letOthersRun(scheduler);
                    }
                    assertThat(scheduler.elapsed().toMillis()).isEqualTo(55);
                });
        assertThat(reports).extracting(StuckReport::running).containsExactly(1, 1, 1);
        assertThat(reports)
                .extracting(report -> report.waited().toMillis())
                .containsExactly(10L, 20L, 40L);
        assertThat(reports.getFirst().describe())
                .contains("scope s has waited 10 ms for 1")
                .contains("stubborn")
                .contains("StuckScopeTest.ignoreInterrupts");
    }

    @Test
    void waitsForItsTasksWhateverTheListenerThrows() throws Exception {
        ScopeOptions asserting =
                options.onStuck(
                        _ -> {
                            throw new AssertionError("planned");
                        });
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", asserting)) {
                        scope.fork("stubborn", () -> ignoreInterrupts(55));
                        Calm.letOthersRun(scheduler);
                    }
                    assertThat(scheduler.elapsed().toMillis()).isEqualTo(55);
                });
    }

    @Test
    void leavesTheStuckWhenToldTo() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    Task<Integer> task;
                    try (Scope scope = Scope.open("s", options.whenStuck(WhenStuck.LEAVE))) {
                        task = scope.fork("stubborn", () -> ignoreInterrupts(50));
                        Calm.letOthersRun(scheduler);
                    }
                    assertThat(scheduler.elapsed().toMillis()).isEqualTo(10);
                    assertThat(task.await()).isEqualTo(Outcome.cancelled());
                    assertThat(scheduler.alive()).isEqualTo(2);
                });
        assertThat(reports).hasSize(1);
    }

    @Test
    void doesNotReportWorkThatWasNotCancelled() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options)) {
                        scope.fork("long", () -> ignoreInterrupts(500));
                        scope.join();
                    }
                });
        assertThat(reports).isEmpty();
    }

    @Test
    void goesOnWhenTheListenerThrows() throws Exception {
        ScopeOptions bad =
                options.onStuck(
                        _ -> {
                            throw new IllegalStateException("the listener of the test throws");
                        });
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", bad)) {
                        scope.fork("stubborn", () -> ignoreInterrupts(15));
                        Calm.letOthersRun(scheduler);
                    }
                    assertThat(scheduler.elapsed().toMillis()).isEqualTo(15);
                });
    }

    /// Elapsed time has no origin: here it is negative for 292 years.
    private final class LateOrigin extends ForwardingScheduler {
        LateOrigin() {
            super(scheduler);
        }

        @Override
        public long nanoTime() {
            return super.nanoTime() + Long.MIN_VALUE;
        }

        @Override
        public void park(Object blocker, long deadlineNs) {
            super.park(
                    blocker, deadlineNs == NO_DEADLINE ? deadlineNs : deadlineNs - Long.MIN_VALUE);
        }
    }

    @Test
    void reportsNothingWhenTheGraceIsForEver() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    ScopeOptions patient =
                            options.scheduler(new LateOrigin()).grace(Duration.ofDays(1_000_000));
                    try (Scope scope = Scope.open("s", patient)) {
                        scope.fork("stubborn", () -> ignoreInterrupts(55));
                        Calm.letOthersRun(scheduler);
                    }
                });
        assertThat(reports).isEmpty();
    }

    private int ignoreInterrupts(long ms) {
        long untilMs = scheduler.elapsed().toMillis() + ms;
        while (scheduler.elapsed().toMillis() < untilMs) {
            scheduler.clearInterrupt();
            scheduler.park(this, scheduler.nanoTime() + 1_000_000);
        }
        return 1;
    }
}
