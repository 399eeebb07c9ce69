// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation.junit;

import io.penstock.simulation.Exploration;
import io.penstock.simulation.SimulatedScheduler;
import io.penstock.simulation.Simulation;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/// Runs the methods that are marked with [SimulationTest] in their schedules, and gives them the
/// scheduler of each run. Of no state of its own, so tests may run side by side.
public final class SimulationExtension implements InvocationInterceptor, ParameterResolver {
    private static final ExtensionContext.Namespace HERE =
            ExtensionContext.Namespace.create(SimulationExtension.class);
    private static final String RUN = "run";

    /// For JUnit.
    public SimulationExtension() {}

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> call,
            ExtensionContext context)
            throws Throwable {
        SimulationTest options =
                AnnotationSupport.findAnnotation(call.getExecutable(), SimulationTest.class)
                        .orElse(null);
        if (options == null) {
            invocation.proceed();
            return;
        }
        // Each schedule is a call of its own, with parameters of its own.
        invocation.skip();
        Object target = context.getRequiredTestInstance();
        TestAbortedException[] aborted = new TestAbortedException[1];
        Simulation simulation =
                simulation(
                        options,
                        context.getDisplayName(),
                        scheduler -> {
                            context.getStore(HERE).put(RUN, scheduler);
                            try {
                                context.getExecutableInvoker().invoke(call.getExecutable(), target);
                            } catch (TestAbortedException e) {
                                aborted[0] = e;
                                throw e;
                            }
                        });
        Exploration exploration =
                options.exhaustive() < 0
                        ? simulation.explore()
                        : simulation.exhaustive(options.exhaustive());
        context.publishReportEntry("schedules", Long.toString(exploration.schedules()));
        check(exploration, aborted[0]);
    }

    /// Repetitions and parameters come from elsewhere, and would run outside of any simulation.
    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> call,
            ExtensionContext context)
            throws Throwable {
        if (AnnotationSupport.isAnnotated(call.getExecutable(), SimulationTest.class)) {
            throw new ExtensionConfigurationException(
                    "a simulation test must not be repeated or parameterized by others (call"
                            + " Simulation.of in a test of theirs): method="
                            + call.getExecutable().getName());
        }
        invocation.proceed();
    }

    /// A test that applies in no schedule is aborted, as it would be without a simulation.
    private static void check(Exploration exploration, @Nullable TestAbortedException first) {
        exploration.check();
        if (exploration.leftOut() == exploration.schedules()) {
            throw first != null
                    ? first
                    : new TestAbortedException("assumed what is not so, in each schedule");
        }
    }

    private static Simulation simulation(
            SimulationTest options, String name, SimulatedScheduler.Body body) {
        Simulation simulation =
                Simulation.of(body)
                        .named(name)
                        .leavingOut(TestAbortedException.class)
                        .seeds(options.seeds())
                        .firstSeed(options.firstSeed())
                        .spurious(options.spurious())
                        .earlyTimers(options.earlyTimers())
                        .faults(options.faults())
                        .maxSteps(options.maxSteps())
                        .longestStall(duration("longestStall", options.longestStall()))
                        .maxTime(duration("maxTime", options.maxTime()))
                        .escapeAfter(duration("escapeAfter", options.escapeAfter()));
        if (options.everyOperation()) {
            simulation = simulation.everyOperation();
        }
        if (options.strategies().length > 0) {
            simulation = simulation.strategies(options.strategies());
        }
        return options.replay().isEmpty() ? simulation : simulation.replaying(options.replay());
    }

    private static Duration duration(String option, String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new ExtensionConfigurationException(
                    option + " must be a duration such as PT2S: " + option + "=" + text, e);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().isAssignableFrom(SimulatedScheduler.class)
                && !parameter.getParameter().getType().equals(Object.class)
                && parameter.getDeclaringExecutable() instanceof Method method
                && AnnotationSupport.isAnnotated(method, SimulationTest.class);
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Object running = context.getStore(HERE).get(RUN);
        // JUnit resolves once before the first schedule, for a call that is then skipped.
        return running == null ? SimulatedScheduler.ordinary() : running;
    }
}
