// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs a program in many schedules, until one goes wrong. Confined to the thread that explores,
/// but for [#lost].
final class Explorer {
    /// Steps that shrinking may take, so that its end does not depend on the machine.
    private static final long MOST_SHRINKING_STEPS = 20_000_000;

    private final String name;
    private final SimulatedScheduler.Body body;
    private final Settings settings;
    private final Watchdog dog;
    private long schedules;
    private long leftOut;
    private long steps;
    private long switches;
    private volatile String how = "the ordinary course";

    Explorer(String name, SimulatedScheduler.Body body, Settings settings, Watchdog dog) {
        this.name = name;
        this.body = body;
        this.settings = settings;
        this.dog = dog;
    }

    /// The ordinary course first, which also tells how long runs are; then a run for each seed.
    ///
    /// @param repeatEvery how often a run is repeated, to see whether it is the same again
    Exploration explore(long firstSeed, long seeds, int repeatEvery) {
        SimulatedScheduler ordinary =
                new SimulatedScheduler(settings, 0, new TapeChoices(settings.noFreedom()), false);
        Outcome outcome = run(ordinary);
        long expected = ordinary.choices().decisions();
        SimulatedScheduler latest = ordinary;
        for (long i = 0; outcome.isDone() && i < seeds && !dog.isCalledOff(); i++) {
            long seed = firstSeed + i;
            Strategy strategy = strategyOf(seed);
            how = strategy.toString();
            RandomChoices choices = new RandomChoices(seed, strategy, settings, expected);
            latest = new SimulatedScheduler(settings, seed, choices, false);
            outcome = run(latest);
            if (outcome.isDone() && repeatEvery > 0 && i % repeatEvery == 0) {
                outcome = compare(latest, outcome);
            }
        }
        return outcome.isDone() ? result(schedules > seeds, null) : failed(latest, outcome);
    }

    /// Every schedule with at most so many choices out of the ordinary course.
    ///
    /// @param repeatEvery as in [#explore]; besides, each run must come to the choices of the one
    ///   before as far as their tapes are the same
    Exploration exhaust(int preemptions, long mostSchedules, int repeatEvery) {
        how = "exhaustive(" + preemptions + ")";
        SearchChoices choices = new SearchChoices(settings.searchFreedom());
        while (schedules < mostSchedules && !dog.isCalledOff()) {
            SimulatedScheduler run = new SimulatedScheduler(settings, 0, choices, false);
            Outcome outcome = run(run);
            if (outcome.isDone() && (schedules - 1) % repeatEvery == 0) {
                outcome = compare(run, outcome);
            }
            if (!outcome.isDone()) {
                return failed(run, outcome);
            }
            choices = choices.next(preemptions);
            if (choices == null) {
                return result(true, null);
            }
        }
        return result(false, null);
    }

    /// One schedule, as it is.
    Exploration replay(Schedule schedule) {
        how = "replay";
        SimulatedScheduler run = prepare(schedule, true);
        Outcome outcome = run(run);
        if (outcome.isDone()) {
            return result(true, null);
        }
        return result(false, unshrunk(schedule, outcome, run.words()));
    }

    Trial trial(Schedule schedule, boolean speaks) {
        SimulatedScheduler run = prepare(schedule, speaks);
        return Trial.of(run, run(run));
    }

    /// The result when a run cannot be ended.
    Exploration lost(Watchdog.Lost lost, List<String> words) {
        return result(false, unshrunk(lost.run().schedule(), lost.how(), words));
    }

    private SimulationFailure unshrunk(Schedule schedule, Outcome outcome, List<String> words) {
        return new SimulationFailure(name, schedules, how, outcome, schedule, schedule, 0, words);
    }

    private Strategy strategyOf(long seed) {
        List<Strategy> strategies = settings.strategies();
        return strategies.get((int) Math.floorMod(seed, (long) strategies.size()));
    }

    private Outcome run(SimulatedScheduler run) {
        schedules++;
        dog.watch(run);
        Outcome outcome = run.execute(body);
        steps += run.steps();
        switches += run.switches();
        if (isLeftOut(outcome)) {
            leftOut++;
        }
        return counted(outcome);
    }

    private boolean isLeftOut(Outcome outcome) {
        Class<? extends Throwable> type = settings.leftOut();
        return type != null
                && outcome instanceof Outcome.Failed failed
                && type.isInstance(failed.cause());
    }

