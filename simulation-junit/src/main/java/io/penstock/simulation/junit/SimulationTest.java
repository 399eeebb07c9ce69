// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation.junit;

import io.penstock.simulation.Strategy;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test that is run in many interleavings: one for each seed, until one goes wrong.
///
/// ```java
/// @SimulationTest(seeds = 5_000, everyOperation = true)
/// void countsEachUpdate(Scheduler scheduler) { ... }
/// ```
///
/// The method takes the scheduler of the run, as `Scheduler` or `SimulatedScheduler`, and gives it
/// to everything that it makes. It is called once for each schedule, on the same instance: what
/// belongs to a run lives in its local variables. Methods that run before and after each test run
/// once around all schedules. It fails with the report of
/// [SimulationFailure][io.penstock.simulation.SimulationFailure]; the options are those of
/// [Simulation].
///
/// A schedule in which an assumption does not hold is left out; when it holds in none, the test is
/// aborted.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Test
@ExtendWith(SimulationExtension.class)
public @interface SimulationTest {
    /// How many seeds are run.
    int seeds() default 1_000;

    /// The first seed.
    long firstSeed() default 0;

    /// Whether another strand may go on at each operation of the kit.
    boolean everyOperation() default false;

    /// The strategies, by seed in turn; all when empty.
    Strategy[] strategies() default {};

    /// How many of a hundred parks return for no reason.
    double spurious() default 2;

    /// In how many of a hundred steps time moves although something can run.
    double earlyTimers() default 2;

    /// How many of a hundred calls of `Scheduler.choose` give something else than 0.
    double faults() default 10;

    /// Operations of the kit after which a run counts as a livelock.
    long maxSteps() default 200_000;

    /// How far time may move while something can run, as [Duration#parse] reads it.
    String longestStall() default "PT1S";

    /// Virtual time after which a run counts as a livelock, as [Duration#parse] reads it.
    String maxTime() default "P10D";

    /// Real time for which a strand may run without an operation of the kit, as [Duration#parse]
    /// reads it.
    String escapeAfter() default "PT10S";

    /// If not negative: runs every schedule with at most so many choices out of the ordinary course
    /// instead of the seeds.
    int exhaustive() default -1;

    /// A schedule that a failure has printed, or a file of one, to run instead of the seeds. So
    /// does the system property [Simulation#REPLAY], for every test that runs.
    String replay() default "";
}
