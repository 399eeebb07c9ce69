// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.simulation.SimulatedScheduler;
import io.penstock.simulation.Simulation;
import io.penstock.testing.Allocation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// What a slot ring promises in each of its orders, on platform and on virtual strands, under many
/// interleavings.
abstract class SlotRingContract {
    private static final int SEEDS = Integer.getInteger("penstock.seeds", 20);
    private static final long SOON_NS = 1_000_000_000L;
    private static final long PAUSE_NS = 20_000_000L;

    final RingRun.Order order;

    SlotRingContract(RingRun.Order order) {
        this.order = order;
    }

    /// A test of one interleaving.
    interface Case {
        void run(SimulatedScheduler scheduler, StrandKind kind) throws Throwable;
    }

    static void explore(Case test) {
        for (StrandKind kind : StrandKind.values()) {
            Simulation.of(scheduler -> test.run(scheduler, kind))
                    .named(kind.toString())
                    .everyOperation()
                    .seeds(SEEDS)
                    .check();
        }
    }

    RingRun ring(
            Scheduler scheduler, StrandKind kind, int workers, int capacity, RingRun.Work work) {
        return new RingRun(scheduler, order, kind, new int[] {workers, capacity}, work);
    }

    static Object result(int item) {
        return item + RingRun.RESULT;
    }

