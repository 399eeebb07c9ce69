// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the stages of a run may ask of it.
@Timeout(60)
class InsideTest {
    /// Something that waits, and may be interrupted.
    @FunctionalInterface
    private interface Wait {
        void on(Run run) throws InterruptedException;
    }

    private final CompletableFuture<Run> known = new CompletableFuture<>();

    static Stream<How> models() {
        return Models.all();
    }

    /// A pipeline without an end of its own, whose stage does something to its run at an item.
    private Pipeline endless(How how, Consumer<Run> action) {
        AtomicInteger next = new AtomicInteger();
        return Pipeline.from("numbers", Source.from(next::getAndIncrement))
                .map(
                        "work",
                        (Integer item) -> {
                            if (item == 10) {
                                action.accept(known.join());
                            }
                            return item;
                        },
                        how)
                .sink("sink", _ -> {})
                .named("lonely");
    }

    private Ended run(Pipeline pipeline) throws InterruptedException {
        try (Run run = pipeline.start()) {
            known.complete(run);
            return Models.ended(run);
        }
    }

    /// What is said to a stage that waits.
    private static String refusal(Wait wait, Run run) {
        try {
            wait.on(run);
            return "nothing";
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void refusesToBeAwaited(How how) throws Exception {
        List<String> said = new ArrayList<>();
        List<Wait> waits =
                List.of(
                        Run::await,
                        run -> run.await(Models.LONG),
                        run -> run.drain(Models.LONG),
                        run -> run.drain(Duration.ZERO),
                        Run::close);
        Ended ended = run(endless(how, run -> waits.forEach(wait -> said.add(refusal(wait, run)))));
        assertThat(ended).isInstanceOf(Ended.Cancelled.class); // by its close
        assertThat(said)
                .hasSameSizeAs(waits)
                .allMatch(text -> text.contains("pipeline=lonely") && text.contains("work"));
    }

    @Test
    void doesNotBeginWhatItRefusesToWaitFor() throws Exception {
        AtomicInteger results = new AtomicInteger();
        Pipeline pipeline =
                Pipeline.from("numbers", Source.of(Models.numbers(100)))
                        .sink(
                                "sink",
                                _ -> {
                                    refusal(run -> run.drain(Models.LONG), known.join());
                                    results.incrementAndGet();
                                });
        assertThat(run(pipeline)).isInstanceOf(Ended.Done.class);
        assertThat(results).hasValue(100);
    }

    @ParameterizedTest
    @MethodSource("models")
    void letsAStageDrainIt(How how) throws Exception {
        assertThat(run(endless(how, Run::drain))).isInstanceOf(Ended.Done.class);
    }

    @ParameterizedTest
    @MethodSource("models")
    void letsAStageCancelIt(How how) throws Exception {
        assertThat(run(endless(how, Run::cancel))).isInstanceOf(Ended.Cancelled.class);
    }

    /// Also while it is being asked.
    @Test
    void letsASourceDrainIt() throws Exception {
        Source<Integer> source =
                Source.emitting(
                        out -> {
                            known.join().drain();
                            while (out.emit(1)) {
                                // until it wants no more
                            }
                        });
        Pipeline pipeline = Pipeline.from("numbers", source).sink("sink", _ -> {});
        assertThat(run(pipeline)).isInstanceOf(Ended.Done.class);
    }
}
