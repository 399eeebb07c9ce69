// SPDX-License-Identifier: Apache-2.0
package io.penstock.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.penstock.channel.EdgeStatistics;
import io.penstock.pipeline.Run;
import io.penstock.pipeline.RunStatistics;
import io.penstock.stage.StageStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// The meters of a run in a registry: rate, latency, queue size, waits and drops, of each stage and
/// edge. Pulled when the registry is read, so that a run that nobody looks at pays nothing; for
/// runs that are given the port [io.penstock.pipeline.Meters], see [RegistryMeters].
///
/// All names begin with `penstock.stage.` or `penstock.edge.`, and all have the tags `pipeline` and
/// `stage` or `edge`. Counters only grow; times are seconds; what cannot be known is not a number.
/// The meters go when this is closed. A pipeline that runs twice at once needs two names, for
/// meters of one name and tags are one. Safe for use by any thread.
public final class RunMeters implements MeterBinder, AutoCloseable {
    /// How long a reading serves all meters, in nanoseconds of the registry's clock: a scrape reads
    /// the account once, not once for each meter.
    static final long FRESH_NS = 100_000_000;

    private static final double SECOND = 1e9;

    private final Supplier<RunStatistics> source;
    private final long freshNs;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> removals = new ArrayList<>();
    private @Nullable RunStatistics reading;
    private long readAtNs;

    /// The meters of an account that is asked for when a meter is read.
    public RunMeters(Supplier<RunStatistics> source) {
        this(source, FRESH_NS);
    }

    RunMeters(Supplier<RunStatistics> source, long freshNs) {
        this.source = Objects.requireNonNull(source, "source");
        this.freshNs = freshNs;
    }

    /// The meters of a run.
    public static RunMeters of(Run run) {
        return new RunMeters(run::statistics);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        RunStatistics now = source.get();
        for (StageStatistics stage : now.stages()) {
            new StageMeters(registry, now.pipeline(), stage.name()).bind();
        }
        for (EdgeStatistics edge : now.edges()) {
            new EdgeMeters(registry, now.pipeline(), edge.name()).bind();
        }
    }

    /// Takes the meters out of the registries that they were bound to.
    @Override
    public void close() {
        lock.lock();
        try {
            removals.forEach(Runnable::run);
            removals.clear();
        } finally {
            lock.unlock();
        }
    }

    private void keep(MeterRegistry registry, Meter meter) {
        lock.lock();
        try {
            removals.add(() -> registry.remove(meter));
        } finally {
            lock.unlock();
        }
    }

    private RunStatistics read(MeterRegistry registry) {
        long nowNs = registry.config().clock().monotonicTime();
        lock.lock();
        try {
            RunStatistics last = reading;
            if (last != null && nowNs - readAtNs < freshNs) {
                return last;
            }
        } finally {
            lock.unlock();
        }
        RunStatistics read = source.get();
        lock.lock();
        try {
            reading = read;
            readAtNs = nowNs;
        } finally {
            lock.unlock();
        }
        return read;
    }

    // A registry holds the state of a counter weakly; its function, which holds this, it keeps.

    /// The meters of one stage.
    private final class StageMeters {
        private final MeterRegistry registry;
        private final String stage;
        private final Tags tags;

        StageMeters(MeterRegistry registry, String pipeline, String stage) {
            this.registry = registry;
            this.stage = stage;
            this.tags = Tags.of("pipeline", pipeline, "stage", stage);
        }

        void bind() {
            counter("items", tags.and("direction", "in"), StageStatistics::in);
            counter("items", tags.and("direction", "out"), StageStatistics::out);
            counter("lost", tags.and("reason", "failed"), StageStatistics::failed);
            counter("lost", tags.and("reason", "undelivered"), StageStatistics::undelivered);
            counter("skipped", tags, StageStatistics::skipped);
            counter("dead.letters", tags, StageStatistics::deadLettered);
            counter("retries", tags, StageStatistics::retried);
            counter("timeouts", tags, StageStatistics::timedOut);
            time("busy", s -> s.strands().busyNs());
            time("wait.input", s -> s.strands().waitInputNs());
            time("blocked.output", s -> s.strands().blockedOutputNs());
            time("cpu", s -> known(s.strands().cpuNs()));
            time("run.queue", s -> known(s.strands().runQueueNs()));
            counter("allocated", tags, s -> known(s.strands().allocatedBytes()));
            gauge("workers", tags, StageStatistics::workers);
            gauge("service", tags.and("quantile", "0.5"), s -> seconds(s.serviceP50Ns()));
            gauge("service", tags.and("quantile", "0.99"), s -> seconds(s.serviceP99Ns()));
            gauge("waiting", tags.and("quantile", "0.5"), s -> known(s.occupancyP50()));
            gauge("waiting", tags.and("quantile", "0.99"), s -> known(s.occupancyP99()));
        }

