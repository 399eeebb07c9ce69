// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Channel;
import io.penstock.channel.Scheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a flight recording shows of runs.
@Timeout(60)
class FlightTest {
    private static final long MS = 1_000_000;

    private final Recording recording = new Recording();

    @TempDir private Path folder;

    @BeforeEach
    void start() {
        recording.start();
    }

    @AfterEach
    void close() {
        recording.close();
    }

    static List<How> several() {
        return List.of(How.platform(1).capacity(1), How.platform(2).ordered().capacity(2));
    }

    /// The events of one name so far, of a pipeline or an edge.
    private List<RecordedEvent> events(String name, String field, String value) throws IOException {
        recording.stop();
        Path file = folder.resolve("flight.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("io.penstock." + name))
                .filter(event -> event.getString(field).equals(value))
                .toList();
    }

    private RecordedEvent runOf(String pipeline) throws IOException {
        List<RecordedEvent> runs = events("Run", "pipeline", pipeline);
        assertThat(runs).hasSize(1);
        return runs.getFirst();
    }

    /// Takes real time, since the flight recorder takes the time of an event by a clock of its own.
    private static void rest(long ns) {
        Scheduler scheduler = Scheduler.real();
        long endNs = scheduler.nanoTime() + ns;
        while (endNs - scheduler.nanoTime() > 0) {
            scheduler.park(FlightTest.class, endNs);
        }
    }

    @Test
    void showsARun() throws Exception {
        Pipeline pipeline =
                Pipeline.from("numbers", Source.of(1, 2))
                        .sink("out", _ -> rest(MS), How.platform(1))
                        .named("flown");
        assertThat(Models.run(pipeline)).isInstanceOf(Ended.Done.class);
        RecordedEvent run = runOf("flown");
        assertThat(run.getString("end")).isEqualTo("Done");
        assertThat(run.getString("failedStage")).isEmpty();
        assertThat(run.getInt("strands")).isEqualTo(2);
        assertThat(run.getDuration()).isGreaterThanOrEqualTo(Duration.ofNanos(2 * MS));
    }

    @Test
    void showsWhereARunFailed() throws Exception {
        Pipeline pipeline =
                Pipeline.from("numbers", Source.of(1))
                        .sink(
                                "out",
                                _ -> {
                                    throw new IllegalStateException("planned");
                                })
                        .named("crashed");
        assertThat(Models.run(pipeline)).isInstanceOf(Ended.Failed.class);
        RecordedEvent run = runOf("crashed");
        assertThat(run.getString("end")).isEqualTo("Failed");
        assertThat(run.getString("failedStage")).isEqualTo("out");
    }

    @Test
    void showsAStall() throws Exception {
        Channel<Stall> stalls = Channel.<Stall>builder("stalls", 1).build();
        CountDownLatch found = new CountDownLatch(1);
        Pipeline pipeline =
                Pipeline.from("numbers", Source.of(1))
                        .sink("slow", _ -> awaitQuietly(found), How.platform(1))
                        .named("stalling");
        Watching watching = Watching.NOTHING.items(Duration.ofMillis(1)).onStall(stalls::trySend);
        try (Run run = pipeline.start(RunOptions.DEFAULT.watching(watching))) {
            assertThat(stalls.receive(Models.LONG)).isNotNull();
            found.countDown();
            assertThat(Models.ended(run)).isInstanceOf(Ended.Done.class);
        }
        List<RecordedEvent> seen = events("Stall", "pipeline", "stalling");
        assertThat(seen).hasSize(1);
        assertThat(seen.getFirst().getString("stages")).isEqualTo("slow");
        assertThat(seen.getFirst().getString("strand")).contains("slow");
        assertThat(seen.getFirst().getDuration("atItemNs"))
                .isGreaterThanOrEqualTo(Duration.ofMillis(1));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @MethodSource("several")
    void showsThatAnEdgeWasFull(How how) throws Exception {
        Pipeline pipeline =
                Pipeline.from("numbers", Source.of(Models.numbers(10)))
                        .map("slow", (Integer n) -> rested(n), how)
                        .sink("out", _ -> {});
        assertThat(Models.run(pipeline)).isInstanceOf(Ended.Done.class);
        List<RecordedEvent> seen = events("EdgeFull", "edge", "numbers->slow");
        assertThat(seen).isNotEmpty();
        for (RecordedEvent event : seen) {
            assertThat(event.getInt("capacity")).isEqualTo(how.capacity());
            assertThat(event.getDuration()).isGreaterThanOrEqualTo(Duration.ofNanos(MS));
        }
    }

    private static int rested(int n) {
        rest(2 * MS);
        return n;
    }

    @Test
    void showsNothingOfAnEdgeWithRoom() throws Exception {
        Pipeline pipeline =
                Pipeline.from("numbers", Source.of(Models.numbers(10)))
                        .sink("roomy", _ -> rest(2 * MS), How.platform(1));
        assertThat(Models.run(pipeline)).isInstanceOf(Ended.Done.class);
        assertThat(events("EdgeFull", "edge", "numbers->roomy")).isEmpty();
    }
}
