// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.app.BacktestRunner.Outcome;
import io.penstock.engine.StrategyException;
import io.penstock.report.HtmlReport;
import io.penstock.report.JsonResult;
import io.penstock.report.ReportFile;
import io.penstock.report.RunResult;
import io.penstock.report.RunStatus;
import io.penstock.report.SummaryText;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One run of a backtest from the terminal: progress while it runs, the result at its end, however
/// it ends. Confined to one thread but for Ctrl-C and a stuck callback, which come on others.
final class BacktestSession implements BacktestRunner.Feedback {
    private static final long MOST_SECONDS_AFTER_INTERRUPT = 10;

    private final Console console;
    private final OutputOptions output;
    private final Failures failures;
    private final Progress progress;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean isInterrupted;

    BacktestSession(Console console, OutputOptions output, Failures failures) {
        this.console = console;
        this.output = output;
        this.failures = failures;
        this.progress = console.progress();
    }

    /// Runs it and shows what came of it.
    ///
    /// @return the exit code
    int run(BacktestRunner runner, BacktestRequest request) {
        Thread hook = Thread.ofPlatform().name("interrupt").unstarted(() -> interrupt(runner));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return finish(runner.run(request, this));
        } finally {
            progress.close();
            console.out().flush();
            console.err().flush();
            ended.countDown();
            removeHook(hook);
        }
    }

    private int finish(Outcome outcome) {
        progress.close();
        int code = show(outcome.result());
        RuntimeException failure = outcome.failure();
        if (failure != null) {
            return failures.report(failure);
        }
        if (isInterrupted) {
            return ExitCode.INTERRUPTED;
        }
        return outcome.result().status().isPartial() ? ExitCode.FAILED : code;
    }

    private int show(RunResult result) {
        if (output.isJson) {
            console.out().println(JsonResult.of(result));
        }
        (output.isJson ? console.err() : console.out()).print(SummaryText.of(result));
        return output.isWithoutReport ? ExitCode.DONE : report(result);
    }

    private int report(RunResult result) {
        try {
            ReportFile.write(output.report, HtmlReport.of(result));
        } catch (IOException e) {
            return failures.report(e);
        }
        (output.isJson ? console.err() : console.out())
                .println(System.lineSeparator() + "report: " + output.report.toAbsolutePath());
        return ExitCode.DONE;
    }

    @Override
    public void progress(String task, long done, long total, String unit) {
        progress.show(task, done, total, unit);
    }

    @Override
    public void stuck(String message, @Nullable RunResult soFar) {
        progress.close();
        if (soFar != null) {
            show(soFar.with(RunStatus.partial(message)));
        }
        int code = failures.report(new StrategyException(message));
        console.out().flush();
        // Nothing can stop the callback, and hooks would wait for it.
        Runtime.getRuntime().halt(code);
    }

    /// The virtual machine ends when this returns, so the results are waited for.
    private void interrupt(BacktestRunner runner) {
        isInterrupted = true;
        runner.stop();
        try {
            if (!ended.await(MOST_SECONDS_AFTER_INTERRUPT, TimeUnit.SECONDS)) {
                console.err().println("penstock: the run did not stop; there are no results");
                console.err().flush();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The machine is shutting down: the hook is what did it.
        }
    }
}
