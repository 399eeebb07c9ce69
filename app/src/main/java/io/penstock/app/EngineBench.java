// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.app.BacktestRunner.Feedback;
import io.penstock.bench.AgentTapes;
import io.penstock.bench.BenchRunner;
import io.penstock.bench.Measurement;
import io.penstock.bench.Workload;
import io.penstock.bench.Workloads;
import io.penstock.channel.Scheduler;
import io.penstock.engine.TapeSource;
import io.penstock.market.DataException;
import io.penstock.report.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `penstock bench` does.
final class EngineBench implements BenchCommand.Bench {
    private static final int WARM_UPS = 4;

    /// Shows how far reading the data is.
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

    @Override
    public void run(BenchCommand.Request request, Console console) {
        BenchText.Result result;
        try (Progress progress = console.progress()) {
            result =
                    request.data().files.isEmpty()
                            ? ofAgents(request, progress)
                            : ofRecording(request, progress);
        }
        if (request.isJson()) {
            try {
                BenchJson.write(result, console.out());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            console.out().println();
        } else {
            console.out().print(BenchText.of(result));
        }
    }

    private static BenchText.Result ofAgents(BenchCommand.Request request, Progress progress) {
        long events = AgentTapes.DEFAULT_EVENTS;
        try (AgentTapes tapes =
                AgentTapes.record(
                        events, done -> progress.show("recording", done, events, "events"))) {
            var choice = Workloads.choose(request.names(), tapes.orders(), tapes.levels());
            return measure("the built-in market of agents", choice, request, progress);
        }
    }

    private static BenchText.Result ofRecording(BenchCommand.Request request, Progress progress) {
        try (TapeSource source = EngineTapeTools.open(request.data(), new Feedbacks(progress))) {
            DataException failure = source.failure();
            if (failure != null) {
                throw failure;
            }
            var choice = Workloads.choose(request.names(), source.tape(), source.tape());
            return measure(source.market().description(), choice, request, progress);
        }
    }

    private static BenchText.Result measure(
            String data, Workloads.Choice choice, BenchCommand.Request request, Progress progress) {
        BenchRunner runner =
                new BenchRunner(
                        Scheduler.real(),
                        new BenchRunner.Plan(WARM_UPS, request.rounds()),
                        (name, done, total) -> progress.show(name, done, total, "rounds"));
        List<Measurement> measurements = new ArrayList<>();
        for (Workload workload : choice.workloads()) {
            measurements.add(runner.measure(workload));
        }
        return new BenchText.Result(data, measurements, choice.skipped());
    }
}
