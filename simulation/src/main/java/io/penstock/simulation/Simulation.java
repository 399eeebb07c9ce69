// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import io.penstock.channel.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A program to be run in many interleavings: one for each seed, or all of a small program.
///
/// ```java
/// Simulation.of(scheduler -> transfer(scheduler)).everyOperation().seeds(5_000).check();
/// ```
///
/// The program gets the scheduler that everything in it must use. It must be a function of that
/// scheduler: it makes what it needs anew in each run, and decides nothing by the machine's clock,
/// by randomness of its own or by the order of hash codes; where it does, the simulation says so.
///
/// Immutable: each option returns a new simulation. Simulations share nothing, so several may run
/// at once.
public final class Simulation {
    /// The system property that holds a schedule, or the name of a file with one, to run instead of
    /// the seeds.
    public static final String REPLAY = "penstock.simulation.replay";

    private static final int REPEAT_EVERY = 100;
    private static final long MOST_SEARCHED = 1_000_000;

    private final SimulatedScheduler.Body body;
    private final String name;
    private final Settings settings;
    private final long firstSeed;
    private final long seeds;
    private final @Nullable Schedule replayed;

    private Simulation(
            SimulatedScheduler.Body body,
            String name,
            Settings settings,
            long[] seeds,
            @Nullable Schedule replayed) {
        this.body = body;
        this.name = name;
        this.settings = settings;
        firstSeed = seeds[0];
        this.seeds = seeds[1];
        this.replayed = replayed;
    }

    /// A simulation of the program, with 1,000 seeds.
    public static Simulation of(SimulatedScheduler.Body body) {
        Objects.requireNonNull(body, "body");
        return new Simulation(body, "program", Settings.DEFAULT, new long[] {0, 1_000}, null);
    }

    // --------------------------------------------------------------- options

    /// What reports call it.
    public Simulation named(String name) {
        return new Simulation(body, name, settings, range(firstSeed, seeds), replayed);
    }

    /// How many seeds are run, from 0 or from [#firstSeed].
    public Simulation seeds(long count) {
        checkPositive("seeds", count);
        return new Simulation(body, name, settings, range(firstSeed, count), replayed);
    }

    /// The first seed; the others follow it.
    public Simulation firstSeed(long seed) {
        return new Simulation(body, name, settings, range(seed, seeds), replayed);
    }

    /// The strategies to take in turn, by seed, instead of all.
    public Simulation strategies(Strategy... strategies) {
        checkPositive("strategies", strategies.length);
        return with(settings.withStrategies(List.of(strategies)));
    }

    /// Lets another strand go on at each operation of the kit, not only where one waits: slower,
    /// and the only way to see what happens between two operations.
    public Simulation everyOperation() {
        return with(settings.withEveryOperation());
    }

    /// How many of a hundred parks return for no reason; 2 unless said otherwise.
    public Simulation spurious(double percent) {
        return with(settings.with(settings.shares().withSpurious(share(percent))));
    }

    /// In how many of a hundred steps time moves on although something can run, as on a machine
    /// that stalls; 2 unless said otherwise.
    public Simulation earlyTimers(double percent) {
        return with(settings.with(settings.shares().withEarlyTimers(share(percent))));
    }

    /// How many of a hundred calls of `Scheduler.choose` give something else than 0; 10 unless said
    /// otherwise.
    public Simulation faults(double percent) {
        return with(settings.with(settings.shares().withFaults(share(percent))));
    }

    /// How far such a stall may reach: deadlines that are further away do not come while a strand
    /// can run that does anything else than yield. A second unless said otherwise.
    public Simulation longestStall(Duration stall) {
        if (stall.isNegative()) {
            throw new IllegalArgumentException("stall must not be negative: stall=" + stall);
        }
        return with(settings.with(settings.limits().withEarlyWithinNs(Scheduler.timeoutNs(stall))));
    }

    /// Operations of the kit after which a run counts as a livelock; 200,000 unless said otherwise.
    public Simulation maxSteps(long steps) {
        checkPositive("steps", steps);
        return with(settings.with(settings.limits().withMaxSteps(steps)));
    }

    /// Virtual time after which a run counts as a livelock; ten days unless said otherwise.
    public Simulation maxTime(Duration time) {
        return with(settings.with(settings.limits().withMaxTimeNs(positiveNs("time", time))));
    }

    /// Real time for which a strand may run without an operation of the kit before its run counts
    /// as escaped; ten seconds unless said otherwise. A strand that waits outside the kit is found
    /// sooner: by the clock of the machine as soon as it is seen, and somebody looks twenty times a
    /// second; in a lock or queue after two seconds.
    public Simulation escapeAfter(Duration time) {
        positiveNs("time", time);
        return with(settings.withEscapeAfter(time));
    }

    /// Leaves out the schedules in which a strand ends with such an exception, as with one that
    /// says that the test does not apply: they count for nothing, whatever else they would do.
    public Simulation leavingOut(Class<? extends Throwable> type) {
        return with(settings.withLeftOut(Objects.requireNonNull(type, "type")));
    }