    /// What is left out is as good as done.
    private Outcome counted(Outcome outcome) {
        return isLeftOut(outcome) ? new Outcome.Done() : outcome;
    }

    private SimulatedScheduler prepare(Schedule schedule, boolean speaks) {
        return new SimulatedScheduler(
                settings.with(schedule.limits()),
                schedule.seed(),
                new TapeChoices(schedule.freedom(), schedule.choices()),
                speaks);
    }

    /// A run that is not counted.
    private Outcome repeat(SimulatedScheduler run) {
        dog.watch(run);
        return counted(run.execute(body));
    }

    private Exploration result(boolean isComplete, @Nullable SimulationFailure failure) {
        return new Exploration(schedules, leftOut, steps, switches, isComplete, failure);
    }

    // ------------------------------------------------------------- failures

    private Exploration failed(SimulatedScheduler run, Outcome outcome) {
        Schedule found = run.schedule();
        Outcome seen = compare(run, outcome);
        if (seen instanceof Outcome.Nondeterministic) {
            return result(false, unshrunk(found, seen, List.of()));
        }
        if (seen instanceof Outcome.Escaped) {
            SimulatedScheduler told = prepare(found, true);
            repeat(told);
            return result(false, unshrunk(found, seen, told.words()));
        }
        String wanted = signature(outcome);
        long[] spent = {0};
        Shrinker shrinker =
                new Shrinker(
                        found,
                        schedule -> {
                            if (spent[0] > MOST_SHRINKING_STEPS || dog.isCalledOff()) {
                                return false;
                            }
                            SimulatedScheduler shorter = prepare(schedule, false);
                            boolean isSame = signature(repeat(shorter)).equals(wanted);
                            spent[0] += shorter.steps();
                            return isSame;
                        });
        Schedule shrunk = shrinker.shrink();
        SimulatedScheduler told = prepare(shrunk, true);
        Outcome end = repeat(told);
        if (!signature(end).equals(wanted)) {
            return result(false, unshrunk(found, differenceOf(found, outcome, end), List.of()));
        }
        return result(
                false,
                new SimulationFailure(
                        name, schedules, how, end, found, shrunk, shrinker.runs(), told.words()));
    }

    /// What two failures must have in common to be the same: what was thrown, and where. Not what
    /// it says, which mostly holds values that differ from run to run.
    private static String signature(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            Throwable cause = failed.cause();
            String place = Site.placeOf(cause.getStackTrace());
            String where = place.isEmpty() ? messageOf(cause).replaceAll("[0-9]+", "") : place;
            return cause.getClass().getName() + " " + where;
        }
        return outcome.getClass().getName();
    }

    private static String messageOf(Throwable cause) {
        try {
            return Optional.ofNullable(cause.getMessage()).orElse("");
        } catch (RuntimeException e) { // then its class must do
            return "";
        }
    }

    /// The outcome, unless the same choices give another run.
    private Outcome compare(SimulatedScheduler run, Outcome outcome) {
        if (outcome instanceof Outcome.Escaped) {
            return outcome;
        }
        SimulatedScheduler again = prepare(run.schedule(), false);
        Outcome second = repeat(again);
        if (second instanceof Outcome.Escaped) {
            return second; // what foreign threads do, and when, is on no tape
        }
        if (again.trace() == run.trace() && signature(second).equals(signature(outcome))) {
            return outcome;
        }
        return differenceOf(run.schedule(), outcome, second);
    }

    private Outcome differenceOf(Schedule schedule, Outcome first, Outcome second) {
        SimulatedScheduler one = prepare(schedule, true);
        repeat(one);
        List<String> words = one.words();
        for (int tries = 0; tries < 10; tries++) {
            SimulatedScheduler other = prepare(schedule, true);
            repeat(other);
            List<String> others = other.words();
            for (int i = 0; i < Math.max(words.size(), others.size()); i++) {
                String left = i < words.size() ? words.get(i) : "the end";
                String right = i < others.size() ? others.get(i) : "the end";
                if (!left.equals(right)) {
                    return new Outcome.Nondeterministic(i + 1, left, right);
                }
            }
        }
        return new Outcome.Nondeterministic(0, first.toString(), second.toString());
    }
}
