// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.simulation.Exploration;
import io.penstock.simulation.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// All models keep one contract: every operator on every model, and every ordered pair of models,
/// with everything that can go wrong, each in dozens of interleavings, and in thousands with
/// `-Pnightly`. `docs/conformance.md` says what is tried; with `-Dpenstock.update=true` it is
/// written anew.
class ConformanceTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("penstock.nightly");
    private static final long AT_WAITS = NIGHTLY ? 9_000 : 25;
    private static final long AT_EVERY_OPERATION = NIGHTLY ? 1_000 : 3;
    private static final Path DOCUMENT =
            Path.of(System.getProperty("penstock.root", "."), "docs", "conformance.md");

    /// Entries that differ in what goes wrong only.
    record Row(String name, List<ConformanceEntry> entries) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> operators() {
        return Stream.of(Operation.values())
                .flatMap(
                        operation ->
                                Stream.of(Model.values())
                                        .filter(operation::canRunAs)
                                        .map(model -> row(null, operation, model)));
    }

    static Stream<Row> pairs() {
        return Stream.of(Model.values())
                .flatMap(
                        before ->
                                Stream.of(Model.values())
                                        .map(model -> row(before, Operation.MAP, model)));
    }

    private static Row row(Model before, Operation operation, Model model) {
        List<ConformanceEntry> entries =
                Stream.of(Trouble.values())
                        .map(trouble -> new ConformanceEntry(before, operation, model, trouble))
                        .toList();
        String name = (before == null ? operation + " on " : before + " then ") + model;
        return new Row(name, entries);
    }

    @ParameterizedTest
    @MethodSource("operators")
    void keepsTheContractWithEveryOperator(Row row) {
        row.entries().forEach(ConformanceTest::check);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void keepsTheContractBehindEveryModel(Row row) {
        row.entries().forEach(ConformanceTest::check);
    }

    private static void check(ConformanceEntry entry) {
        Simulation simulation = Simulation.of(entry::run).named(entry.toString());
        check(simulation.seeds(AT_WAITS), AT_WAITS);
        check(simulation.everyOperation().seeds(AT_EVERY_OPERATION), AT_EVERY_OPERATION);
    }

    private static void check(Simulation simulation, long seeds) {
        Exploration exploration = simulation.explore();
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