    /// Waits for something that another strand of the test brings about; gives up when interrupted.
    static void await(Scheduler scheduler, BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            if (scheduler.clearInterrupt()) {
                throw new InterruptedException("test");
            }
            scheduler.park("test", scheduler.nanoTime() + 100_000);
        }
    }

    @Test
    void givesEveryResult() {
        for (int capacity : new int[] {1, 2, 3, 17, 64}) {
            for (int workers : new int[] {1, 3}) {
                Simulation.of(
                                scheduler -> {
                                    StrandKind kind = StrandKind.values()[capacity % 2];
                                    RingRun run =
                                            ring(
                                                    scheduler,
                                                    kind,
                                                    workers,
                                                    capacity,
                                                    SlotRingContract::result);
                                    run.produce(60);
                                    run.collect();
                                    run.finish();
                                    assertThat(run.out).hasSize(60);
                                })
                        .seeds(2)
                        .check();
            }
        }
    }

    @Test
    void holdsExactlyItsCapacity() {
        explore(
                (scheduler, kind) -> {
                    RingRun run = ring(scheduler, kind, 2, 3, SlotRingContract::result);
                    run.produce(10);
                    await(scheduler, () -> run.put == 3);
                    scheduler.park(this, scheduler.nanoTime() + SOON_NS);
                    assertThat(run.put).isEqualTo(3);
                    assertThat(run.ring.size()).isEqualTo(3);
                    await(scheduler, () -> run.ring.drain(run::take, 1) == 1);
                    await(scheduler, () -> run.put == 4 || scheduler.elapsed().toMillis() > 30_000);
                    run.collect();
                    run.finish();
                    assertThat(run.ring.statistics().highWater()).isEqualTo(3);
                });
    }

    @Test
    void reportsTheFirstFailureAtOnceAndEndsThere() {
        explore(
                (scheduler, kind) -> {
                    RingRun run =
                            ring(
                                    scheduler,
                                    kind,
                                    1,
                                    8,
                                    item -> {
                                        if (item == 5) {
                                            throw new IllegalStateException("no " + item);
                                        }
                                        return result(item);
                                    });
                    run.produce(1_000);
                    run.collect();
                    run.finish();
                    assertThat(run.causes)
                            .singleElement()
                            .hasToString("java.lang.IllegalStateException: no 5");
                    assertThat(run.ring.failure()).isSameAs(run.causes.getFirst());
                    assertThat(run.failedFirst).containsExactly(5);
                    assertThat(run.ring.isEnded()).isTrue();
                    assertThat(run.put).isLessThanOrEqualTo(5 + 9 + 1);
                    assertThat(run.out).containsExactly(0, 1, 2, 3, 4);
                });
    }

    @Test
    void interruptsWorkThatCannotBeCollectedAfterAFailure() {
        explore(
                (scheduler, kind) -> {
                    RingRun run =
                            ring(
                                    scheduler,
                                    kind,
                                    RingRun.KEYS,
                                    RingRun.KEYS,
                                    item -> {
                                        if (item == 1) {
                                            throw new StackOverflowError("no");
                                        }
                                        // Only an interrupt ends it, or, before the failure, this:
                                        await(scheduler, () -> item < 1);
                                        return result(item);
                                    });
                    run.produce(1_000);
                    run.collect();
                    run.finish();
                    assertThat(run.ring.failure()).hasMessage("no");
                    assertThat(run.ring.statistics().failed()).isEqualTo(1);
                });
    }

    @Test
    void endsAtOnceWhenItIsCancelled() {
        explore(
                (scheduler, kind) -> {
                    RingRun run =
                            ring(
                                    scheduler,
                                    kind,
                                    2,
                                    4,
                                    _ -> {
                                        await(scheduler, () -> false);
                                        return Step.NOTHING;
                                    });
                    Strand producer = run.produce(1_000);
                    Strand collector = run.collect();
                    await(scheduler, () -> run.put == 4 && run.inside > 0);
                    run.ring.cancel();
                    scheduler.join(producer, RingRun.FOREVER);
                    scheduler.join(collector, RingRun.FOREVER);
                    run.finish();
                    assertThat(run.lost).hasSize(4);
                    assertThat(run.ring.put(1)).isFalse();
                    assertThat(run.ring.awaitUntil(RingRun.FOREVER)).isFalse();
                    assertThat(run.ring.drain(run::take, 9)).isZero();
                    assertThat(run.ring.failure()).isNull();
                });
    }

    @Test
    void accountsForWorkThatEndsAfterTheCancellation() {
        explore(
                (scheduler, kind) -> {
                    boolean[] go = {false};
                    RingRun run =
                            ring(
                                    scheduler,
                                    kind,
                                    2,
                                    4,
                                    item -> {
                                        while (!go[0]) { // whatever happens
                                            scheduler.clearInterrupt();
                                            scheduler.park(this, scheduler.nanoTime() + 100_000);
                                        }
                                        return result(item);
                                    });
                    run.produce(1_000);
                    await(scheduler, () -> run.inside > 0);
                    run.ring.cancel();
                    scheduler.park(this, scheduler.nanoTime() + PAUSE_NS);
                    assertThat(run.ring.statistics().left()).isBetween(1L, 4L);
                    go[0] = true;
                    run.finishCancelled();
                });
    }

    @Test
    void fillsTheRoomOfOneItemWhileTheOthersAreWorkedOn() {
        int all = RingRun.KEYS;
        explore(
                (scheduler, kind) -> {
                    int[] last = {0};
                    RingRun run =
                            ring(
                                    scheduler,
                                    kind,
                                    64,
                                    all,
                                    item -> {
                                        last[0] = Math.max(last[0], item);
                                        if (item == 0) { // until the producer has parked
                                            scheduler.park(this, scheduler.nanoTime() + PAUSE_NS);
                                        }
                                        await(scheduler, () -> item == 0 || last[0] == all);
                                        return result(item);
                                    });
                    run.produce(all + 1);
                    run.collectLate(PAUSE_NS / 4);
                    run.finish();
                    assertThat(run.out).hasSize(all + 1);
                });
    }

    @Test
    void collectsWhatIsInsideWhenTheProducerFails() {
        explore(
                (scheduler, kind) -> {
                    RingRun run = ring(scheduler, kind, 2, 4, SlotRingContract::result);
                    for (int i = 0; i < 4; i++) {
                        assertThat(run.ring.put(run.put++)).isTrue();
                    }
                    run.ring.fail(new IllegalStateException("source"));
                    assertThat(run.ring.put(4)).isFalse();
                    run.collect();
                    run.finish();
                    assertThat(run.out).containsExactlyInAnyOrder(0, 1, 2, 3);
                    assertThat(run.ring.failure()).hasMessage("source");
                    assertThat(run.causes).isEmpty();
                });
    }

    @Test
    void letsAnInterruptEndAWaitAndNothingElse() {
        explore(
                (scheduler, kind) -> {
                    RingRun run = ring(scheduler, kind, 1, 1, SlotRingContract::result);
                    List<Boolean> seen = new ArrayList<>();
                    Strand collector =
                            scheduler.start(
                                    "collector",
                                    kind,
                                    () -> {
                                        seen.add(run.ring.awaitUntil(RingRun.FOREVER));
                                        seen.add(scheduler.isInterrupted());
                                    });
                    scheduler.interrupt(collector);
                    scheduler.join(collector, RingRun.FOREVER);
                    Strand producer =
                            scheduler.start(
                                    "producer",
                                    kind,
                                    () -> {
                                        while (run.ring.put(run.put)) {
                                            run.put++;
                                        }
                                        seen.add(scheduler.isInterrupted());
                                    });
                    await(scheduler, () -> run.put == 1 && !run.strands.isEmpty());
                    scheduler.interrupt(producer);
                    scheduler.join(producer, RingRun.FOREVER);
                    scheduler.interrupt(run.strands.getFirst()); // the worker: means nothing
                    assertThat(seen).containsExactly(false, true, true);
                    run.ring.done();
                    run.collect();
                    run.finish();
                    assertThat(run.out).hasSize(run.put);
                });
    }

    @Test
    void readsTheClockOncePerClaimAndTwicePerWait() {
        explore(
                (scheduler, kind) -> {
                    long[] readings = {0};
                    long begunNs = scheduler.nanoTime();
                    Scheduler counting = new CountingScheduler(scheduler, () -> readings[0]++);
                    RingRun run = ring(counting, kind, 1, 64, SlotRingContract::result);
                    for (int i = 0; i < 64; i++) {
                        assertThat(run.ring.put(run.put++)).isTrue();
                    }
                    run.ring.done();
                    for (Strand worker : run.strands) {
                        scheduler.join(worker, RingRun.FOREVER);
                    }
                    SlotWorkerStatistics worker = run.ring.statistics().workers().getFirst();
                    assertThat(worker.items()).isEqualTo(64);
                    // One item, and one more every five milliseconds, is timed by itself.
                    long samples = 1 + (scheduler.nanoTime() - begunNs) / 5_000_000;
                    assertThat(readings[0])
                            .isLessThanOrEqualTo(
                                    1 + worker.claims() + worker.waits() + 2 * samples);
                    if (kind == StrandKind.PLATFORM) {
                        assertThat(worker.claims()).isLessThan(30);
                    }
                    while (run.ring.awaitUntil(RingRun.FOREVER)) {
                        run.ring.drain(run::take, 5);
                    }
                    run.finish();
                    assertThat(run.out).hasSize(64);
                });
    }

    @Test
    void givesUpWaitingAtTheDeadline() {
        explore(
                (scheduler, kind) -> {
                    RingRun run = ring(scheduler, kind, 1, 4, SlotRingContract::result);
                    long dueNs = scheduler.nanoTime() + SOON_NS;
                    assertThat(run.ring.awaitUntil(dueNs)).isFalse();
                    assertThat(scheduler.nanoTime() - dueNs).isNotNegative();
                    assertThat(run.ring.isEnded()).isFalse();
                    assertThat(run.ring.statistics().collectorWaits()).isEqualTo(1);
                    assertThat(run.ring.statistics().collectorWaitNs())
                            .isGreaterThanOrEqualTo(SOON_NS);
                    run.finish();
                });
    }

    @Test
    void startsNoMoreWorkersThanThereIsWorkFor() {
        SimulatedScheduler scheduler = SimulatedScheduler.ordinary();
        Ordinary.run(
                scheduler,
                _ -> {
                    StrandKind kind = StrandKind.VIRTUAL;
                    RingRun run = ring(scheduler, kind, 100_000, 8, SlotRingContract::result);
                    assertThat(run.strands).isEmpty();
                    for (int i = 0; i < 3; i++) {
                        run.put++;
                        assertThat(run.ring.put(0)).isTrue();
                        run.ring.flush();
                        assertThat(run.ring.awaitUntil(RingRun.FOREVER)).isTrue();
                        run.ring.drain(_ -> run.out.add(run.out.size()), 9);
                        scheduler.park(this, scheduler.nanoTime() + SOON_NS);
                    }
                    assertThat(run.strands).hasSize(1);
                    run.ring.done();
                    run.finish();
                });
    }

    @Test
    void failsWhenAStepCannotBeMade() {
        explore(
                (scheduler, kind) -> {
                    List<Object> lost = new ArrayList<>();
                    List<Throwable> told = new ArrayList<>();
                    SlotRing[] ring = new SlotRing[1];
                    ring[0] =
                            SlotRing.builder("ring", 4)
                                    .scheduler(scheduler)
                                    .workers(2, kind)
                                    .steps(
                                            _ -> {
                                                throw new IllegalStateException("no step");
                                            })
                                    .starter(i -> scheduler.start("w", kind, () -> ring[0].work(i)))
                                    .undelivered(lost::add)
                                    .onFailure((item, cause) -> told.add(cause))
                                    .build();
                    assertThat(ring[0].put("item")).isTrue();
                    ring[0].flush();
                    assertThat(ring[0].awaitUntil(RingRun.FOREVER)).isFalse();
                    await(scheduler, () -> scheduler.alive() == 1);
                    assertThat(ring[0].failure()).hasMessage("no step");
                    assertThat(told).hasSize(1);
                    assertThat(lost).containsExactly("item");
                });
    }

    @Test
    void failsWhenNoStrandCanBeStarted() {
        explore(
                (scheduler, kind) -> {
                    List<Object> lost = new ArrayList<>();
                    SlotRing ring =
                            SlotRing.builder("ring", 4)
                                    .scheduler(scheduler)
                                    .workers(2, kind)
                                    .steps(_ -> item -> item)
                                    .starter(
                                            _ -> {
                                                throw new OutOfMemoryError("no thread");
                                            })
                                    .undelivered(lost::add)
                                    .build();
                    ring.put("item");
                    ring.flush();
                    assertThat(ring.put("other")).isFalse();
                    assertThat(ring.awaitUntil(RingRun.FOREVER)).isFalse();
                    assertThat(ring.failure()).hasMessage("no thread");
                    assertThat(lost).containsExactly("item");
                });
    }

    @Test
    void countsAResultAsCollectedThoughTheSinkThrows() {
        explore(
                (scheduler, kind) -> {
                    RingRun run = ring(scheduler, kind, 1, 4, SlotRingContract::result);
                    run.produce(4);
                    await(scheduler, () -> run.put == 4);
                    assertThat(run.ring.awaitUntil(RingRun.FOREVER)).isTrue();
                    assertThatThrownBy(
                                    () ->
                                            run.ring.drain(
                                                    result -> {
                                                        run.take(result);
                                                        throw new IllegalStateException("sink");
                                                    },
                                                    9))
                            .hasMessage("sink");
                    run.ring.cancel();
                    run.finish();
                    assertThat(run.out).hasSize(1);
                });
    }

    @Test
    void allocatesNothingForAnItem() throws Exception {
        for (StrandKind kind : StrandKind.values()) {
            Scheduler real = Scheduler.real();
            int items = 20_000;
            long[] seen = new long[2];
            Allocation allocation = new Allocation();
            SlotRing[] ring = new SlotRing[1];
            CountDownLatch ended = new CountDownLatch(1);
            SlotRingBuilder builder =
                    SlotRing.builder("ring", 64)
                            .workers(1, kind)
                            .steps(_ -> item -> counted(seen, item))
                            .starter(
                                    i ->
                                            real.start(
                                                    "worker",
                                                    kind,
                                                    () -> {
                                                        ring[0].work(i);
                                                        ended.countDown();
                                                    }));
            switch (order) {
                case ORDERED -> builder.ordered();
                case UNORDERED -> builder.unordered();
                case BY_KEY -> builder.orderedBy(item -> item);
            }
            ring[0] = builder.build();
            long[] here = new long[1];
            for (int round = 0; round < 3; round++) {
                here[0] = allocation.bytes();
                for (int i = 0; i < items; ) {
                    for (int k = 0; k < 32; k++, i++) {
                        ring[0].put("item");
                    }
                    ring[0].flush();
                    for (int k = 0; k < 32; ) {
                        ring[0].awaitUntil(Scheduler.NO_DEADLINE);
                        k += ring[0].drain(SlotRingContract::drop, 256);
                    }
                }
                here[0] = allocation.bytes() - here[0];
            }
            ring[0].done();
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            // What is left is the machine's, for a wake-up of a virtual thread every 32 items.
            assertThat(here[0]).isLessThan(2L * items);
            assertThat(ring[0].statistics().workers().getFirst().items()).isEqualTo(seen[0]);
        }
    }

    private static void drop(Object result) {
        assert result.equals("item");
    }

    private static Object counted(long[] seen, Object item) {
        seen[0]++;
        return item;
    }
}
