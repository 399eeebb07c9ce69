// SPDX-License-Identifier: Apache-2.0
package io.penstock.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Channel;
import io.penstock.channel.OverflowPolicy;
import io.penstock.pipeline.Ended;
import io.penstock.pipeline.How;
import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Run;
import io.penstock.pipeline.RunOptions;
import io.penstock.pipeline.Source;
import io.penstock.pipeline.Watching;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What runs log, as the JDK hands it on where nothing else is installed.
@Timeout(60)
class LogSystemTest {
    /// Keeps what is logged in the kit; the logger itself is kept as well, or it could be
    /// collected.
    private static final class Keeper extends Handler {
        final List<LogRecord> records = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private final Logger logger = Logger.getLogger("io.penstock");
    private final Keeper keeper = new Keeper();

    @BeforeEach
    void listen() {
        keeper.setLevel(Level.ALL);
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        logger.addHandler(keeper);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(keeper);
        logger.setUseParentHandlers(true);
        logger.setLevel(null);
    }

    /// What was said of a pipeline at a level, as it would be written.
    private List<String> said(Level level, String pipeline) {
        SimpleFormatter formatter = new SimpleFormatter();
        return keeper.records.stream()
                .filter(record -> record.getLevel().equals(level))
                .map(formatter::formatMessage)
                .filter(text -> text.contains(pipeline))
                .toList();
    }

    @Test
    void saysAtDebugThatARunBeganAndEnded() throws Exception {
        Pipeline pipeline = Pipeline.from("feed", Source.of(1)).sink("out", _ -> {}).named("quiet");
        try (Run run = pipeline.start()) {
            assertThat(run.await()).isInstanceOf(Ended.Done.class);
        }
        assertThat(said(Level.FINE, "quiet")).hasSize(2);
        assertThat(keeper.records)
                .allMatch(record -> record.getLevel().intValue() <= Level.FINE.intValue());
    }

    @Test
    void warnsOnceOfAFailureWithItsStageAndCause() throws Exception {
        IllegalStateException planned = new IllegalStateException("planned");
        Pipeline pipeline =
                Pipeline.from("feed", Source.of(1, 2, 3))
                        .sink(
                                "out",
                                _ -> {
                                    throw planned;
                                })
                        .named("failing");
        try (Run run = pipeline.start()) {
            assertThat(run.await()).isInstanceOf(Ended.Failed.class);
        }
        assertThat(said(Level.WARNING, "failing")).singleElement().asString().contains("out");
        assertThat(keeper.records).anyMatch(record -> planned.equals(record.getThrown()));
    }

    @Test
    void warnsOfAStallAndNamesWhoIgnoresItsInterrupt() throws Exception {
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Watching watching =
                Watching.NOTHING.items(Duration.ofMillis(1)).onStall(_ -> stalled.countDown());
        Pipeline pipeline =
                Pipeline.from("feed", Source.of(1))
                        .sink("deaf", _ -> awaitDeafly(released), How.platform(1))
                        .named("stuck");
        RunOptions options = RunOptions.DEFAULT.watching(watching).grace(Duration.ofMillis(1));
        try (Run run = pipeline.start(options)) {
            stalled.await();
            run.cancel();
        }
        released.countDown();
        assertThat(said(Level.WARNING, "stuck/deaf")).hasSize(1);
        assertThat(said(Level.SEVERE, "stuck/deaf"))
                .singleElement()
                .asString()
                .contains("awaitDeafly");
    }

    private static void awaitDeafly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void warnsOfAChannelThatAnEarlierRunHasEmptied() throws Exception {
        Channel<Integer> orders = Channel.<Integer>builder("orders", 2).build();
        orders.send(1);
        orders.done();
        Pipeline pipeline = Pipeline.from("feed", Source.from(orders)).sink("out", _ -> {});
        for (int runs = 0; runs < 2; runs++) {
            assertThat(said(Level.WARNING, "feed")).isEmpty();
            try (Run run = pipeline.start()) {
                assertThat(run.await()).isInstanceOf(Ended.Done.class);
            }
        }
        assertThat(said(Level.WARNING, "feed")).singleElement().asString().contains("orders");
    }

    /// The first time with its stack, then how often.
    @Test
    void saysThatListenersThrowAndHowOften() throws Exception {
        IllegalArgumentException planned = new IllegalArgumentException("planned");
        CountDownLatch emitted = new CountDownLatch(1);
        Source<Integer> source =
                Source.emitting(
                        out -> {
                            out.emitAll(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
                            emitted.countDown();
                        });
        Pipeline pipeline =
                Pipeline.from("feed", source)
                        .buffer("newest", 1, OverflowPolicy.DROP_OLDEST)
                        .sink("out", _ -> awaitDeafly(emitted))
                        .named("heard");
        Watching watching =
                Watching.NOTHING.meters(
                        _ -> {
                            throw planned;
                        },
                        Duration.ofDays(1));
        RunOptions options =
                RunOptions.DEFAULT
                        .watching(watching)
                        .undelivered(
                                (_, _) -> {
                                    throw planned;
                                });
        long dropped;
        try (Run run = pipeline.start(options)) {
            dropped = run.await().statistics().edges().getFirst().dropped();
        }
        List<String> said = said(Level.SEVERE, "heard");
        assertThat(said).filteredOn(text -> text.contains("=meters")).hasSize(1);
        assertThat(said).filteredOn(text -> text.contains("=undelivered")).hasSize(2);
        assertThat(said)
                .filteredOn(text -> text.contains("at=feed->newest"))
                .last()
                .asString()
                .contains("times=" + (dropped - 1));
        assertThat(keeper.records)
                .filteredOn(record -> planned.equals(record.getThrown()))
                .hasSize(2);
    }
}
