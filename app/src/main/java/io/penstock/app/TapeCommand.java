// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.app.BacktestRunner.Feedback;
import io.penstock.app.TapeTools.Output;
import io.penstock.report.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `penstock tape`: its commands are `convert`, `info` and `check`.
@Command(name = "tape", description = "Converts, describes and checks recorded market data.")
final class TapeCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    /// The command line of `tape` with those of its commands.
    static CommandLine commandLine(Console console, TapeTools tools) {
        return new CommandLine(new TapeCommand())
                .addSubcommand(new Convert(console, tools))
                .addSubcommand(new Describe(console, tools))
                .addSubcommand(new Check(console, tools));
    }

    @Override
    public Integer call() {
        CommandSpec mine = Objects.requireNonNull(spec);
        throw new ParameterException(mine.commandLine(), "tape what? convert, info or check");
    }

    /// Shows progress as the tools report it.
    private record Feedbacks(Progress progress) implements Feedback {
        @Override
        public void progress(String task, long done, long total, String unit) {
            progress.show(task, done, total, unit);
        }

        @Override
        public void stuck(String message, @Nullable RunResult soFar) {
            throw new IllegalStateException(message);
        }
    }

    /// `penstock tape convert`.
    @Command(
            name = "convert",
            sortOptions = false,
            description = "Converts a recording to a tape, which every run reads in place.")
    static final class Convert implements Callable<Integer> {
        private final Console console;
        private final TapeTools tools;

        @Parameters(arity = "1..*", paramLabel = "SRC", description = "Files of one recording.")
        List<Path> sources = new ArrayList<>();

        @Option(
                names = {"-o", "--output"},
                required = true,
                paramLabel = "FILE",
                description = "The tape.")
        Path target = Path.of("");

        @Option(
                names = "--keep-reference",
                description = "Keep the answers that the recording carries, for tape check.")
        boolean keepReference;

        @ArgGroup(exclusive = false, heading = "%nReading:%n")
        SourceOptions.Plain options = new SourceOptions.Plain();

        Convert(Console console, TapeTools tools) {
            this.console = console;
            this.tools = tools;
        }

        @Override
        public Integer call() {
            try (Progress progress = console.progress()) {
                Output output = new Output(console.out(), new Feedbacks(progress));
                return tools.convert(sources, target, keepReference, options, output)
                        ? ExitCode.DONE
                        : ExitCode.FAILED;
            }
        }
    }

    /// `penstock tape info`.
    @Command(name = "info", description = "Says what is on a tape.")
    static final class Describe implements Callable<Integer> {
        private final Console console;
        private final TapeTools tools;

        @Parameters(paramLabel = "FILE", description = "A tape.")
        Path tape = Path.of("");

        Describe(Console console, TapeTools tools) {
            this.console = console;
            this.tools = tools;
        }

        @Override
        public Integer call() {
            tools.info(tape, console.out());
            return ExitCode.DONE;
        }
    }

    /// `penstock tape check`.
    @Command(
            name = "check",
            sortOptions = false,
            description = {
                "Rebuilds the books of a recording or a tape and compares them with every answer"
                        + " that the data itself carries.",
                "Ends with 1 when something is wrong."
            })
    static final class Check implements Callable<Integer> {
        private final Console console;
        private final TapeTools tools;

        @Parameters(
                arity = "1..*",
                paramLabel = "SRC",
                description = "Files of one recording, or a tape.")
        List<Path> sources = new ArrayList<>();

        @ArgGroup(exclusive = false, heading = "%nReading:%n")
        SourceOptions.Plain options = new SourceOptions.Plain();

        Check(Console console, TapeTools tools) {
            this.console = console;
            this.tools = tools;
        }

        @Override
        public Integer call() {
            try (Progress progress = console.progress()) {
                Output output = new Output(console.out(), new Feedbacks(progress));
                return tools.check(sources, options, output) ? ExitCode.DONE : ExitCode.FAILED;
            }
        }
    }
}
