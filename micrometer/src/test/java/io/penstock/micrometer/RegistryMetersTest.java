// SPDX-License-Identifier: Apache-2.0
package io.penstock.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.channel.OverflowPolicy;
import io.penstock.pipeline.Ended;
import io.penstock.pipeline.How;
import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Run;
import io.penstock.pipeline.RunOptions;
import io.penstock.pipeline.Source;
import io.penstock.pipeline.Watching;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RegistryMetersTest {
    private static final int COUNT = 100;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RegistryMeters meters = new RegistryMeters(registry);

    private Run start(Pipeline pipeline, Duration every) {
        return pipeline.start(RunOptions.DEFAULT.watching(Watching.NOTHING.meters(meters, every)));
    }

    private static Pipeline pipeline(String name, int count) {
        return Pipeline.from("feed", Source.of(IntStream.range(0, count).boxed().toList()))
                .buffer("few", 1, OverflowPolicy.DROP_OLDEST)
                .map("work", n -> n, How.platform(2))
                .sink("out", _ -> {})
                .named(name);
    }

    private double count(String meter, String... tags) {
        return registry.get(meter).tags(tags).functionCounter().count();
    }

    @Test
    void showsTheLastNumbersOfARun() throws InterruptedException {
        try (Run run = start(pipeline("one", COUNT), Duration.ofDays(1))) {
            assertThat(run.await()).isInstanceOf(Ended.Done.class);
        }
        String[] few = {"pipeline", "one", "edge", "feed->few"};
        double dropped = count("penstock.edge.dropped", few);
        assertThat(count("penstock.edge.sent", few)).isEqualTo(COUNT);
        assertThat(count("penstock.edge.received", few)).isEqualTo(COUNT - dropped);
        assertThat(count("penstock.stage.items", "stage", "out", "direction", "out"))
                .isEqualTo(COUNT - dropped);
        assertThat(
                        registry.get("penstock.stage.service")
                                .tags("stage", "work", "quantile", "0.99")
                                .gauge()
                                .value())
                .isNotNegative();
    }

    @Test
    void showsARunThatGoesOn() throws InterruptedException {
        CountDownLatch shown = new CountDownLatch(1);
        registry.config().onMeterAdded(_ -> shown.countDown());
        CountDownLatch released = new CountDownLatch(1);
        Pipeline pipeline =
                Pipeline.from("feed", Source.of(1, 2, 3))
                        .sink(
                                "out",
                                _ -> {
                                    try {
                                        released.await();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        try (Run run = start(pipeline, Duration.ofMillis(1))) {
            shown.await(); // before the end, which nobody has let come
            released.countDown();
            assertThat(run.await()).isInstanceOf(Ended.Done.class);
        }
        assertThat(count("penstock.stage.items", "stage", "out", "direction", "in")).isEqualTo(3);
    }

    @Test
    void keepsPipelinesApartAndRunsOfOneTogether() throws InterruptedException {
        for (String name : new String[] {"one", "two", "one"}) {
            int count = name.equals("one") ? COUNT : 2 * COUNT;
            try (Run run = start(pipeline(name, count), Duration.ofDays(1))) {
                assertThat(run.await()).isInstanceOf(Ended.Done.class);
            }
        }
        for (String name : new String[] {"one", "two"}) {
            String[] tags = {"pipeline", name, "edge", "feed->few"};
            assertThat(count("penstock.edge.sent", tags))
                    .isEqualTo(name.equals("one") ? COUNT : 2 * COUNT);
        }
        assertThat(registry.getMeters().stream().map(Meter::getId)).doesNotHaveDuplicates();
        meters.close();
        assertThat(registry.getMeters()).isEmpty();
    }
}
