// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `penstock bench`.
@Command(
        name = "bench",
        description =
                "Measures events per second and bytes allocated per event on this machine, each"
                        + " beside a hand-written loop over the same bytes.")
final class BenchCommand implements Callable<Integer> {
    private final Console console;
    private final Bench bench;

    @Parameters(paramLabel = "NAME", description = "What to measure (default: everything).")
    List<String> names = new ArrayList<>();

    /// Measures.
    @FunctionalInterface
    interface Bench {
        /// Measures these, or everything when none is named.
        ///
        /// @param names what to measure
        void run(List<String> names, Console console);
    }

    BenchCommand(Console console, Bench bench) {
        this.console = console;
        this.bench = bench;
    }

    @Override
    public Integer call() {
        bench.run(List.copyOf(names), console);
        return ExitCode.DONE;
    }
}
