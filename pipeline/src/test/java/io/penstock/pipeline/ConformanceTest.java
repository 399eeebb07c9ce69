// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Scheduler;
import io.penstock.simulation.Exploration;
import io.penstock.simulation.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// All models keep one contract: every operator on every model, and every ordered pair of models,
/// with everything that can go wrong, each in hundreds of interleavings, and in ten thousand with
/// `-Pnightly`, where every operator is tried on every ordered pair as well;
/// `-Dpenstock.shard=3/10` tries the third tenth of the entries. `docs/conformance.md` says what is
/// tried; with `-Dpenstock.update=true` it is written anew.
class ConformanceTest {
    /// Interleavings of an entry that switch where a strand waits.
    static final long AT_WAITS = 180;

    /// Interleavings of an entry that may switch at every operation.
    static final long AT_EVERY_OPERATION = 20;

    /// Interleavings of both kinds with `-Pnightly`.
    static final long NIGHTLY_SCHEDULES = 10_000;

    private static final long SCHEDULES =
            Long.getLong(
                    "penstock.schedules",
                    Boolean.getBoolean("penstock.nightly")
                            ? NIGHTLY_SCHEDULES
                            : AT_WAITS + AT_EVERY_OPERATION);

    private static final Shard SHARD = Shard.parse(System.getProperty("penstock.shard", "1/1"));

    private static final Path DOCUMENT =
            Path.of(System.getProperty("penstock.root", "."), "docs", "conformance.md");

    /// Entries that differ in what goes wrong only.
    record Row(String name, List<ConformanceEntry> entries, Progress progress) {
        void check() {
            entries.parallelStream().forEach(this::check);
        }

        private void check(ConformanceEntry entry) {
            try {
                ConformanceTest.check(entry);
            } finally {
                progress.step();
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> operators() {
        return rows("operators", ConformanceEntry.ofOperators());
    }

    static Stream<Row> pairs() {
        return rows("pairs", ConformanceEntry.ofPairs());
    }

    static Stream<Row> operatorsOnPairs() {
        return rows("operators on pairs", ConformanceEntry.ofOperatorsOnPairs());
    }

    private static Stream<Row> rows(String what, List<ConformanceEntry> all) {
        List<ConformanceEntry> entries = SHARD.of(all);
        Progress progress =
                new Progress(
                        "conformance, " + what,
                        entries.size(),
                        Scheduler.real()::nanoTime,
                        System.err::println);
        Map<String, List<ConformanceEntry>> rows = new LinkedHashMap<>();
        for (ConformanceEntry entry : entries) {
            rows.computeIfAbsent(entry.row(), _ -> new ArrayList<>()).add(entry);
        }
        return rows.entrySet().stream().map(row -> new Row(row.getKey(), row.getValue(), progress));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void keepsTheContractWithEveryOperator(Row row) {
        row.check();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void keepsTheContractBehindEveryModel(Row row) {
        row.check();
    }

    @Tag("nightly")
    @ParameterizedTest
    @MethodSource("operatorsOnPairs")
    void keepsTheContractWithEveryOperatorBehindEveryModel(Row row) {
        row.check();
    }

    private static void check(ConformanceEntry entry) {
        Simulation simulation = new ConformanceSubject(entry).simulation();
        long everyOperation = Math.ceilDiv(SCHEDULES, 10);
        check(simulation, SCHEDULES - everyOperation);
        check(simulation.everyOperation(), everyOperation);
    }

    private static void check(Simulation simulation, long seeds) {
        Exploration exploration = simulation.seeds(seeds).explore();
        exploration.check();
        assertThat(exploration.schedules()).isGreaterThanOrEqualTo(seeds);
    }

    @Test
    void isInTheDocument() throws IOException {
        String document = ConformanceDocument.text();
        if (Boolean.getBoolean("penstock.update")) {
            Files.writeString(DOCUMENT, document);
        }
        assertThat(DOCUMENT).as("update with -Dpenstock.update=true").hasContent(document);
    }
}
