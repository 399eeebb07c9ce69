// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class RealSchedulerTest {
    private final Scheduler scheduler = Scheduler.real();

    @Test
    void isOneForAll() {
        assertThat(Scheduler.real()).isSameAs(scheduler);
        assertThat(Scheduler.real(1)).isNotSameAs(scheduler);
    }

    @Test
    void comparesTimesByTheirDifference() {
        long nearTheEdge = Long.MAX_VALUE - 5;
        long pastTheEdge = Scheduler.after(nearTheEdge, Duration.ofNanos(10));
        assertThat(pastTheEdge).isNegative();
        assertThat(Scheduler.isDue(pastTheEdge, nearTheEdge)).isFalse();
        assertThat(Scheduler.isDue(pastTheEdge, nearTheEdge + 9)).isFalse();
        assertThat(Scheduler.isDue(pastTheEdge, nearTheEdge + 10)).isTrue();
        assertThat(Scheduler.earlier(pastTheEdge, nearTheEdge)).isEqualTo(nearTheEdge);
        assertThat(Scheduler.earlier(nearTheEdge, pastTheEdge)).isEqualTo(nearTheEdge);
    }

    @Test
    void knowsADeadlineThatNeverComes() {
        for (long nowNs : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
            assertThat(Scheduler.isDue(Scheduler.NO_DEADLINE, nowNs)).isFalse();
        }
        assertThat(Scheduler.earlier(Scheduler.NO_DEADLINE, -7)).isEqualTo(-7);
        assertThat(Scheduler.earlier(-7, Scheduler.NO_DEADLINE)).isEqualTo(-7);
        assertThat(Scheduler.after(-7, Duration.ofDays(106_000))).isEqualTo(Scheduler.NO_DEADLINE);
        assertThat(Scheduler.after(-7, Duration.ofSeconds(Long.MAX_VALUE)))
                .isEqualTo(Scheduler.NO_DEADLINE);
        assertThat(Scheduler.after(-7, Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(-7);
        assertThat(Scheduler.after(-7, Duration.ofNanos(3))).isEqualTo(-4);
        assertThat(Scheduler.timeoutNs(Duration.ofNanos(3))).isEqualTo(3);
        assertThat(Scheduler.timeoutNs(Duration.ofNanos(-3))).isZero();
        assertThat(Scheduler.timeoutNs(Duration.ofSeconds(Long.MAX_VALUE)))
                .isEqualTo(Scheduler.LONGEST_TIMEOUT.toNanos());
    }

    @Test
    void takesNoTimeForADeadlineThatNeverComes() {
        for (long beforeNs : new long[] {0, 10}) {
            long nowNs = Long.MAX_VALUE - beforeNs;
            long deadlineNs = Scheduler.after(nowNs, Duration.ofNanos(beforeNs));
            assertThat(deadlineNs).isNotEqualTo(Scheduler.NO_DEADLINE);
            assertThat(Scheduler.isDue(deadlineNs, nowNs + beforeNs + 1)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(StrandKind.class)
    void runsAStrandOfEachKind(StrandKind kind) {
        AtomicReference<Thread> thread = new AtomicReference<>();
        AtomicReference<Strand> self = new AtomicReference<>();
        Strand strand =
                scheduler.start(
                        "feed",
                        kind,
                        () -> {
                            thread.set(Thread.currentThread());
                            self.set(scheduler.current());
                        });
        assertThat(scheduler.join(strand, Scheduler.NO_DEADLINE)).isTrue();
        assertThat(thread.get().isVirtual()).isEqualTo(kind == StrandKind.VIRTUAL);
        assertThat(strand.name()).isEqualTo("feed");
        assertThat(strand).hasToString("feed");
        assertThat(strand.isAlive()).isFalse();
        assertThat(self.get()).isEqualTo(strand).hasSameHashCodeAs(strand);
        assertThat(scheduler.current()).isEqualTo(scheduler.current()).isNotEqualTo(strand);
    }

    /// As libraries do that hand the handlers of a thread on to those that they start.
    @ParameterizedTest
    @EnumSource(StrandKind.class)
    void knowsAStrandThatTookTheHandlerOfAnotherOne(StrandKind kind) {
        AtomicReference<Strand> self = new AtomicReference<>();
        AtomicReference<Strand> other = new AtomicReference<>();
        Strand strand =
                scheduler.start(
                        "feed",
                        kind,
                        () -> {
                            Thread thread =
                                    Thread.ofPlatform()
                                            .uncaughtExceptionHandler(
                                                    Thread.currentThread()
                                                            .getUncaughtExceptionHandler())
                                            .unstarted(() -> other.set(scheduler.current()));
                            self.set(scheduler.current());
                            thread.start();
                            while (thread.isAlive()) {
                                scheduler.yieldNow();
                            }
                        });
        assertThat(scheduler.join(strand, Scheduler.NO_DEADLINE)).isTrue();
        assertThat(self.get()).isEqualTo(strand);
        assertThat(other.get()).isNotNull().isNotEqualTo(strand);
    }

    @ParameterizedTest
    @EnumSource(StrandKind.class)
    void knowsAStrandThatTookAnotherHandler(StrandKind kind) {
        AtomicReference<Strand> self = new AtomicReference<>();
        Strand strand =
                scheduler.start(
                        "feed",
                        kind,
                        () -> {
                            Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
                            self.set(scheduler.current());
                        });
        assertThat(scheduler.join(strand, Scheduler.NO_DEADLINE)).isTrue();
        assertThat(self.get()).isEqualTo(strand);
    }

    @ParameterizedTest
    @EnumSource(StrandKind.class)
    void handsWhatABodyThrowsToTheDefaultHandler(StrandKind kind) {
        AtomicReference<String> handed = new AtomicReference<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> handed.set(thread.getName() + " " + failure.getMessage()));
        try {
            Strand strand =
                    scheduler.start(
                            "feed",
                            kind,
                            () -> {
                                throw new IllegalStateException("broken");
                            });
            assertThat(scheduler.join(strand, Scheduler.NO_DEADLINE)).isTrue();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(handed).hasValue("feed broken");
    }

    @ParameterizedTest
    @EnumSource(StrandKind.class)
    void givesUpJoiningAtTheDeadline(StrandKind kind) {
        CountDownLatch end = new CountDownLatch(1);
        Strand strand = scheduler.start("waits", kind, () -> await(end));
        assertThat(scheduler.join(strand, scheduler.nanoTime())).isFalse();
        assertThat(scheduler.join(strand, scheduler.nanoTime() + 1_000_000)).isFalse();
        assertThat(strand.isAlive()).isTrue();
        end.countDown();
        assertThat(scheduler.join(strand, scheduler.nanoTime() + 50_000_000_000L)).isTrue();
        assertThat(scheduler.join(strand, scheduler.nanoTime())).isTrue();
        assertThat(strand.stackTrace()).isEmpty();
    }

    @Test
    void givesUpJoiningWhenInterruptedAndKeepsTheFlag() {
        CountDownLatch end = new CountDownLatch(1);
        Strand strand = scheduler.start("waits", StrandKind.VIRTUAL, () -> await(end));
        Thread.currentThread().interrupt();
        assertThat(scheduler.isInterrupted()).isTrue();
        assertThat(scheduler.join(strand, Scheduler.NO_DEADLINE)).isFalse();
        assertThat(scheduler.isInterrupted()).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        end.countDown();
        assertThat(scheduler.join(strand, Scheduler.NO_DEADLINE)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(StrandKind.class)
    void remembersAPermitGivenBeforeThePark(StrandKind kind) {
        AtomicReference<Strand> self = new AtomicReference<>();
        Strand strand =
                scheduler.start(
                        "parks",
                        kind,
                        () -> {
                            self.set(scheduler.current());
                            scheduler.unpark(scheduler.current());
                            scheduler.park(this, Scheduler.NO_DEADLINE);
                        });
        assertThat(scheduler.join(strand, Scheduler.NO_DEADLINE)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(StrandKind.class)
    void wakesAParkedStrandByUnparkAndByInterrupt(StrandKind kind) {
        AtomicReference<String> permit = new AtomicReference<>();
        Strand strand =
                scheduler.start(
                        "parks",
                        kind,
                        () -> {
                            while (permit.get() == null) {
                                scheduler.park(this, Scheduler.NO_DEADLINE);
                            }
                            while (!scheduler.isInterrupted()) {
                                scheduler.park(this, Scheduler.NO_DEADLINE);
                            }
                        });
        permit.set("go");
        scheduler.unpark(strand);
        scheduler.interrupt(strand);
        assertThat(scheduler.join(strand, Scheduler.NO_DEADLINE)).isTrue();
    }

    @Test
    void returnsFromAParkWhoseDeadlineHasPassed() {
        scheduler.park(this, scheduler.nanoTime() - 1);
        long deadline = scheduler.nanoTime() + 100_000;
        while (deadline - scheduler.nanoTime() > 0) {
            scheduler.park(this, deadline);
        }
    }

    /// Every carrier has strands in its own queue that yield to each other; who is let in comes
    /// from outside.
    @Test
    void letsAStrandInThatIsStartedBesideManyThatYield() {
        int carriers = Runtime.getRuntime().availableProcessors();
        AtomicInteger taken = new AtomicInteger();
        AtomicBoolean isIn = new AtomicBoolean();
        Queue<Strand> strands = new ConcurrentLinkedQueue<>();
        Runnable yielding =
                () -> {
                    while (!isIn.get()) {
                        scheduler.yieldNow();
                    }
                };
        for (int i = 0; i < carriers; i++) {
            strands.add(
                    scheduler.start(
                            "first of a carrier",
                            StrandKind.VIRTUAL,
                            () -> {
                                taken.getAndIncrement();
                                while (taken.get() < carriers) {
                                    Thread.onSpinWait(); // keeps its carrier to itself
                                }
                                for (int next = 0; next < 3; next++) {
                                    strands.add(
                                            scheduler.start("next", StrandKind.VIRTUAL, yielding));
                                }
                                yielding.run();
                            }));
        }
        while (strands.size() < 4 * carriers) {
            scheduler.yieldNow();
        }
        strands.add(scheduler.start("in", StrandKind.VIRTUAL, () -> isIn.set(true)));
        for (Strand strand : strands) {
            assertThat(scheduler.join(strand, Scheduler.NO_DEADLINE)).isTrue();
        }
    }

    @Test
    void leavesTheOrdinaryCourseOfThings() {
        scheduler.point(this);
        scheduler.yieldNow();
        assertThat(scheduler.choose(5, "victim")).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduler.choose(0, "victim"))
                .withMessage("bound must be positive: bound=0");
    }

    @Test
    void splitsRandomnessByStreamAndSeed() {
        long first = scheduler.random("jitter").nextLong();
        assertThat(scheduler.random("jitter").nextLong()).isEqualTo(first);
        assertThat(Scheduler.real(7).random("jitter").nextLong()).isNotEqualTo(first);
        assertThat(Scheduler.real(7).random("jitter").nextLong())
                .isEqualTo(Scheduler.real(7).random("jitter").nextLong());
        RandomGenerator other = scheduler.random("jitteR");
        assertThat(other.nextLong()).isNotEqualTo(first);
        assertThat(scheduler.random("").nextLong()).isNotEqualTo(first);
    }

    @Test
    void refusesAStrandOfAnotherScheduler() {
        Strand foreign =
                new Strand() {
                    @Override
                    public String name() {
                        return "simulated";
                    }

                    @Override
                    public boolean isAlive() {
                        return true;
                    }

                    @Override
                    public StackTraceElement[] stackTrace() {
                        return new StackTraceElement[0];
                    }
                };
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduler.unpark(foreign))
                .withMessage("strand must be one of the real scheduler: strand=simulated");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void knowsWhatAPlatformStrandHasUsed() {
        AtomicReference<StrandUsage> used = new AtomicReference<>();
        Strand strand =
                scheduler.start("platform", StrandKind.PLATFORM, () -> used.set(scheduler.usage()));
        assertThat(scheduler.join(strand, Scheduler.NO_DEADLINE)).isTrue();
        assertThat(used.get().cpuNs()).isPositive();
        assertThat(used.get().allocatedBytes()).isPositive();
        boolean isKept = Files.exists(Path.of("/proc/thread-self/schedstat"));
        assertThat(used.get().runQueueNs() >= 0).isEqualTo(isKept);
    }

    @Test
    void knowsNothingOfWhatAVirtualStrandHasUsed() {
        AtomicReference<StrandUsage> used = new AtomicReference<>();
        Strand strand =
                scheduler.start("virtual", StrandKind.VIRTUAL, () -> used.set(scheduler.usage()));
        assertThat(scheduler.join(strand, Scheduler.NO_DEADLINE)).isTrue();
        assertThat(used.get()).isEqualTo(StrandUsage.UNKNOWN);
    }
}
