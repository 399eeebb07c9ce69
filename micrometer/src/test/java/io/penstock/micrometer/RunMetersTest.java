// SPDX-License-Identifier: Apache-2.0
package io.penstock.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.channel.EdgeStatistics;
import io.penstock.pipeline.How;
import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Run;
import io.penstock.pipeline.RunStatistics;
import io.penstock.pipeline.Source;
import io.penstock.stage.StageStatistics;
import io.penstock.stage.StrandStatistics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /// Every number is another one, so that none can stand for another.
    @Test
    void givesEachNumberToItsOwnMeter() {
        RunStatistics statistics = allDifferent();
        new RunMeters(() -> statistics).bindTo(registry);
        Map<String, Double> shown = new TreeMap<>();
        registry.forEachMeter(
                meter ->
                        shown.put(
                                nameOf(meter.getId()),
                                meter.measure().iterator().next().getValue()));
        assertThat(shown)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.ofEntries(
                                Map.entry("penstock.stage.items in", 101.0),
                                Map.entry("penstock.stage.items out", 102.0),
                                Map.entry("penstock.stage.lost failed", 103.0),
                                Map.entry("penstock.stage.skipped", 104.0),
                                Map.entry("penstock.stage.dead.letters", 105.0),
                                Map.entry("penstock.stage.retries", 106.0),
                                Map.entry("penstock.stage.timeouts", 107.0),
                                Map.entry("penstock.stage.lost undelivered", 108.0),
                                Map.entry("penstock.stage.service 0.5", 111.0),
                                Map.entry("penstock.stage.service 0.99", 112.0),
                                Map.entry("penstock.stage.waiting 0.5", 113.0),
                                Map.entry("penstock.stage.waiting 0.99", 114.0),
                                Map.entry("penstock.stage.busy", 116.0),
                                Map.entry("penstock.stage.wait.input", 118.0),
                                Map.entry("penstock.stage.blocked.output", 119.0),
                                Map.entry("penstock.stage.cpu", 120.0),
                                Map.entry("penstock.stage.run.queue", 121.0),
                                Map.entry("penstock.stage.allocated", 122.0),
                                Map.entry("penstock.stage.workers", 2.0),
                                Map.entry("penstock.edge.capacity", 201.0),
                                Map.entry("penstock.edge.sent", 202.0),
                                Map.entry("penstock.edge.received", 203.0),
                                Map.entry("penstock.edge.dropped", 204.0),
                                Map.entry("penstock.edge.size", 205.0),
                                Map.entry("penstock.edge.high.water", 206.0),
                                Map.entry("penstock.edge.refused", 207.0),
                                Map.entry("penstock.edge.waits sender", 208.0),
                                Map.entry("penstock.edge.waits receiver", 209.0),
                                Map.entry("penstock.edge.wait sender", 211.0),
                                Map.entry("penstock.edge.wait receiver", 212.0)));
    }

    private static RunStatistics allDifferent() {
        StageStatistics stage =
                new StageStatistics(
                        "work",
                        "work",
                        "platform(2)",
                        2,
                        101,
                        102,
                        103,
                        104,
                        105,
                        106,
                        107,
                        108,
                        109,
                        110,
                        111_000_000_000L,
                        112_000_000_000L,
                        113,
                        114,
                        new StrandStatistics(
                                115,
                                116_000_000_000L,
                                117_000_000_000L,
                                118_000_000_000L,
                                119_000_000_000L,
                                120_000_000_000L,
                                121_000_000_000L,
                                122,
                                123));
        EdgeStatistics edge =
                new EdgeStatistics(
                        "feed->work",
                        201,
                        202,
                        203,
                        204,
                        205,
                        206,
                        207,
                        208,
                        209,
                        210,
                        211_000_000_000L,
                        212_000_000_000L);
        return new RunStatistics("numbers", 1, List.of(stage), List.of(edge));
    }

    private static String nameOf(Meter.Id id) {
        return Stream.concat(
                        Stream.of(id.getName()),
                        id.getTags().stream()
                                .filter(
                                        tag ->
                                                !List.of("pipeline", "stage", "edge")
                                                        .contains(tag.getKey()))
                                .map(Tag::getValue))
                .collect(Collectors.joining(" "));
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
