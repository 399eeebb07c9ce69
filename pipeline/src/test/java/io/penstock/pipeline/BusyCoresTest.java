// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.stage.OnFailure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Deadlines of items that leave no core to any virtual strand.
@Timeout(60)
class BusyCoresTest {
    private static final int BUSY = Runtime.getRuntime().availableProcessors();
    private static final How IN_TIME =
            How.virtual(BUSY).eachWithin(Duration.ofMillis(5)).onFailure(OnFailure.skip());

    private volatile boolean stopped;

    @Test
    void interruptsItemsThatComputeOnEveryCore() throws Exception {
        Ended ended = Models.run(computing(IN_TIME));
        assertThat(ended).isInstanceOf(Ended.Done.class);
        assertThat(ended.statistics().stages().get(1).failed()).isEqualTo(BUSY);
    }

    @Test
    void runsHooksOfItemsThatComputeOnEveryCore() throws Exception {
        AtomicInteger hooks = new AtomicInteger();
        How stoppable =
                IN_TIME.onTimeout(
                        (Integer _) -> {
                            hooks.incrementAndGet();
                            stopped = true;
                        });
        Ended ended =
                Models.run(
                        Pipeline.from("numbers", Source.of(Models.numbers(BUSY)))
                                .map("work", this::computeUntilStopped, stoppable)
                                .sink("sink", _ -> {}));
        assertThat(ended).isInstanceOf(Ended.Done.class);
        assertThat(hooks).hasPositiveValue();
    }

    private static Pipeline computing(How how) {
        return Pipeline.from("numbers", Source.of(Models.numbers(BUSY)))
                .map("work", BusyCoresTest::computeUntilInterrupted, how)
                .sink("sink", _ -> {});
    }

    private static Integer computeUntilInterrupted(Integer item) {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        return item;
    }

    /// Until the hook says so, or the test has waited for too long.
    private Integer computeUntilStopped(Integer item) {
        while (!stopped) {
            Thread.onSpinWait();
        }
        return item;
    }
}
