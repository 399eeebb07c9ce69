// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// A [Mutex] on real threads. What needs every interleaving is tested in the module `simulation`.
class MutexTest {
    private final Scheduler scheduler = new RestlessScheduler();
    private final Mutex mutex = new Mutex("m", scheduler);

    @Test
    void isHeldByOneAtATime() throws Exception {
        int[] count = {0};
        List<Strand> strands = new ArrayList<>();
        for (StrandKind kind : List.of(StrandKind.PLATFORM, StrandKind.VIRTUAL)) {
            for (int i = 0; i < 3; i++) {
                strands.add(scheduler.start("s", kind, () -> increment(count, 1_000)));
            }
        }
        for (Strand strand : strands) {
            assertThat(scheduler.join(strand, Scheduler.NO_DEADLINE)).isTrue();
        }
        assertThat(count[0]).isEqualTo(6_000);
        assertThat(mutex.holder()).isNull();
    }

    private void increment(int[] count, int times) {
        try {
            for (int i = 0; i < times; i++) {
                mutex.lock();
                count[0]++;
                mutex.unlock();
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts", e);
        }
    }

    /// A scheduler that throws out of the next wait.
    private static final class Breaking extends ForwardingScheduler {
        private Runnable beforeIt = () -> {};

        Breaking() {
            super(Scheduler.real());
        }

        @Override
        public void park(Object blocker, long deadlineNs) {
            beforeIt.run();
            throw new IllegalStateException("planned");
        }
    }

    @Test
    void forgetsAWaitThatBreaks() throws Exception {
        for (boolean isGranted : new boolean[] {false, true}) {
            Breaking breaking = new Breaking();
            Mutex broken = new Mutex("broken", breaking);
            AtomicBoolean mayUnlock = new AtomicBoolean();
            Strand holder =
                    scheduler.start(
                            "holder",
                            StrandKind.PLATFORM,
                            () -> {
                                broken.tryLock();
                                while (!mayUnlock.get()) {
                                    scheduler.yieldNow();
                                }
                                broken.unlock();
                            });
            while (broken.holder() == null) {
                scheduler.yieldNow();
            }
            Runnable unlock =
                    () -> {
                        mayUnlock.set(true);
                        scheduler.join(holder, Scheduler.NO_DEADLINE);
                    };
            breaking.beforeIt = isGranted ? unlock : () -> {};
            assertThatThrownBy(broken::lock).hasMessage("planned");
            assertThat(broken.waiting()).isZero();
            unlock.run();
            assertThat(broken.holder()).isNull();
        }
    }

    @Test
    void tellsItsHolderThatItHoldsIt() throws Exception {
        mutex.lock();
        assertThat(mutex.holder()).isEqualTo(scheduler.current());
        assertThatIllegalStateException()
                .isThrownBy(mutex::lock)
                .withMessage("a mutex must not be locked by its holder: mutex=m");
        assertThatIllegalStateException().isThrownBy(mutex::tryLock);
        mutex.unlock();
        assertThatIllegalStateException()
                .isThrownBy(mutex::unlock)
                .withMessage("a mutex must be unlocked by its holder: mutex=m");
        assertThat(mutex.tryLock()).isTrue();
        assertThat(mutex).hasToString("Mutex[m, held by " + scheduler.current().name() + "]");
    }

    @Test
    void isNotTakenFromItsHolder() throws Exception {
        mutex.lock();
        boolean[] took = {true, true};
        Strand other =
                scheduler.start(
                        "other",
                        StrandKind.VIRTUAL,
                        () -> {
                            took[0] = mutex.tryLock();
                            took[1] = mutex.tryLockUntil(scheduler.nanoTime());
                        });
        scheduler.join(other, Scheduler.NO_DEADLINE);
        assertThat(took).containsExactly(false, false);
    }

    @Test
    void letsAnInterruptedStrandGo() throws Exception {
        mutex.lock();
        List<String> said = new ArrayList<>();
        Strand other =
                scheduler.start(
                        "other",
                        StrandKind.VIRTUAL,
                        () -> {
                            scheduler.interrupt(scheduler.current());
                            said.add("tried " + mutex.tryLockUntil(Scheduler.NO_DEADLINE));
                            said.add("flag " + scheduler.isInterrupted());
                            assertThatThrownBy(mutex::lock)
                                    .isInstanceOf(InterruptedException.class)
                                    .hasMessage("interrupted while waiting: mutex=m");
                            said.add("flag " + scheduler.isInterrupted());
                        });
        scheduler.join(other, Scheduler.NO_DEADLINE);
        assertThat(said).containsExactly("tried false", "flag true", "flag false");
    }
}
