// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.report.TextLayout;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The `penstock` command: reads the command line and runs the command that it names.
@Command(
        name = "penstock",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = PenstockCommand.Version.class,
        description = {
            "Runs feed, strategy and OMS pipelines: every queue bounded, every loss counted, every"
                    + " run replayable.",
            ""
        },
        footerHeading = "%n")
final class PenstockCommand implements Callable<Integer> {
    /// What the commands use.
    ///
    /// @param runners makes the runner of each backtest
    /// @param tapeTools what `tape` does
    /// @param bench what `bench` does
    record Parts(Supplier<BacktestRunner> runners, TapeTools tapeTools, BenchCommand.Bench bench) {}

    /// Says which build this is.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = PenstockCommand.class.getPackage().getImplementationVersion();
            return new String[] {
                "penstock "
                        + Objects.requireNonNullElse(version, "(not packaged)")
                        + ", Java "
                        + Runtime.version()
            };
        }
    }

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            order = 98,
            description = "Stack traces with error messages.")
    boolean isVerbose;

    @Option(
            names = {"-h", "--help"},
            scope = ScopeType.INHERIT,
            order = 99,
            usageHelp = true,
            description = "This help.")
    boolean isHelp;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "The version.")
    boolean isVersion;

    @Spec private @Nullable CommandSpec spec;

    private PenstockCommand() {}

    /// Runs one command line.
    ///
    /// @return the exit code
    static int run(List<String> arguments, Console console, Parts parts) {
        PenstockCommand root = new PenstockCommand();
        Failures failures = new Failures(console.err(), () -> root.isVerbose);
        CommandLine commandLine = root.commandLine(console, failures, parts);
        try {
            int code = commandLine.execute(expanded(arguments, commandLine).toArray(String[]::new));
            return checked(code, console, failures);
        } catch (IllegalArgumentException | OutOfMemoryError e) {
            return failures.report(e);
        } finally {
            console.out().flush();
            console.err().flush();
        }
    }

    /// A result that nobody could read is not done: the reader of a pipe has gone, the disk is
    /// full.
    private static int checked(int code, Console console, Failures failures) {
        if (!console.out().checkError()) {
            return code;
        }
        int failed = failures.report(new IOException("standard output does not take the result"));
        return code == ExitCode.DONE ? failed : code;
    }

    private CommandLine commandLine(Console console, Failures failures, Parts parts) {
        CommandLine commandLine =
                new CommandLine(this)
                        .addSubcommand(new BacktestCommand(console, failures, parts.runners()))
                        .addSubcommand(TapeCommand.commandLine(console, parts.tapeTools()))
                        .addSubcommand(new BenchCommand(console, parts.bench()));
        commandLine.getCommandSpec().usageMessage().footer(footer());
        OptionValues.register(commandLine);
        return commandLine
                .setOut(console.out())
                .setErr(console.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(80)
                .setUsageHelpLongOptionsMaxWidth(28)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setParameterExceptionHandler((e, _) -> refuse(e, console.err()))
                .setExecutionExceptionHandler((e, _, _) -> failures.report(e));
    }

    private static String[] footer() {
        return Stream.concat(
                        Stream.of("penstock COMMAND --help says more about a command.", ""),
                        Arrays.stream(ExitCode.HELP))
                .toArray(String[]::new);
    }

    private static List<String> expanded(List<String> arguments, CommandLine commandLine) {
        if (arguments.isEmpty() || !arguments.getFirst().equals("backtest")) {
            return arguments;
        }
        CommandLine backtest = Objects.requireNonNull(commandLine.getSubcommands().get("backtest"));
        List<String> rest = arguments.subList(1, arguments.size());
        return Stream.concat(
                        Stream.of("backtest"),
                        ConfigFile.expand(rest, backtest.getCommandSpec()).stream())
                .toList();
    }

    private static int refuse(ParameterException e, PrintWriter err) {
        String message =
                TextLayout.clean(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        if (e instanceof UnmatchedArgumentException unmatched) {
            String suggestions =
                    unmatched.getSuggestions().stream().limit(3).collect(Collectors.joining(", "));
            message += suggestions.isEmpty() ? "" : "; did you mean " + suggestions + "?";
        }
        if (message.contains("expected only one match but got")) {
            message = "an option is given twice";
        }
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        err.println("penstock: " + message + " (" + command + " --help says more)");
        err.flush();
        return ExitCode.USAGE;
    }

    @Override
    public Integer call() {
        CommandSpec mine = Objects.requireNonNull(spec);
        throw new ParameterException(mine.commandLine(), "which command? backtest, tape or bench");
    }
}
