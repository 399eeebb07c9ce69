// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.SessionTrial.Trouble;
import io.penstock.market.Side;
import io.penstock.market.Tape;
import io.penstock.simulation.Simulation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Sessions in many interleavings, with all sorts of trouble: what must hold in every schedule is
/// said in [SessionTrial] and [SessionAudit].
final class SessionSimulationTest {
    private static final int SEEDS =
            Boolean.getBoolean("penstock.nightly")
                    ? 10_000
                    : Integer.getInteger("penstock.session.seeds", 100);

    /// All that a session can take its time for.
    private static final Set<Trouble> ALL =
            EnumSet.complementOf(EnumSet.of(Trouble.GRACE_IS_SHORT));

    @TempDir static Path folder;
    private static Tape tape;

    @BeforeAll
    static void writeTape() {
        try (TapeMaker maker =
                new TapeMaker(folder.resolve("tape"), TapeMaker.ONE, TapeMaker.TWO)) {
            for (int i = 0; i < 24; i++) {
                long mid = 100L + i % 5 - i / 6;
                var of = i % 3 == 2 ? TapeMaker.TWO : TapeMaker.ONE;
                maker.quote(of, mid - 1, mid + 1).after(1_000);
                if (i % 4 == 3) {
                    Side side = i % 8 == 3 ? Side.SELL : Side.BUY;
                    maker.trade(of, mid - side.sign() * 2L, 4, side).after(500);
                }
            }
            tape = maker.open();
        }
    }

    @AfterAll
    static void closeTape() {
        tape.close();
    }

    static Stream<Set<Trouble>> troubles() {
        return Stream.concat(
                Stream.of(EnumSet.noneOf(Trouble.class), ALL),
                Stream.of(Trouble.values()).map(EnumSet::of));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void holdsWhereStrandsChangeAtEveryOperation(Set<Trouble> troubles) {
        simulation(troubles, new ArrayList<>()).everyOperation().seeds(SEEDS).check();
    }

    @Test
    void decidesTheSameInTheSameSchedule() {
        List<String> once = new ArrayList<>();
        List<String> again = new ArrayList<>();
        simulation(ALL, once).seeds(SEEDS).check();
        simulation(ALL, again).seeds(SEEDS).check();

        assertThat(again).isEqualTo(once);
        assertThat(Set.copyOf(once)).hasSizeGreaterThan(Math.min(SEEDS, 100) / 4);
    }

    @Test
    void holdsInEveryScheduleAndMeetsAllThatCanHappen() {
        SessionSightings all = new SessionSightings();
        troubles()
                .forEach(
                        troubles ->
                                simulation(troubles, new ArrayList<>(), all).seeds(SEEDS).check());

        assertThat(all.counts())
                .containsKeys(
                        "failed in the feed",
                        "failed in a strategy",
                        "gave a strategy up",
                        "halted by its loss",
                        "lost data of a worker",
                        "dropped what an order edge held",
                        "merged prices",
                        "cancel behind a price",
                        "feed waited",
                        "filled",
                        "overdue",
                        "told twice",
                        "rejected by the venue",
                        "refused: HALTED",
                        "refused: POSITION",
                        "refused: OPEN_ORDERS",
                        "request without room",
                        "cut short");
    }

    private static Simulation simulation(Set<Trouble> troubles, List<String> hashes) {
        return simulation(troubles, hashes, new SessionSightings());
    }

    private static Simulation simulation(
            Set<Trouble> troubles, List<String> hashes, SessionSightings sightings) {
        return Simulation.of(
                        scheduler -> {
                            SessionTrial trial = new SessionTrial(scheduler, tape, troubles);
                            SessionOutcome outcome = trial.run();
                            hashes.add(outcome.statistics().orderLogHash());
                            sightings.add(outcome, trial.audit());
                        })
                .named("session " + troubles)
                .faults(4);
    }
}
