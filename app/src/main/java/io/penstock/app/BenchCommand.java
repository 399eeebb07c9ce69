// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.bench.Workloads;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock bench`.
@Command(
        name = "bench",
        sortOptions = false,
        description =
                "Measures events per second and bytes allocated per event on this machine, each"
                        + " beside a hand-written loop over the same bytes.")
final class BenchCommand implements Callable<Integer> {
    private final Console console;
    private final Bench bench;

    /// The names that there are, for the help.
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Workloads.NAMES.iterator();
        }
    }

    @Parameters(
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "What to measure: ${COMPLETION-CANDIDATES} (default: everything).")
    List<String> names = new ArrayList<>();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            order = 1,
            description = "Rounds that count (default ${DEFAULT-VALUE}); three more warm up.")
    int rounds = 11;

    @Option(
            names = "--json",
            order = 2,
            description = "The result as one JSON object on stdout, everything else on stderr.")
    boolean isJson;

    @ArgGroup(exclusive = false, heading = "%nMarket data:%n", order = 3)
    DataOptions data = new DataOptions();

    /// What is asked for.
    ///
    /// @param names what to measure; empty for everything
    /// @param data on which data; without files on two tapes of the built-in market
    /// @param rounds rounds that count, at least one
    /// @param isJson whether the result is for a program
    record Request(List<String> names, DataOptions data, int rounds, boolean isJson) {}

    /// Measures.
    @FunctionalInterface
    interface Bench {
        /// Measures, and writes what came of it.
        ///
        /// @throws IllegalArgumentException when there is nothing of that name
        void run(Request request, Console console);
    }

    BenchCommand(Console console, Bench bench) {
        this.console = console;
        this.bench = bench;
    }

    @Override
    public Integer call() {
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds is at least 1");
        }
        bench.run(new Request(List.copyOf(names), data, rounds, isJson), console);
        return ExitCode.DONE;
    }
}
