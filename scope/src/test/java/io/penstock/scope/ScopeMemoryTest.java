// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Scheduler;
import io.penstock.channel.StrandKind;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a scope that is over keeps from being collected.
class ScopeMemoryTest {
    private static final int MOST_COLLECTIONS = 50;

    @Test
    void holdsNoTaskWhenItIsClosed() throws Exception {
        List<WeakReference<Task<?>>> tasks = new ArrayList<>();
        Scope scope = Scope.open("s", ScopeOptions.within(Duration.ofDays(1)));
        try (scope) {
            for (int i = 0; i < 10; i++) {
                tasks.add(
                        new WeakReference<>(
                                scope.fork("t" + i, Duration.ofHours(1), () -> "done")));
            }
            scope.join();
        }
        tasks.forEach(ScopeMemoryTest::assertCollected);
        assertThat(scope.isCancelled()).isFalse(); // it is held until here
    }

    @Test
    void holdsNoActionWhenTheDeadlinesAreClosed() {
        Deadlines deadlines = Deadlines.open("d", Scheduler.real());
        WeakReference<Runnable> action = armed(deadlines);
        deadlines.close();
        assertCollected(action);
        assertThat(deadlines.kind()).isEqualTo(StrandKind.VIRTUAL); // held until here
    }

    private static WeakReference<Runnable> armed(Deadlines deadlines) {
        List<String> told = new ArrayList<>();
        Runnable action = () -> told.add("captures something, or it would be a constant");
        deadlines.arm(Scheduler.real().nanoTime() + Duration.ofHours(1).toNanos(), action);
        return new WeakReference<>(action);
    }

    /// A collection of the whole heap takes what nobody holds; where one is not enough because a
    /// thread has just ended, another does.
    private static void assertCollected(WeakReference<?> reference) {
        for (int i = 0; i < MOST_COLLECTIONS && !reference.refersTo(null); i++) {
            System.gc();
            Scheduler.real().yieldNow();
        }
        assertThat(reference.refersTo(null)).isTrue();
    }
}
