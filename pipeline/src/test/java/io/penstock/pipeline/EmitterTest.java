// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.OverflowPolicy;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.stage.Emitter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Emitters where they must not be used, and sources that are hard to stop.
class EmitterTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void failsASourceThatLetsAnotherStrandEmit(int workers) throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Scheduler scheduler = Scheduler.real();
        Source<Integer> source =
                Source.emitting(
                        out -> {
                            out.emit(1);
                            Strand other =
                                    scheduler.start(
                                            "other",
                                            StrandKind.PLATFORM,
                                            () -> {
                                                try {
                                                    out.emit(2);
                                                    thrown.complete(null);
                                                } catch (IllegalStateException e) {
                                                    thrown.complete(e);
                                                }
                                            });
                            scheduler.join(other, Scheduler.NO_DEADLINE);
                        });
        Ended ended =
                Models.run(
                        Pipeline.from("feed", source)
                                .map("work", item -> item, How.platform(workers))
                                .sink("sink", _ -> {}));
        assertThat(ended).isInstanceOf(Ended.Failed.class);
        assertThat(((Ended.Failed) ended).stage()).isEqualTo("feed");
        assertThat(((Ended.Failed) ended).item()).isEqualTo(2);
        assertThat(thrown.join())
                .isSameAs(((Ended.Failed) ended).cause())
                .hasMessageContaining("source=feed, caller=other");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void failsAFunctionThatLetsAnotherStrandEmit(boolean hasCare) throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicInteger seen = new AtomicInteger();
        How how = hasCare ? How.fused().eachWithin(Duration.ofDays(1)) : How.fused();
        Ended ended =
                Models.run(
                        Pipeline.from("feed", Source.of(1, 2))
                                .<Integer>flatMap(
                                        "spread",
                                        (item, out) -> {
                                            out.emit(item);
                                            thrown.compareAndSet(null, emitByAnother(out, 9));
                                        },
                                        how)
                                .map("work", item -> item, How.platform(1))
                                .sink("sink", _ -> seen.incrementAndGet()));
        assertThat(ended)
                .isInstanceOfSatisfying(
                        Ended.Failed.class,
                        failed -> {
                            assertThat(failed.stage()).isEqualTo("spread");
                            assertThat(failed.item()).isEqualTo(9);
                            assertThat(failed.cause())
                                    .isSameAs(thrown.get())
                                    .hasMessage(
                                            "emit must be called by the strand that runs its"
                                                    + " function: stage=spread, caller=other");
                        });
        assertThat(seen).hasValueLessThanOrEqualTo(1);
    }

    private static Throwable emitByAnother(Emitter<Integer> out, int item) {
        Scheduler scheduler = Scheduler.real();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Strand other =
                scheduler.start(
                        "other",
                        StrandKind.PLATFORM,
                        () -> {
                            try {
                                out.emit(item);
                            } catch (IllegalStateException e) {
                                thrown.set(e);
                            }
                        });
        while (other.isAlive()) {
            scheduler.clearInterrupt(); // the run fails meanwhile
            scheduler.join(other, Scheduler.NO_DEADLINE);
        }
        return thrown.get();
    }

    @Test
    void refusesAnEmitterBehindItsCall() throws Exception {
        AtomicReference<Emitter<Integer>> kept = new AtomicReference<>();
        AtomicInteger seen = new AtomicInteger();
        Ended ended =
                Models.run(
                        Pipeline.from("feed", Source.of(1, 2))
                                .<Integer>flatMap(
                                        "spread",
                                        (item, out) -> {
                                            kept.set(out);
                                            out.emit(item);
                                        })
                                .sink("sink", _ -> seen.incrementAndGet()));
        assertThat(ended).isInstanceOf(Ended.Done.class);
        assertThatThrownBy(() -> kept.get().emit(9))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "emit must be called before its function returns: stage=spread");
        assertThat(seen).hasValue(2);
    }

    @Test
    void interruptsASourceWhoseOwnStopThrows() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Source<Integer> source =
                Source.<Integer>from(
                                () -> {
                                    asked.countDown();
                                    try {
                                        never.await();
                                    } catch (InterruptedException e) {
                                        return null;
                                    }
                                    return 1;
                                })
                        .onStop(
                                () -> {
                                    throw new IllegalStateException("planned");
                                });
        try (Run run = Pipeline.from("feed", source).sink("sink", _ -> {}).start()) {
            asked.await();
            assertThat(run.drain(Duration.ofDays(1))).isInstanceOf(Ended.Done.class);
        }
    }

    @Test
    void blamesTheBufferThatFailsWhenFull() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Ended ended =
                Models.run(
                        Pipeline.from("feed", Source.range(0, 1_000, Long::valueOf))
                                .buffer("room", 2, OverflowPolicy.FAIL)
                                .sink("sink", _ -> awaitInterrupt(never)));
        assertThat(ended).isInstanceOf(Ended.Failed.class);
        assertThat(((Ended.Failed) ended).stage()).isEqualTo("room");
        assertThat(((Ended.Failed) ended).cause())
                .hasMessageStartingWith("an edge that fails when full must have room")
                .hasMessageContaining("edge=feed->room");
    }

    private static void awaitInterrupt(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
