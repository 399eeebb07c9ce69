// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.app.OptionValues.BasisPoints;
import io.penstock.app.OptionValues.TimeLength;
import io.penstock.app.PenstockCommand.Parts;
import io.penstock.market.DataException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PenstockCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<BacktestRequest> requests = new ArrayList<>();
    private BacktestRunner.Outcome outcome = new BacktestRunner.Outcome(Results.complete(), null);
    private RuntimeException refusal = new DataException("file", "line 3", "no number", "");
    private boolean isRefused;

    private final class FakeRunner implements BacktestRunner {
        @Override
        public Outcome run(BacktestRequest request, Feedback feedback) {
            requests.add(request);
            if (isRefused) {
                throw refusal;
            }
            return outcome;
        }

        @Override
        public void stop() {}
    }

    private int run(String... arguments) {
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), false, () -> 0);
        Parts parts = new Parts(FakeRunner::new, new NoTools(), (_, _) -> {});
        return PenstockCommand.run(Arrays.asList(arguments), console, parts);
    }

    private static final class NoTools implements TapeTools {
        @Override
        public boolean convert(
                List<Path> sources,
                Path target,
                boolean keep,
                SourceOptions options,
                Output output) {
            output.out().println(sources + " " + target + " " + keep + " " + options.format);
            return !options.isSkipping();
        }

        @Override
        public void info(Path tape, PrintWriter to) {
            to.println("info " + tape);
        }

        @Override
        public boolean check(List<Path> sources, SourceOptions options, Output output) {
            return !options.isSkipping();
        }
    }

    @Test
    void readsEveryOptionOfABacktest() {
        int code =
                run(
                        ("backtest Momentum.java --data a.gz b.gz --data c.gz --format binance"
                                        + " --instrument i.json --set fast=5 --set slow=9"
                                        + " --from 09:30 --to 2024-08-08T10:00:00Z --seed 7"
                                        + " --feed-latency 500us --order-latency 1.5ms"
                                        + " --report-latency 2s --latency-jitter 10ns"
                                        + " --maker-fee -0.01/lot --taker-fee 2bp"
                                        + " --queue-model optimistic --quote-size 0.5"
                                        + " --max-order 1 --max-notional 2 --max-position 3"
                                        + " --price-collar 5% --max-order-rate 4"
                                        + " --max-open-orders 5 --callback-limit 3s"
                                        + " --placement ahead --on-bad-record skip"
                                        + " --date 2024-08-08 --no-report --json --verbose")
                                .split(" ", -1));
        assertThat(err.toString()).startsWith("Nothing on X");
        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).startsWith("{\"schema\"");
        BacktestRequest request = requests.getFirst();
        assertThat(request.strategy()).isEqualTo("Momentum.java");
        assertThat(request.data().files)
                .containsExactly(Path.of("a.gz"), Path.of("b.gz"), Path.of("c.gz"));
        assertThat(request.data().isSkipping()).isTrue();
        assertThat(request.data().date).isEqualTo(LocalDate.of(2024, 8, 8));
        assertThat(request.run().parameters).isEqualTo(Map.of("fast", "5", "slow", "9"));
        assertThat(request.run().placement).isEqualTo(RunOptions.Placement.AHEAD);
        assertThat(request.period().seed).isEqualTo(7);
        assertThat(request.period().to)
                .isEqualTo(new Moment.At(Instant.parse("2024-08-08T10:00:00Z")));
        assertThat(request.venue().orderLatency).isEqualTo(new TimeLength(1_500_000));
        assertThat(request.venue().takerFee.amount()).isEqualByComparingTo("200");
        assertThat(request.venue().makerFee).isEqualTo(new FeeRate(new BigDecimal("-0.01"), true));
        assertThat(request.risk().priceCollar).isEqualTo(new BasisPoints(500));
        assertThat(request.risk().maxOpenOrders).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--seed x",
                "--seed 1 --seed 2",
                "--feed-latency 5",
                "--feed-latency -5ms",
                "--feed-latency 1e99s",
                "--maker-fee 5",
                "--maker-fee 200%",
                "--maker-fee x%",
                "--from 25:00",
                "--to tomorrowT",
                "--queue-model none",
                "--max-order -1",
                "--max-order-rate 0",
                "--price-collar 5",
                "--price-collar 0.001%",
                "--callback-limit 0",
                "--set fast",
                "--placement both",
                "--on-bad-record maybe",
                "--date 8.8.2024",
                "--unknown 3",
                "--config /none/such.properties",
                "a b"
            })
    void refusesWhatItCannotReadWithOneLine(String arguments) {
        int code = run(("backtest " + arguments).split(" ", -1));
        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("penstock: ").hasLineCount(1);
        assertThat(requests).isEmpty();
    }

    @Test
    void readsOptionsFromAFileAndPrefersTheCommandLine(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("run.properties");
        Files.writeString(
                file,
                """
                seed = 3
                set.fast = 5
                set.slow = 6
                data = a.gz, b.gz
                strategy = S.java
                no-report = true
                json = false
                feed-latency = 1ms
                """);
        int code = run("backtest", "--config", file.toString(), "--seed=9", "--set", "slow=8");
        assertThat(err.toString()).isEmpty();
        assertThat(code).isEqualTo(ExitCode.DONE);
        BacktestRequest request = requests.getFirst();
        assertThat(request.strategy()).isEqualTo("S.java");
        assertThat(request.period().seed).isEqualTo(9);
        assertThat(request.run().parameters).isEqualTo(Map.of("fast", "5", "slow", "8"));
        assertThat(request.data().files).containsExactly(Path.of("a.gz"), Path.of("b.gz"));
        assertThat(request.venue().feedLatency.ns()).isEqualTo(1_000_000);
    }

    @Test
    void refusesAFileThatNamesSomethingUnknown(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("run.properties");
        Files.writeString(file, "sed = 3\n");
        assertThat(run("backtest", "--config=" + file)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("unknown setting: sed");
    }

    @Test
    void tellsBadDataAndAFailedRunApart() {
        isRefused = true;
        assertThat(run("backtest", "--no-report")).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString()).isEqualTo("penstock: file: line 3: no number\n");
        isRefused = false;
        outcome = new BacktestRunner.Outcome(Results.partial("It threw."), null);
        assertThat(run("backtest", "--no-report")).isEqualTo(ExitCode.FAILED);
        refusal = new NullPointerException("x");
        outcome = new BacktestRunner.Outcome(Results.partial("It threw."), refusal);
        assertThat(run("backtest", "--no-report")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("internal error: ").doesNotContain("    at ");
        run("backtest", "--no-report", "--verbose");
        assertThat(err.toString()).contains("    at ");
    }

    @Test
    void takesAJavaFileAmongTheDataForTheStrategy() {
        run("backtest", "--no-report", "--data", "a.gz", "S.java");
        assertThat(requests.getFirst().strategy()).isEqualTo("S.java");
        assertThat(requests.getFirst().data().files).containsExactly(Path.of("a.gz"));
    }

    @Test
    void runsTheCommandsOfTape() {
        assertThat(run("tape", "convert", "a", "b", "-o", "c", "--format", "lobster")).isZero();
        assertThat(run("tape", "info", "t")).isZero();
        assertThat(out.toString()).isEqualTo("[a, b] c false lobster\ninfo t\n");
        assertThat(run("tape", "check", "a")).isZero();
        assertThat(run("tape", "check", "a", "--on-bad-record", "skip")).isEqualTo(ExitCode.FAILED);
        assertThat(run("tape", "convert", "a")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void explainsItself() {
        for (String command : new String[] {"--help", "backtest --help", "tape check --help"}) {
            assertThat(run(command.split(" ", -1))).isZero();
        }
        assertThat(out.toString()).contains("Exit codes:").contains("--feed-latency");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
        assertThat(run()).isEqualTo(ExitCode.USAGE);
    }
}
