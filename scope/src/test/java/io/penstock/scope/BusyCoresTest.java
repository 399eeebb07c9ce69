// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.StrandKind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Deadlines beside work that leaves no core to any other virtual strand.
@Timeout(60)
class BusyCoresTest {
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final Duration LONG = Duration.ofDays(1);

    @Test
    void deadlinesComeByAPlatformStrandWhereOneIsAskedFor() throws Exception {
        ScopeOptions options = ScopeOptions.DEFAULT.deadlineKind(StrandKind.PLATFORM);
        CountDownLatch computing = new CountDownLatch(CORES);
        try (Scope scope = Scope.open("busy", options)) {
            for (int i = 0; i < CORES; i++) {
                scope.fork("computes", () -> computeUntilInterrupted(computing));
            }
            computing.await();
            ScopeOptions soon = ScopeOptions.within(Duration.ofMillis(5));
            assertThatThrownBy(() -> Scope.call("late", soon, BusyCoresTest::pause))
                    .isInstanceOf(TimeoutException.class);
            scope.cancel();
        }
    }

    private static int pause(Scope scope) throws InterruptedException {
        scope.sleep(LONG);
        return 0;
    }

    private static int computeUntilInterrupted(CountDownLatch computing) {
        computing.countDown();
        int spins = 0;
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
            spins++;
        }
        return spins;
    }
}
