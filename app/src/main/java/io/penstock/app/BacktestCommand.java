// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock backtest`.
@Command(
        name = "backtest",
        sortOptions = false,
        customSynopsis = "Usage: penstock backtest [STRATEGY] [--data FILE...] [OPTIONS]",
        synopsisHeading = "",
        optionListHeading = "%n",
        description = {
            "Runs a strategy against a recorded market, or against a seeded market of agents, and"
                    + " reports what it did.",
            "",
            "  penstock backtest",
            "  penstock backtest examples/Momentum.java --data btcusdt.gz --set fast=50"
        },
        footer = {"", "penstock --help lists the exit codes."})
final class BacktestCommand implements Callable<Integer> {
    private final Console console;
    private final Failures failures;
    private final Supplier<BacktestRunner> runners;

    @Parameters(
            arity = "0..1",
            paramLabel = "STRATEGY",
            description = "A .java file, or a class on the class path (default: an example).")
    @Nullable String strategy;

    @ArgGroup(exclusive = false, heading = "%nStrategy and run:%n", order = 1)
    RunOptions run = new RunOptions();

    @ArgGroup(exclusive = false, heading = "%nMarket data:%n", order = 2)
    DataOptions data = new DataOptions();

    @ArgGroup(exclusive = false, heading = "%nPeriod:%n", order = 3)
    PeriodOptions period = new PeriodOptions();

    @ArgGroup(exclusive = false, heading = "%nVenue:%n", order = 4)
    VenueOptions venue = new VenueOptions();

    @ArgGroup(exclusive = false, heading = "%nRisk limits:%n", order = 5)
    RiskOptions risk = new RiskOptions();

    @ArgGroup(exclusive = false, heading = "%nOutput:%n", order = 6)
    OutputOptions output = new OutputOptions();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            order = 90,
            description =
                    "Options from a file: name = value, named as here without dashes; set.NAME for"
                            + " parameters, strategy for the strategy.")
    @Nullable Path config;

    @Option(names = "--config-strategy", hidden = true)
    @Nullable String configStrategy;

    BacktestCommand(Console console, Failures failures, Supplier<BacktestRunner> runners) {
        this.console = console;
        this.failures = failures;
        this.runners = runners;
    }

    /// What the command line asks for.
    ///
    /// @throws IllegalArgumentException when two options contradict each other
    BacktestRequest request() {
        risk.check();
        takeStrategyFromData();
        if (run.callbackLimit.ns() < 1) {
            throw new IllegalArgumentException("--callback-limit is more than 0");
        }
        String chosen = strategy == null ? configStrategy : strategy;
        return new BacktestRequest(chosen, data, period, venue, risk, run);
    }

    /// `--data` takes every file that follows; a Java file among them is the strategy.
    private void takeStrategyFromData() {
        List<Path> sources =
                data.files.stream().filter(f -> f.toString().endsWith(".java")).toList();
        if (strategy == null && sources.size() == 1) {
            strategy = sources.getFirst().toString();
            data.files.removeAll(sources);
        }
    }

    @Override
    public Integer call() {
        BacktestRequest request = request();
        return new BacktestSession(console, output, failures).run(runners.get(), request);
    }
}
