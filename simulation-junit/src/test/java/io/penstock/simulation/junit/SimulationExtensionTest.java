// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.penstock.channel.Cell;
import io.penstock.channel.Scheduler;
import io.penstock.simulation.SimulatedScheduler;
import io.penstock.simulation.SimulationFailedError;
import io.penstock.simulation.Strategy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/// What the extension does with marked methods.
class SimulationExtensionTest {
    private int calls;

    @SimulationTest(seeds = 20, everyOperation = true)
    void passesTheSchedulerOfEachRun(Scheduler scheduler, SimulatedScheduler same, TestInfo info) {
        assertThat(scheduler).isSameAs(same);
        assertThat(scheduler.nanoTime()).isEqualTo(SimulatedScheduler.START_NS);
        assertThat(info.getDisplayName()).contains("passesTheSchedulerOfEachRun");
        // Up to 21 schedules, and one that is run twice.
        assertThat(++calls).isLessThanOrEqualTo(22);
    }

    @SimulationTest(exhaustive = 2, everyOperation = true)
    void provesWhatIsRight(Scheduler scheduler) {
        Cell<Integer> counter = new Cell<>("counter", 0, scheduler);
        FailingSamples.inTwoStrands(scheduler, () -> counter.update(count -> count + 1));
        assertThat(counter.get()).isEqualTo(2);
    }

    @SimulationTest
    void mayTakeNothing() {
        assertThat(Thread.currentThread().isVirtual()).isTrue();
    }

    @Test
    void failsWithTheReport() {
        SimulationFailedError error = failureOf("losesAnUpdate", SimulationFailedError.class);
        assertThat(error.failure().name()).isEqualTo("losesAnUpdate(Scheduler)");
        assertThat(error.failure().strategy()).isEqualTo(Strategy.RANDOM_WALK.toString());
        assertThat(error)
                .hasMessageContaining("is held before Cell.set on Cell[counter]")
                .hasMessageContaining("FailingSamples.java:");
    }

    @Test
    void replaysOneSchedule() {
        SimulationFailedError error = failureOf("replaysALostUpdate", SimulationFailedError.class);
        assertThat(error.failure().strategy()).isEqualTo("replay");
        assertThat(error.failure().schedules()).isEqualTo(1);
    }

    @Test
    void leavesOtherTestsAlone() {
        assertThat(failureOf("failsByItself", IllegalStateException.class)).hasMessage("by itself");
    }

    @Test
    void refusesToBeRepeatedByOthers() {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(FailingSamples.Repeated.class))
                        .configurationParameter(
                                LauncherConstants.CRITICAL_DISCOVERY_ISSUE_SEVERITY_PROPERTY_NAME,
                                "ERROR")
                        .build();
        LauncherFactory.create().execute(request, summary);
        assertThat(summary.getSummary().getFailures())
                .isNotEmpty()
                .allSatisfy(
                        each ->
                                assertThat(each.getException())
                                        .isInstanceOf(ExtensionConfigurationException.class)
                                        .hasMessageContaining("must not be repeated")
                                        .hasMessageEndingWith("method=isRepeatedByOthers"));
    }

    @Test
    void abortsWhatDoesNotApply() {
        assertThat(summaryOf("doesNotApply").getTestsAbortedCount()).isEqualTo(1);
        assertThat(summaryOf("doesNotApply").getTestsFailedCount()).isZero();
    }

    @Test
    void leavesOutTheSchedulesThatDoNotApply() {
        SimulationFailedError error = failureOf("failsWhereItApplies", SimulationFailedError.class);
        assertThat(error).hasRootCauseMessage("where it applies");
        assertThat(error.failure().schedules()).isGreaterThan(2);
        assertThat(failureOf("failsBesideAStrandThatDoesNotApply", SimulationFailedError.class))
                .hasRootCauseMessage("where it applies");
        assertThat(summaryOf("doesNotApplyWhileOthersWait").getTestsAbortedCount()).isEqualTo(1);
    }

    @Test
    void takesDurations() {
        assertThat(failureOf("takesTooLong", SimulationFailedError.class))
                .hasMessageContaining("no end after PT1S of virtual time");
        assertThat(failureOf("endsSoon", ExtensionConfigurationException.class))
                .hasMessage("maxTime must be a duration such as PT2S: maxTime=soon");
    }

    private static <T extends Throwable> T failureOf(String method, Class<T> type) {
        Optional<Throwable> failure =
                summaryOf(method).getFailures().stream()
                        .map(each -> each.getException())
                        .findFirst();
        return type.cast(failure.orElseThrow());
    }

    private static TestExecutionSummary summaryOf(String method) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectMethod(FailingSamples.class, method, parameters(method)))
                        .build();
        LauncherFactory.create().execute(request, summary);
        return summary.getSummary();
    }

    private static String parameters(String method) {
        return method.equals("failsByItself") ? "" : Scheduler.class.getName();
    }
}