        private StageStatistics read() {
            return RunMeters.this.read(registry).stage(stage);
        }

        private void counter(String name, Tags with, ToDoubleFunction<StageStatistics> field) {
            keep(
                    registry,
                    FunctionCounter.builder(
                                    "penstock.stage." + name,
                                    this,
                                    _ -> field.applyAsDouble(read()))
                            .tags(with)
                            .register(registry));
        }

        private void time(String name, ToDoubleFunction<StageStatistics> ns) {
            keep(
                    registry,
                    FunctionCounter.builder(
                                    "penstock.stage." + name,
                                    this,
                                    _ -> ns.applyAsDouble(read()) / SECOND)
                            .tags(tags)
                            .baseUnit("seconds")
                            .register(registry));
        }

        private void gauge(String name, Tags with, ToDoubleFunction<StageStatistics> field) {
            keep(
                    registry,
                    Gauge.builder(
                                    "penstock.stage." + name,
                                    this,
                                    meters -> field.applyAsDouble(meters.read()))
                            .tags(with)
                            .strongReference(true)
                            .register(registry));
        }
    }

    /// The meters of one edge.
    private final class EdgeMeters {
        private final MeterRegistry registry;
        private final String edge;
        private final Tags tags;

        EdgeMeters(MeterRegistry registry, String pipeline, String edge) {
            this.registry = registry;
            this.edge = edge;
            this.tags = Tags.of("pipeline", pipeline, "edge", edge);
        }

        void bind() {
            counter("sent", tags, EdgeStatistics::sent);
            counter("received", tags, EdgeStatistics::received);
            counter("dropped", tags, EdgeStatistics::dropped);
            counter("refused", tags, EdgeStatistics::refused);
            counter("waits", tags.and("side", "sender"), EdgeStatistics::senderWaits);
            counter("waits", tags.and("side", "receiver"), EdgeStatistics::receiverWaits);
            time("wait", tags.and("side", "sender"), EdgeStatistics::senderWaitNs);
            time("wait", tags.and("side", "receiver"), EdgeStatistics::receiverWaitNs);
            gauge("size", EdgeStatistics::left);
            gauge("high.water", EdgeStatistics::highWater);
            gauge("capacity", EdgeStatistics::capacity);
        }

        private EdgeStatistics read() {
            return RunMeters.this.read(registry).edge(edge);
        }

        private void counter(String name, Tags with, ToDoubleFunction<EdgeStatistics> field) {
            keep(
                    registry,
                    FunctionCounter.builder(
                                    "penstock.edge." + name, this, _ -> field.applyAsDouble(read()))
                            .tags(with)
                            .register(registry));
        }

        private void time(String name, Tags with, ToDoubleFunction<EdgeStatistics> ns) {
            keep(
                    registry,
                    FunctionCounter.builder(
                                    "penstock.edge." + name,
                                    this,
                                    _ -> ns.applyAsDouble(read()) / SECOND)
                            .tags(with)
                            .baseUnit("seconds")
                            .register(registry));
        }

        private void gauge(String name, ToDoubleFunction<EdgeStatistics> field) {
            keep(
                    registry,
                    Gauge.builder(
                                    "penstock.edge." + name,
                                    this,
                                    meters -> field.applyAsDouble(meters.read()))
                            .tags(tags)
                            .strongReference(true)
                            .register(registry));
        }
    }

    private static double seconds(long ns) {
        return ns < 0 ? Double.NaN : ns / SECOND;
    }

    private static double known(long number) {
        return number < 0 ? Double.NaN : number;
    }
}
