// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Runs of the real engine that go wrong, each with one message and its exit code.
class FailedRunTest {
    private static final String STRATEGY =
            """
            import io.penstock.market.Quote;
            import io.penstock.strategy.Orders;
            import io.penstock.strategy.Strategy;
            public final class Mine implements Strategy {
                private int quotes;
                @Override
                public void onQuote(Quote quote, Orders orders) {
                    if (++quotes == 100) {
                        STATEMENT
                    }
                }
            }
            """;

    private static final String BINANCE =
            """
            1000000 {"e":"trade","T":1,"s":"ABC","t":1,"p":"10.1","q":"1","m":true}
            2000000 {"e":"bookTicker","u":1,"s":"ABC","b":"10","B":"1","a":"10.1","A":"2","T":2}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    @TempDir Path folder;

    private int run(String... arguments) {
        return run(new PrintWriter(out), arguments);
    }

    private int run(PrintWriter to, String... arguments) {
        Console console = new Console(to, new PrintWriter(err), false, () -> 0);
        return PenstockCommand.run(List.of(arguments), console, EngineParts.parts());
    }

    private String strategy(String statement) throws IOException {
        Path file = folder.resolve("Mine.java");
        Files.writeString(file, STRATEGY.replace("STATEMENT", statement));
        return file.toString();
    }

    private String report() {
        return "--report=" + folder.resolve("report.html");
    }

    @Test
    void keepsWhatAStrategyDidBeforeItThrew() throws IOException {
        String file = strategy("throw new IllegalStateException(\"boom\\u001b[31m\");");
        assertThat(run("backtest", file, report())).isEqualTo(ExitCode.STRATEGY);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "penstock: Mine.java:9: Mine: onQuote failed:"
                                + " java.lang.IllegalStateException: boom?[31m");
        assertThat(out.toString()).contains("PARTIAL", "Mine.java:9").doesNotContain("\u001b");
        assertThat(folder.resolve("report.html")).content().contains("Partial run.");
    }

    @Test
    void isPartialWhenTheDataEndsBeforeItsTimeAlsoWhereBadRecordsAreSkipped() throws IOException {
        Path data = folder.resolve("cut.txt");
        Files.writeString(data, BINANCE + BINANCE.substring(0, 50));
        String name = data.toString();
        String skip = "--on-bad-record=skip";
        assertThat(run("backtest", "--data", name, skip, report())).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString())
                .contains("PARTIAL", "line 3: half a record")
                .contains("1 bad record left out");
        String tape = "--output=" + folder.resolve("tape");
        assertThat(run("tape", "convert", name, tape, skip)).isEqualTo(ExitCode.FAILED);
        assertThat(run("tape", "check", name, skip)).isEqualTo(ExitCode.FAILED);
        Files.writeString(data, BINANCE + "x\n" + BINANCE);
        assertThat(run("backtest", "--data", name, skip, report())).isEqualTo(ExitCode.DONE);
        assertThat(run("tape", "convert", name, tape, skip)).isEqualTo(ExitCode.DONE);
    }

    @Test
    void takesAParameterThatTheStrategyDoesNotTakeForWrongUsage() {
        assertThat(run("backtest", "--set", "bogus=1")).isEqualTo(ExitCode.USAGE);
        assertThat(run("backtest", "--set", "fast=many")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("penstock: Momentum: no such parameter: bogus; known: fast");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void pullsTheKillSwitchAtTheLossThatWasNamed() throws IOException {
        String file = folder.resolve("Loser.java").toString();
        Files.writeString(
                Path.of(file),
                """
                import io.penstock.market.*;
                import io.penstock.strategy.*;
                public final class Loser implements Strategy {
                    private int quotes;
                    @Override
                    public void onQuote(Quote quote, Orders orders) {
                        if (quotes++ % 50 == 0 && quote.isTwoSided()) {
                            orders.limit(0, Side.BUY, 1, quote.bidPrice() - 50);
                            orders.market(0, quotes % 100 == 1 ? Side.BUY : Side.SELL, 5);
                        }
                    }
                }
                """);
        String[] careful = {"backtest", file, "--max-loss=2", "--no-report", "--json"};
        assertThat(run(careful)).isEqualTo(ExitCode.DONE);
        assertThat(err.toString())
                .contains("the trading state at the end is HALTED")
                .contains("trading state is HALTED")
                .containsPattern("orders .* cancelled")
                .doesNotContain(" expired");
        String halted = out.toString();
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        assertThat(run("backtest", file, "--max-loss=1000000", "--no-report", "--json"))
                .isEqualTo(ExitCode.DONE);
        assertThat(err.toString()).doesNotContain("HALTED").contains(" expired");
        assertThat(out.toString()).isNotEqualTo(halted);
    }

    @Test
    void makesRoomForTheOpenOrdersThatAreAskedForOrSaysHowManyItCan() {
        assertThat(run("backtest", "--max-open-orders=10000", "--no-report", "--to=14:31"))
                .isEqualTo(ExitCode.DONE);
        assertThat(run("backtest", "--max-open-orders=100000")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--max-open-orders is at most 65536: 100000");
    }

    @Test
    void namesTheFolderThatIsMissingForATape() throws IOException {
        Path data = folder.resolve("data.txt");
        Files.writeString(data, BINANCE);
        Path missing = folder.resolve("missing");
        assertThat(run("tape", "convert", data.toString(), "-o", missing.resolve("x").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("there is no folder " + missing + " to write the tape to");
    }

    @Test
    void writesPlotPointsWithTheirOwnDecimalsOnly() {
        assertThat(run("backtest", "--no-report", "--json")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).doesNotContainPattern("\\d\\.\\d*(0000000|9999999)\\d+[,\\]]");
    }

    @Test
    void cleansStackTracesToo() throws IOException {
        String file = strategy("throw new IllegalStateException(\"boom\\u001b[31m\");");
        run("backtest", file, "--no-report", "--verbose");
        assertThat(err.toString()).contains("    at ").doesNotContain("\u001b");
    }

    @Test
    void namesTheLineThatDoesNotCompile() throws IOException {
        assertThat(run("backtest", strategy("return 1;"), report())).isEqualTo(ExitCode.STRATEGY);
        assertThat(err.toString()).contains("Mine.java:9: incompatible types").hasLineCount(1);
        assertThat(folder.resolve("report.html")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "backtest --set fats=3 --no-report, 2, no such parameter: fats",
        "backtest --set fast=x --no-report, 2, parameter fast",
        "backtest None.java, 4, there is no such file",
        "backtest no.such.Strategy, 4, there is no such strategy",
        "backtest --data none.gz, 3, none.gz",
        "backtest --from 20:00 --to 19:00, 2, --to must be after --from"
    })
    void saysInOneLineWhatIsWrong(String arguments, int code, String message) {
        assertThat(run(arguments.split(" ", -1))).isEqualTo(code);
        assertThat(err.toString()).startsWith("penstock: ").contains(message).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void startsLateInAMarketOfAgents() {
        assertThat(run("backtest", "--from", "14:59", "--no-report")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("14:59:00 to 15:00:00");
    }

    @Test
    void showsTheResultThoughTheReportCannotBeWritten() {
        assertThat(run("backtest", "--to=14:31", "--report=" + folder)).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("is a directory").hasLineCount(1);
        assertThat(out.toString()).contains("order log");
    }

    @Test
    void saysThatNobodyTookTheResult() {
        OutputStream closed =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };
        int code =
                run(
                        new PrintWriter(closed, false, StandardCharsets.UTF_8),
                        "backtest",
                        "--to=14:31",
                        "--json",
                        "--no-report");
        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).endsWith("penstock: standard output does not take the result\n");
    }

    @Test
    void endsTheProcessWhenACallbackDoesNotReturn() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
        command.add(System.getProperty("jdk.module.path", System.getProperty("java.class.path")));
        command.addAll(List.of("io.penstock.app.Main", "backtest", strategy("while (true) {}")));
        command.addAll(List.of("--callback-limit=300ms", report()));
        Path log = folder.resolve("log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        boolean hasEnded = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(hasEnded).isTrue();
        assertThat(log)
                .content()
                .contains("PARTIAL", "penstock: Mine.java:9: Mine: onQuote has not returned");
        assertThat(process.exitValue()).isEqualTo(ExitCode.STRATEGY);
        assertThat(folder.resolve("report.html")).content().contains("Partial run.");
    }

    @Test
    void documentsEveryExitCode() throws IOException {
        String readme = Files.readString(Path.of(System.getProperty("penstock.root"), "README.md"));
        assertThat(readme).contains(List.of(ExitCode.HELP).subList(1, ExitCode.HELP.length));
    }
}
