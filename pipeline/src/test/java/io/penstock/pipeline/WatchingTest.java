// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Channel;
import io.penstock.channel.ForwardingScheduler;
import io.penstock.channel.Scheduler;
import io.penstock.simulation.SimulatedScheduler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Which stages are watched how closely, and when nobody watches.
@Timeout(60)
class WatchingTest {
    private static final Duration NEVER = Duration.ofDays(10);

    @Test
    void isCloseOnEventLoopsUnlessSomebodySaysOtherwise() {
        assertThat(RunOptions.DEFAULT.watching()).isEqualTo(Watching.DEFAULT);
        assertThat(Watching.DEFAULT.loop()).isEqualTo(Duration.ofMillis(1));
        assertThat(Watching.DEFAULT.item()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void looksAtAnEventLoopByTheTimeOfLoops() throws Exception {
        Watching watching = Watching.NOTHING.items(NEVER).loops(Duration.ofMillis(1));
        findsTheSlowStage(How.eventLoop(), watching);
    }

    @Test
    void looksAtOtherStrandsByTheTimeOfItems() throws Exception {
        Watching watching = Watching.NOTHING.items(Duration.ofMillis(1)).loops(NEVER);
        findsTheSlowStage(How.platform(1), watching);
        findsTheSlowStage(How.platform(2), watching);
    }

    /// The stage waits until it is found; others may be slow on a busy machine.
    private static void findsTheSlowStage(How how, Watching watching) throws Exception {
        Channel<Stall> stalls = Channel.<Stall>builder("stalls", 4).build();
        CountDownLatch found = new CountDownLatch(1);
        Pipeline pipeline =
                Pipeline.from("one", Source.of(7))
                        .map(
                                "slow",
                                (Integer item) -> {
                                    awaitQuietly(found);
                                    return item;
                                },
                                how)
                        .sink("sink", _ -> {});
        RunOptions options = RunOptions.DEFAULT.watching(watching.onStall(stalls::trySend));
        try (Run run = pipeline.start(options)) {
            Stall stall = stalls.receive(Models.LONG);
            while (stall != null && !stall.stages().contains("slow")) {
                stall = stalls.receive(Models.LONG);
            }
            found.countDown();
            assertThat(stall).isNotNull();
            assertThat(Models.ended(run)).isInstanceOf(Ended.Done.class);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A seed or a wrapper changes nothing about whose clock it is.
    @Test
    void goesOnWithEverySchedulerOfTheMachine() {
        Scheduler wrapped = new ForwardingScheduler(Scheduler.real()) {};
        for (Scheduler scheduler : new Scheduler[] {Scheduler.real(7), wrapped}) {
            assertThat(RunOptions.DEFAULT.scheduler(scheduler).watching())
                    .isEqualTo(Watching.DEFAULT);
        }
    }

    @Test
    void doesNotKeepSimulatedTimeGoingUnlessSomebodySaysSo() {
        Scheduler simulated = SimulatedScheduler.ordinary();
        assertThat(RunOptions.DEFAULT.scheduler(simulated).watching()).isEqualTo(Watching.NOTHING);
        Watching asked = Watching.NOTHING.items(Duration.ofSeconds(3));
        assertThat(RunOptions.DEFAULT.watching(asked).scheduler(simulated).watching())
                .isEqualTo(asked);
    }
}