    /// Runs one schedule instead of the seeds.
    ///
    /// @param schedule the text of a failure, or the name of a file that [SimulationFailure#save]
    ///   has written
    /// @throws IllegalArgumentException when it is neither
    public Simulation replaying(String schedule) {
        Objects.requireNonNull(schedule, "schedule");
        return new Simulation(body, name, settings, range(firstSeed, seeds), read(schedule));
    }

    // ------------------------------------------------------------------ runs

    /// Runs all seeds and fails with the first schedule that goes wrong.
    ///
    /// @throws SimulationFailedError with the report
    public void check() {
        explore().check();
    }

    /// Runs the ordinary course and then each seed, until a schedule goes wrong; that one is
    /// shrunk.
    public Exploration explore() {
        Schedule schedule = replayed();
        return schedule == null
                ? watched(explorer -> explorer.explore(firstSeed, seeds, REPEAT_EVERY))
                : watched(explorer -> explorer.replay(schedule));
    }

    /// Runs every schedule in which at most so many choices are out of the ordinary course, or the
    /// first million. A preemption is such a choice, and so are an early timer and a wake-up for no
    /// reason unless they are set to 0 percent; who follows a strand that waits is free, and so are
    /// faults; a yield that lets others run counts, too. A proof for small programs, when the
    /// result is complete; of a program that takes random numbers, for the numbers of the ordinary
    /// course.
    public Exploration exhaustive(int preemptions) {
        if (preemptions < 0) {
            throw new IllegalArgumentException(
                    "preemptions must not be negative: preemptions=" + preemptions);
        }
        Schedule schedule = replayed();
        return schedule == null
                ? watched(explorer -> explorer.exhaust(preemptions, MOST_SEARCHED, REPEAT_EVERY))
                : watched(explorer -> explorer.replay(schedule));
    }

    /// Runs one schedule, with its steps in words.
    public Trial replay(Schedule schedule) {
        return Watchdog.watch(
                settings.escapeAfter(),
                dog -> new Explorer(name, body, settings, dog).trial(schedule, true),
                lost -> Trial.of(lost.run(), lost.how()));
    }

    /// Runs one schedule so many times.
    ///
    /// @return all runs, without words
    public List<Trial> replay(Schedule schedule, int times) {
        return Watchdog.watch(
                settings.escapeAfter(),
                dog -> {
                    Explorer explorer = new Explorer(name, body, settings, dog);
                    return IntStream.range(0, times)
                            .mapToObj(_ -> explorer.trial(schedule, false))
                            .toList();
                },
                lost -> List.of(Trial.of(lost.run(), lost.how())));
    }

    // ---------------------------------------------------------------- inside

    private Exploration watched(Function<Explorer, Exploration> work) {
        Explorer[] explorer = new Explorer[1];
        return Watchdog.watch(
                settings.escapeAfter(),
                dog -> {
                    explorer[0] = new Explorer(name, body, settings, dog);
                    return work.apply(explorer[0]);
                },
                lost -> explorer[0].lost(lost, told(lost)));
    }

    /// The steps of a run that cannot be ended: of another one like it if it was not told in words,
    /// and if that would not take one more core from the rest of the process.
    private List<String> told(Watchdog.Lost lost) {
        List<String> words = lost.run().words();
        if (!words.isEmpty()) {
            return words;
        }
        return lost.isRunning()
                ? List.of(
                        "(a strand still runs: replay the schedule in a new process for the steps)")
                : replay(lost.run().schedule()).words();
    }

    private @Nullable Schedule replayed() {
        if (replayed != null) {
            return replayed;
        }
        String property = System.getProperty(REPLAY);
        return property == null ? null : read(property);
    }

    private static Schedule read(String given) {
        String textOrFile = given.strip();
        if (!textOrFile.matches("[A-Za-z0-9_-]+") || Files.exists(Path.of(textOrFile))) {
            try {
                return Schedule.parse(
                        Files.readAllLines(Path.of(textOrFile)).stream()
                                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                                .findFirst()
                                .orElse(""));
            } catch (IOException | InvalidPathException e) {
                throw new IllegalArgumentException(
                        "a schedule must be the text of a failure's report, or a file that has it"
                                + " in a line: given="
                                + given,
                        e);
            }
        }
        return Schedule.parse(textOrFile);
    }

    private Simulation with(Settings changed) {
        return new Simulation(body, name, changed, range(firstSeed, seeds), replayed);
    }

    private static long[] range(long first, long count) {
        return new long[] {first, count};
    }

    private static double share(double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException(
                    "percent must be between 0 and 100: percent=" + percent);
        }
        return percent / 100;
    }

    private static long positiveNs(String what, Duration time) {
        if (!time.isPositive()) {
            throw new IllegalArgumentException(what + " must be positive: " + what + "=" + time);
        }
        return Scheduler.timeoutNs(time);
    }

    private static void checkPositive(String what, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be positive: " + what + "=" + value);
        }
    }
}
