// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.StrandKind;
import java.lang.invoke.VarHandle;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/// The side of a [SlotRing] at which its workers work. See there for when whom they wake.
abstract class SlotWorkbench extends SlotEnds {
    private static final int MOST_SEARCHING = 2;
    private static final long WAKE_EVERY_NS = 500_000;

    private final IntFunction<? extends Step> steps;
    private final IntConsumer starter;
    final SlotIntake intake;

    /// When the collector was woken last.
    private volatile long wokenNs;

    /// Whether the collector sleeps until it is woken, without looking for itself.
    volatile boolean isCollectorSound;

    SlotWorkbench(SlotRingBuilder builder) {
        super(builder);
        steps = builder.stepMaker();
        starter = builder.strandStarter();
        intake =
                builder.key == null
                        ? new SharedIntake(this, capacity, mostWorkers())
                        : new LaneIntake(this, capacity, mostWorkers(), builder.key);
    }

    @Override
    SlotIntake intake() {
        return intake;
    }

    /// The body of the strand of worker `index`: returns when there is nothing more to do.
    public void work(int index) {
        SlotWorker worker = new SlotWorker(this, index, kind);
        worker.guard.begin(worker.strand);
        enlist(worker);
        try {
            intake.begun(worker);
            VarHandle.fullFence();
            worker.run(steps.apply(index));
            worker.readUsage();
        } catch (Throwable e) { // the maker of the steps threw, or the ring is broken
            breakDown(e);
        } finally {
            // No interrupt of the ring's comes from here on.
            if (worker.guard.end() || isStopped()) {
                scheduler.clearInterrupt();
            }
            worker.giveBack();
            VarHandle.fullFence();
            if (state() == CANCELLED) {
                sweep(); // it may have finished something too late for the others
            }
        }
    }

    /// Starts the strand of a worker.
    ///
    /// @return false when that failed, and the ring with it
    boolean startWorker(int index) {
        try {
            starter.accept(index);
            return true;
        } catch (RuntimeException | Error e) {
            breakDown(e);
            return false;
        }
    }

    @Override
    void publish(long position, int slot, boolean special) {
        scheduler.point(this);
        long turn = isOrdered ? position : counters.getAndAdd(FINISHED, 1L);
        slots.publish(turn, slot, special);
        if (kind == StrandKind.VIRTUAL) {
            VarHandle.fullFence();
            if (collector.isArmed() && slots.isFinished(counters.acquire(HEAD))) {
                collector.wake(scheduler);
            }
        }
    }

    /// After a worker has finished the first of several that it had claimed: the next one may take
    /// long.
    void tellSleepingCollector() {
        if (kind == StrandKind.VIRTUAL) {
            return;
        }
        scheduler.point(this);
        VarHandle.fullFence();
        if (isCollectorSound && slots.isFinished(counters.acquire(HEAD))) {
            collector.wake(scheduler);
        }
    }

    /// After a worker has finished what it had claimed: wakes the collector when that is worth it.
    void tellCollector(long now) {
        if (kind == StrandKind.VIRTUAL) {
            return;
        }
        scheduler.point(this);
        VarHandle.fullFence();
        if (!collector.isArmed()) {
            return;
        }
        long head = counters.acquire(HEAD);
        if (slots.isFinished(head)
                && (intake.isExhausted()
                        || slots.isFinished(head + Math.max(1, capacity / 4) - 1)
                        || now - wokenNs >= WAKE_EVERY_NS)) {
            wokenNs = now;
            collector.wake(scheduler);
        }
    }

    /// A worker finds nothing to claim.
    void starving() {
        scheduler.point(this);
        VarHandle.fullFence();
        if (slots.isFinished(counters.acquire(HEAD))) {
            collector.wake(scheduler);
        }
        wakeProducer();
    }

    /// Wakes a producer that waits although there is room. After a full fence.
    void wakeProducer() {
        if (producer.isArmed() && counters.acquire(PUT) - counters.acquire(HEAD) < capacity) {
            producer.wake(scheduler);
        }
    }

    /// Whether one more worker may look for work before it parks: a few save a wake-up, all of them
    /// would only keep the cores busy.
    boolean maySearch() {
        if (counters.opaque(SEARCHING) < MOST_SEARCHING) {
            if (counters.getAndAdd(SEARCHING, 1L) < MOST_SEARCHING) {
                return true;
            }
            searched();
        }
        return false;
    }

    void searched() {
        counters.getAndAdd(SEARCHING, -1L);
    }

    /// Something that is no item's failed.
    private void breakDown(Throwable cause) {
        if (remember(cause)) {
            report(null, cause); // before others can see that the ring has ended
        }
        cancel();
    }
}
