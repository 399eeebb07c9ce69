// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.ForwardingScheduler;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.simulation.SimulatedScheduler;
import io.penstock.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long FIVE_DAYS_NS = 5 * 86_400 * 1_000_000_000L;

    private final SimulatedScheduler scheduler = SimulatedScheduler.ordinary();
    private final List<Long> takenMs = new ArrayList<>();

    private void take(TokenBucket bucket, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(bucket.take()).isTrue();
            takenMs.add(scheduler.elapsed().toMillis());
        }
    }

    private void pause(SimulatedScheduler during, long ns) {
        long untilNs = during.nanoTime() + ns;
        while (untilNs - during.nanoTime() > 0) {
            during.park(this, untilNs);
        }
    }

    @Test
    void givesTokensEvenly() {
        Ordinary.run(
                scheduler, _ -> take(new TokenBucket(scheduler, Rate.perSecond(100).burst(1)), 5));
        assertThat(takenMs).containsExactly(0L, 10L, 20L, 30L, 40L);
    }

    @Test
    void givesABurstAfterAPauseAndNoMore() {
        Ordinary.run(
                scheduler,
                _ -> {
                    TokenBucket bucket = new TokenBucket(scheduler, Rate.perSecond(100).burst(3));
                    take(bucket, 4);
                    pause(scheduler, FIVE_DAYS_NS);
                    takenMs.clear();
                    long now = scheduler.elapsed().toMillis();
                    take(bucket, 5);
                    assertThat(takenMs).containsExactly(now, now, now, now + 10, now + 20);
                });
    }

    @Test
    void doesNotDriftWhereTheIntervalIsNoWholeNumber() {
        Ordinary.run(
                scheduler,
                _ -> {
                    TokenBucket bucket = new TokenBucket(scheduler, Rate.perSecond(7).burst(1));
                    take(bucket, 1);
                    take(bucket, 7 * 1_000);
                    assertThat(scheduler.nanoTime() - SimulatedScheduler.START_NS)
                            .isEqualTo(1_000_000_000_000L);
                });
    }

    @Test
    void keepsTheRateThoughItsUserIsLate() {
        Ordinary.run(
                scheduler,
                _ -> {
                    TokenBucket bucket = new TokenBucket(scheduler, Rate.perSecond(1_000));
                    take(bucket, 10); // what is there at the beginning
                    for (int i = 0; i < 5_000; i++) {
                        take(bucket, 1);
                        pause(scheduler, i % 10 == 0 ? 5_300_000 : 100_000);
                    }
                    assertThat(takenMs.getLast()).isBetween(4_995L, 5_001L);
                });
    }

    @Test
    void letsAChangeActAtOnceForWhoWaits() {
        Ordinary.run(
                scheduler,
                _ -> {
                    TokenBucket bucket =
                            new TokenBucket(scheduler, Rate.of(1, Duration.ofHours(1)));
                    Strand strand =
                            scheduler.start("taker", StrandKind.VIRTUAL, () -> take(bucket, 3));
                    pause(scheduler, 50_000_000);
                    bucket.rate(Rate.perSecond(10).burst(1));
                    assertThat(scheduler.join(strand, Scheduler.NO_DEADLINE)).isTrue();
                    assertThat(bucket.rate().perSecond()).isEqualTo(10);
                    assertThat(bucket.waits()).isEqualTo(2);
                    assertThat(bucket.waitNs()).isBetween(249_000_000L, 251_000_000L);
                });
        assertThat(takenMs.get(1)).isBetween(149L, 150L);
        assertThat(takenMs.get(2)).isBetween(249L, 250L);
    }

    @Test
    void givesTokensThoughTheRateIsChangedMoreOftenThanTheyCome() {
        Ordinary.run(
                scheduler,
                _ -> {
                    TokenBucket bucket = new TokenBucket(scheduler, Rate.perSecond(2).burst(1));
                    Strand strand =
                            scheduler.start("taker", StrandKind.VIRTUAL, () -> take(bucket, 5));
                    for (int i = 0; i < 250; i++) {
                        pause(scheduler, 10_000_000);
                        bucket.rate(Rate.perSecond(i % 2 == 0 ? 3 : 2).burst(1));
                    }
                    scheduler.join(strand, Scheduler.NO_DEADLINE);
                });
        assertThat(takenMs.getLast()).isBetween(1_550L, 1_700L);
    }

    @Test
    void neverGivesMoreThanItsRateAndBurst() {
        Simulation.of(
                        scheduler -> {
                            RandomGenerator random = scheduler.random("bucket");
                            long permits = 1L + random.nextInt(1_000);
                            long burst = 1L + random.nextInt(20);
                            TokenBucket limited =
                                    new TokenBucket(
                                            scheduler, Rate.perSecond(permits).burst(burst));
                            List<Long> times = new ArrayList<>();
                            for (int i = 0; i < 100; i++) {
                                if (random.nextInt(4) == 0) {
                                    pause(scheduler, random.nextInt(30_000_000));
                                }
                                assertThat(limited.take()).isTrue();
                                times.add(scheduler.nanoTime());
                            }
                            checkRate(times, permits, burst);
                        })
                .everyOperation()
                .seeds(100)
                .check();
    }

    private static void checkRate(List<Long> times, long permits, long burst) {
        for (int from = 0; from < times.size(); from++) {
            for (int to = from; to < times.size(); to++) {
                double intervals = (times.get(to) - times.get(from)) * 1e-9 * permits;
                assertThat((double) (to - from + 1)).isLessThan(intervals + burst + 1);
            }
        }
    }

    @Test
    void endsAWaitWhenItIsStoppedOrInterrupted() {
        Ordinary.run(
                scheduler,
                _ -> {
                    TokenBucket bucket =
                            new TokenBucket(scheduler, Rate.of(1, Duration.ofHours(1)));
                    List<Boolean> taken = new ArrayList<>();
                    Runnable taker =
                            () -> {
                                taken.add(bucket.take());
                                taken.add(scheduler.isInterrupted());
                            };
                    bucket.take();
                    Strand first = scheduler.start("first", StrandKind.VIRTUAL, taker);
                    pause(scheduler, 1_000_000);
                    scheduler.interrupt(first);
                    scheduler.join(first, Scheduler.NO_DEADLINE);
                    Strand second = scheduler.start("second", StrandKind.VIRTUAL, taker);
                    pause(scheduler, 1_000_000);
                    bucket.stop();
                    scheduler.join(second, Scheduler.NO_DEADLINE);
                    assertThat(taken).containsExactly(false, true, false, false);
                    assertThat(bucket.take()).isFalse();
                });
    }

    @Test
    void triesWithoutWaiting() {
        Ordinary.run(
                scheduler,
                _ -> {
                    TokenBucket bucket = new TokenBucket(scheduler, Rate.perSecond(1));
                    assertThat(bucket.tryTake()).isTrue();
                    assertThat(bucket.tryTake()).isFalse();
                    pause(scheduler, 1_000_000_000);
                    assertThat(bucket.tryTake()).isTrue();
                    assertThat(bucket.waits()).isZero();
                });
    }

    @Test
    void refusesARateThatIsNotPositive() {
        assertThatThrownBy(() -> Rate.perSecond(0)).hasMessageContaining("permits=0");
        assertThatThrownBy(() -> Rate.perSecond(-5)).hasMessageContaining("permits=-5");
        assertThatThrownBy(() -> Rate.perSecond(5).burst(0)).hasMessageContaining("burst=0");
        assertThatThrownBy(() -> Rate.of(5, Duration.ZERO)).hasMessageContaining("periodNs=0");
        assertThatThrownBy(() -> Rate.of(1_000_000_000, Duration.ofDays(1)))
                .hasMessageContaining("periodNs=86400000000000");
    }

    /// A clock that lets something happen between two of its times, before the first is known.
    private static final class LateClock extends ForwardingScheduler {
        long nowNs = 1_000_000_000;
        Runnable meanwhile = () -> {};

        LateClock() {
            super(Scheduler.real());
        }

        @Override
        public long nanoTime() {
            long readNs = nowNs;
            Runnable happens = meanwhile;
            meanwhile = () -> {};
            happens.run();
            return readNs;
        }
    }

    @Test
    void losesNoTimeThoughWhoChangesTheRateComesLateFromTheClock() {
        LateClock clock = new LateClock();
        TokenBucket bucket = new TokenBucket(clock, Rate.perSecond(1_000_000).burst(1));
        assertThat(bucket.tryTake()).isTrue();
        clock.meanwhile =
                () -> {
                    for (int i = 0; i < 10_000; i++) {
                        clock.nowNs += 1_000;
                        assertThat(bucket.tryTake()).isTrue();
                    }
                };
        bucket.rate(Rate.perSecond(10).burst(1));
        clock.nowNs += 99_999_999;
        assertThat(bucket.tryTake()).isFalse();
        clock.nowNs++;
        assertThat(bucket.tryTake()).isTrue();
    }

    @Test
    void givesNoTokenTwiceThoughWhoTakesItComesLateFromTheClock() {
        LateClock clock = new LateClock();
        TokenBucket bucket = new TokenBucket(clock, Rate.perSecond(1_000).burst(5));
        clock.meanwhile =
                () -> {
                    clock.nowNs += 10_000_000_000L;
                    for (int i = 0; i < 5; i++) {
                        assertThat(bucket.tryTake()).isTrue();
                    }
                };
        assertThat(bucket.tryTake()).isFalse();
        clock.nowNs += 1_000_000;
        assertThat(bucket.tryTake()).isTrue();
        assertThat(bucket.tryTake()).isFalse();
    }

    @Test
    void countsWithTheLargestRates() {
        Ordinary.run(
                scheduler,
                _ -> {
                    Rate rate = Rate.perSecond(Rate.MOST_PERMITS).burst(1);
                    TokenBucket bucket = new TokenBucket(scheduler, rate);
                    take(bucket, 1_000);
                    assertThat(scheduler.nanoTime() - SimulatedScheduler.START_NS).isEqualTo(999);
                    pause(scheduler, FIVE_DAYS_NS);
                    assertThat(bucket.tryTake()).isTrue();
                    assertThat(bucket.tryTake()).isFalse();
                });
    }
}
