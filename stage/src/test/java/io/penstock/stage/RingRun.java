// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// One run of a slot ring: a producer that puts the numbers from 0, workers, a collector, and a log
/// of what became of each number. Its checks are the naive model: what any such run must keep,
/// whatever happened.
final class RingRun {
    /// The orders of a ring.
    enum Order {
        ORDERED,
        UNORDERED,
        BY_KEY
    }

    /// What a step does with an item.
    interface Work {
        Object apply(int item) throws Exception;
    }

    static final int KEYS = 5;
    static final long FOREVER = Scheduler.NO_DEADLINE;

    final Scheduler scheduler;
    final Order order;
    final StrandKind kind;
    final int workers;
    final int capacity;
    final SlotRing ring;
    final List<Integer> out = new ArrayList<>();
    final List<Integer> lost = new ArrayList<>();
    final List<Integer> failed = new ArrayList<>();
    final List<Integer> skipped = new ArrayList<>();
    final List<Object> failedFirst = new ArrayList<>();
    final List<Throwable> causes = new ArrayList<>();
    final List<Strand> strands = new ArrayList<>();
    int put;
    int inside;
    int mostInside;

    /// Results are the item plus this, so that the log tells them from items.
    static final int RESULT = 1_000_000;

    RingRun(Scheduler scheduler, Order order, StrandKind kind, int[] size, Work work) {
        this.scheduler = scheduler;
        this.order = order;
        this.kind = kind;
        workers = size[0];
        capacity = size[1];
        SlotRingBuilder builder =
                SlotRing.builder("ring", capacity)
                        .scheduler(scheduler)
                        .workers(workers, kind)
                        .steps(_ -> item -> step(work, (Integer) item))
                        .starter(this::startWorker)
                        .undelivered(this::lose)
                        .onFailure(this::fail);
        switch (order) {
            case ORDERED -> builder.ordered();
            case UNORDERED -> builder.unordered();
            case BY_KEY -> builder.orderedBy(item -> (Integer) item % KEYS);
        }
        ring = builder.build();
    }

    private void fail(Object item, Throwable cause) {
        failedFirst.add(item);
        causes.add(cause);
    }

    private void startWorker(int index) {
        strands.add(scheduler.start("worker-" + index, kind, () -> ring.work(index)));
    }

    private Object step(Work work, int item) throws Exception {
        inside++;
        mostInside = Math.max(mostInside, inside);
        assertThat(inside).isLessThanOrEqualTo(workers);
        assertThat(ring.size()).isLessThanOrEqualTo(capacity);
        try {
            Object result = work.apply(item);
            if (Step.isNothing(result)) {
                skipped.add(item);
            }
            return result;
        } finally {
            inside--;
        }
    }

    private void lose(Object content) {
        int number = (Integer) content;
        lost.add(number >= RESULT ? number - RESULT : number);
    }

    /// Starts a producer of `n` numbers.
    Strand produce(int n) {
        Strand strand =
                scheduler.start(
                        "producer",
                        kind,
                        () -> {
                            while (put < n && ring.put(put)) {
                                put++;
                            }
                            ring.done();
                        });
        strands.add(strand);
        return strand;
    }

    /// Starts a collector of everything.
    Strand collect() {
        return collect(Integer.MAX_VALUE, 256);
    }

    /// Starts a collector that dies after `most` results.
    Strand collect(int most, int batch) {
        Strand strand =
                scheduler.start(
                        "collector",
                        kind,
                        () -> {
                            while (out.size() < most && ring.awaitUntil(FOREVER)) {
                                ring.drain(this::take, Math.min(batch, most - out.size()));
                            }
                        });
        strands.add(strand);
        return strand;
    }

    /// Starts a collector that takes its time before it collects.
    void collectLate(long lateNs) {
        strands.add(
                scheduler.start(
                        "late",
                        kind,
                        () -> {
                            while (ring.awaitUntil(FOREVER)) {
                                long untilNs = scheduler.nanoTime() + lateNs;
                                while (untilNs - scheduler.nanoTime() > 0) {
                                    scheduler.park(this, untilNs);
                                }
                                ring.drain(this::take, 256);
                            }
                        }));
    }

    void take(Object result) {
        out.add((Integer) result - RESULT);
    }

    /// Waits for all strands, cancels as an owner does, and checks the account.
    void finish() {
        join();
        ring.cancel();
        join();
        check();
    }

    /// The same, where the test has cancelled already: once is enough.
    void finishCancelled() {
        join();
        check();
    }

    private void join() {
        for (int i = 0; i < strands.size(); i++) {
            assertThat(scheduler.join(strands.get(i), FOREVER)).isTrue();
        }
    }

    private void check() {
        for (Strand strand : strands) {
            assertThat(strand.isAlive()).isFalse();
        }
        checkAccount();
        checkOrder();
    }

    private void checkAccount() {
        SlotRingStatistics account = ring.statistics();
        assertThat(account.left()).as("%s", account).isZero();
        assertThat(account.in()).isEqualTo(put);
        assertThat(account.out()).isEqualTo(out.size());
        assertThat(account.undelivered()).isEqualTo(lost.size());
        assertThat(account.highWater()).isLessThanOrEqualTo(capacity);
        List<Integer> seen = new ArrayList<>(out);
        seen.addAll(lost);
        seen.addAll(skipped);
        Set<Integer> once = new HashSet<>(seen);
        assertThat(once).as("%s", account).hasSize(seen.size());
        assertThat(account.in() - once.size()).isEqualTo(account.failed());
        assertThat(causes).hasSizeLessThanOrEqualTo(1);
        for (int number : once) {
            assertThat(number).isBetween(0, put - 1);
        }
    }

    /// Within what must be in order, results come in order and none is left out before the last.
    private void checkOrder() {
        if (order == Order.UNORDERED) {
            return;
        }
        int groups = order == Order.ORDERED ? 1 : KEYS;
        Map<Integer, Integer> next = new TreeMap<>();
        for (int number : out) {
            int expected = next.getOrDefault(number % groups, number % groups);
            while (expected < number && skipped.contains(expected)) {
                expected += groups;
            }
            assertThat(number).as("%s", out).isEqualTo(expected);
            next.put(number % groups, number + groups);
        }
    }
}
