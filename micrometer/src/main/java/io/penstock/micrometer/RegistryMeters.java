// SPDX-License-Identifier: Apache-2.0
package io.penstock.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.penstock.pipeline.Meters;
import io.penstock.pipeline.RunStatistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// The meters of all runs that are given to it, in a registry: what fills the port [Meters].
///
/// ```java
/// Watching.DEFAULT.meters(new RegistryMeters(registry), Duration.ofSeconds(1))
/// ```
///
/// A run shows what it last gave, so a second old with a period of a second, and its last numbers
/// after its end: the meters stay until this is closed. The next run of a pipeline of the same name
/// takes them over, and its counters begin at 0. What they are is said at [RunMeters], which asks
/// the run itself whenever the registry is read. Safe for use by any thread.
public final class RegistryMeters implements Meters, AutoCloseable {
    /// The last numbers of the runs of one pipeline, and the meters that show them.
    private static final class Shown {
        private final RunMeters meters = new RunMeters(this::last, 0);
        private volatile RunStatistics last;

        Shown(RunStatistics first) {
            last = first;
        }

        RunStatistics last() {
            return last;
        }
    }

    private final MeterRegistry registry;
    private final Map<String, Shown> shown = new ConcurrentHashMap<>();

    /// @param registry where the meters go
    public RegistryMeters(MeterRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    @Override
    public void update(RunStatistics now) {
        shown.compute(
                now.pipeline(), (_, before) -> before == null ? bound(now) : next(before, now));
    }

    private Shown bound(RunStatistics first) {
        Shown bound = new Shown(first);
        bound.meters.bindTo(registry);
        return bound;
    }

    private static Shown next(Shown before, RunStatistics now) {
        before.last = now;
        return before;
    }

    /// Takes the meters out of the registry. A run that goes on puts its own in again.
    @Override
    public void close() {
        for (String pipeline : List.copyOf(shown.keySet())) {
            Shown removed = shown.remove(pipeline);
            if (removed != null) {
                removed.meters.close();
            }
        }
    }
}
