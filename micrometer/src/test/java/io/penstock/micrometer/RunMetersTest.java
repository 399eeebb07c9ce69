// SPDX-License-Identifier: Apache-2.0
package io.penstock.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.pipeline.How;
import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Run;
import io.penstock.pipeline.RunStatistics;
import io.penstock.pipeline.Source;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RunMetersTest {
    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry =
            new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);

    private static RunStatistics ended() throws InterruptedException {
        Pipeline pipeline =
                Pipeline.from("feed", Source.of(1, 2, 3, 4, 5))
                        .filter("odd", n -> n % 2 == 1)
                        .sink("out", _ -> {}, How.platform(1))
                        .named("numbers");
        try (Run run = pipeline.start()) {
            return run.await().statistics();
        }
    }

    private double stage(String name, String stage, String... tags) {
        return registry.get("penstock.stage." + name)
                .tags("pipeline", "numbers", "stage", stage)
                .tags(tags)
                .functionCounter()
                .count();
    }

    @Test
    void metersWhatARunHasDone() throws InterruptedException {
        Pipeline pipeline =
                Pipeline.from("feed", Source.of(1, 2, 3, 4, 5))
                        .filter("odd", n -> n % 2 == 1)
                        .sink("out", _ -> {}, How.platform(1))
                        .named("numbers");
        try (Run run = pipeline.start();
                RunMeters meters = RunMeters.of(run)) {
            run.await();
            meters.bindTo(registry);
            assertThat(stage("items", "feed", "direction", "out")).isEqualTo(5);
            assertThat(stage("items", "odd", "direction", "in")).isEqualTo(5);
            assertThat(stage("items", "out", "direction", "in")).isEqualTo(3);
            assertThat(stage("lost", "out", "reason", "failed")).isZero();
            assertThat(
                            registry.get("penstock.edge.sent")
                                    .tag("edge", "odd->out")
                                    .functionCounter()
                                    .count())
                    .isEqualTo(3);
            assertThat(registry.get("penstock.edge.size").gauge().value()).isZero();
            assertThat(registry.get("penstock.edge.capacity").gauge().value()).isEqualTo(1_024);
            assertThat(registry.get("penstock.edge.dropped").functionCounter().count()).isZero();
        }
        assertThat(registry.getMeters()).as("after close").isEmpty();
    }

    @Test
    void metersEveryStageAndEdge() throws InterruptedException {
        RunStatistics statistics = ended();
        new RunMeters(() -> statistics).bindTo(registry);
        assertThat(registry.find("penstock.stage.workers").gauges()).hasSize(3);
        assertThat(registry.find("penstock.stage.busy").functionCounters()).hasSize(3);
        assertThat(registry.find("penstock.stage.service").gauges()).hasSize(6);
        assertThat(registry.find("penstock.edge.waits").functionCounters()).hasSize(2);
        assertThat(registry.find("penstock.edge.wait").functionCounters()).hasSize(2);
    }

    @Test
    void saysThatAnUnknownNumberIsNone() throws InterruptedException {
        RunStatistics statistics = ended();
        new RunMeters(() -> statistics).bindTo(registry);
        double median =
                registry.get("penstock.stage.waiting")
                        .tags("stage", "feed", "quantile", "0.5")
                        .gauge()
                        .value();
        assertThat(median).isNaN();
    }

    @Test
    void knowsTheLatencyOfStagesWithSeveralWorkers() throws InterruptedException {
        for (How how : List.of(How.platform(2), How.virtual(2), How.platform(2).unordered())) {
            Pipeline pipeline =
                    Pipeline.from("feed", Source.of(1, 2, 3, 4, 5))
                            .map("work", n -> n, how)
                            .sink("out", _ -> {}, how)
                            .named("numbers");
            try (Run run = pipeline.start();
                    RunMeters meters = RunMeters.of(run)) {
                run.await();
                meters.bindTo(registry);
                for (String stage : List.of("work", "out")) {
                    for (String quantile : List.of("0.5", "0.99")) {
                        double seconds =
                                registry.get("penstock.stage.service")
                                        .tags("stage", stage, "quantile", quantile)
                                        .gauge()
                                        .value();
                        assertThat(seconds).as(stage + " " + how.describe()).isNotNegative();
                    }
                }
            }
        }
    }

    @Test
    void readsTheAccountOnceForAllMeters() throws InterruptedException {
        RunStatistics statistics = ended();
        AtomicInteger readings = new AtomicInteger();
        Supplier<RunStatistics> counted =
                () -> {
                    readings.incrementAndGet();
                    return statistics;
                };
        RunMeters meters = new RunMeters(counted);
        meters.bindTo(registry);
        readings.set(0);
        registry.getMeters().forEach(meter -> meter.measure().forEach(m -> m.getValue()));
        assertThat(readings).hasValue(1);
        clock.add(Duration.ofNanos(RunMeters.FRESH_NS));
        registry.getMeters().forEach(meter -> meter.measure().forEach(m -> m.getValue()));
        assertThat(readings).hasValue(2);
    }
}
