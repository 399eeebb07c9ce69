// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.channel.StrandUsage;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// One worker of a [SlotRing]. Confined to its strand but for what is said to be otherwise.
final class SlotWorker {
    /// No slot.
    static final int NONE = -1;

    // The counters, written here, read by anybody.
    static final int ITEMS = 0;
    static final int SKIPPED = 1;
    static final int CLAIMS = 2;
    static final int BUSY_NS = 3;
    static final int WAITS = 4;
    static final int WAIT_NS = 5;

    /// What a claim may take: beyond it, others had better come for the rest.
    private static final long CLAIM_NS = 50_000;

    /// The slots that are claimed.
    final int[] claimed = new int[SlotIntake.MOST_CLAIMED];

    final Strand strand;
    final StrandGuard guard;

    /// Where the worker of a lane rests.
    final SlotWaiter waiter = new SlotWaiter();

    final PaddedLongs counters = new PaddedLongs(1);

    /// The first slot of what was taken from a lane and is not claimed yet.
    int backlog = NONE;

    // Of the list of those who rest; guarded by its lock.
    boolean isResting;
    @Nullable SlotWorker restingAbove;
    @Nullable SlotWorker restingBelow;

    private final SlotWorkbench ring;
    private final SlotIntake intake;
    private final Slots slots;
    private final Scheduler scheduler;
    private final int index;
    private final boolean claimsOne;
    private final Sampler sampler = new Sampler();
    private final UsageMeter usage;

    /// Position of the first claimed slot; read by who interrupts.
    private volatile long first;

    private int count;
    private int worked;
    private long sinceNs;
    private long itemNs = Long.MAX_VALUE;

    SlotWorker(SlotWorkbench ring, int index, StrandKind kind) {
        this.ring = ring;
        this.index = index;
        intake = ring.intake();
        slots = ring.slots();
        scheduler = ring.scheduler();
        strand = scheduler.current();
        guard = new StrandGuard(scheduler);
        usage = new UsageMeter(scheduler);
        // Work that waits is not to be kept behind other work that waits.
        claimsOne = kind == StrandKind.VIRTUAL;
    }

    int index() {
        return index;
    }

    /// What its strand has used, as it was read last. For any strand.
    StrandUsage usage() {
        return usage.latest();
    }

    /// Reads what the strand has used.
    void readUsage() {
        usage.read();
    }

    /// Position of the oldest item in hand. For any strand.
    long first() {
        return first;
    }

    /// How many items to claim.
    ///
    /// @param share what would leave enough to the others
    int chunk(long share) {
        if (claimsOne || share <= 1) {
            return 1;
        }
        long most = Math.min(SlotIntake.MOST_CLAIMED, CLAIM_NS / Math.max(1, itemNs));
        return (int) Math.clamp(share, 1, Math.max(1, most));
    }

    /// Notes what was claimed, with a full fence.
    void hold(long firstPosition, int slotCount) {
        first = firstPosition;
        count = slotCount;
        worked = 0;
        VarHandle.fullFence();
    }

    /// Works until there is nothing more to do.
    void run(Step step) {
        Step timed = item -> time(step, item);
        sinceNs = scheduler.nanoTime();
        while (claim() || awaitWork()) {
            if (!intake.hasMore(this)) {
                ring.wakeProducer();
            }
            work(step, timed);
        }
    }

    /// Gives up what is in hand.
    void giveBack() {
        for (; worked < count; worked++) {
            ring.lost(slots.take(claimed[worked]));
        }
        while (backlog != NONE) {
            int slot = backlog;
            backlog = intake.after(slot);
            ring.lost(slots.take(slot));
        }
    }

    private boolean claim() {
        scheduler.point(ring);
        return !ring.isStopped() && intake.claim(this);
    }

    private void work(Step step, Step timed) {
        int begun = worked;
        int sample = sampler.isDue(sinceNs) ? begun + sampler.before() : NONE;
        while (worked < count) {
            if (scheduler.isInterrupted()) {
                scheduler.clearInterrupt(); // left over from the item before
            }
            if (ring.isGivenUp(first + worked)) {
                break;
            }
            int slot = claimed[worked];
            long position = first + worked;
            Object item = slots.get(slot);
            if (item != null && !work(worked == sample ? timed : step, item, slot, position)) {
                break;
            }
            if (++worked == begun + 1 && worked < count) {
                ring.tellSleepingCollector();
            }
        }
        long now = scheduler.nanoTime();
        account(worked - begun, now);
        ring.tellCollector(now);
        usage.passes(now);
    }

    /// Works on one of the few items that are timed by themselves.
    private Object time(Step step, Object item) throws Exception {
        long begunNs = scheduler.nanoTime();
        Object result = step.apply(item);
        long endNs = scheduler.nanoTime();
        ring.service.recordShared(endNs - begunNs);
        sampler.sampled(endNs);
        return result;
    }

    /// @return false when the item was given up while it was worked on
    private boolean work(Step step, Object item, int slot, long position) {
        Object result;
        try {
            result = step.apply(item);
            if (result == null) {
                throw new NullPointerException(
                        "a function must not return null: ring=" + ring.name());
            }
        } catch (Throwable e) { // an error too must not end the strand and leave the others waiting
            return ring.failed(this, position, slot, item, e);
        }
        boolean nothing = Step.isNothing(result);
        if (nothing) {
            counters.opaque(SKIPPED, counters.get(SKIPPED) + 1);
        }
        slots.set(slot, result);
        ring.publish(position, slot, nothing);
        return true;
    }

    /// One reading of the clock for each claim.
    private void account(int items, long now) {
        long busyNs = now - sinceNs;
        sinceNs = now;
        if (items > 0) {
            long each = busyNs / items;
            itemNs = itemNs == Long.MAX_VALUE ? each : (3 * itemNs + each) >> 2;
        }
        sampler.passed(items);
        counters.opaque(ITEMS, counters.get(ITEMS) + items);
        counters.opaque(CLAIMS, counters.get(CLAIMS) + 1);
        counters.opaque(BUSY_NS, counters.get(BUSY_NS) + busyNs);
    }

    private boolean awaitWork() {
        ring.starving();
        boolean found = ring.maySearch() ? search() : rest();
        long now = scheduler.nanoTime();
        counters.opaque(WAITS, counters.get(WAITS) + 1);
        counters.opaque(WAIT_NS, counters.get(WAIT_NS) + now - sinceNs);
        sinceNs = now;
        return found;
    }

    private boolean search() {
        try {
            int yields = scheduler.yieldsBeforePark();
            for (int i = 0; i < yields; i++) {
                scheduler.yieldNow();
                boolean over = ring.isOver();
                if (claim()) {
                    return true;
                }
                if (over) {
                    return false;
                }
            }
        } finally {
            ring.searched();
        }
        return rest();
    }

    private boolean rest() {
        while (true) {
            intake.rest(this);
            ring.wakeProducer();
            // The end first: what was put before it is then seen by the claim.
            boolean over = ring.isOver();
            if (claim()) {
                if (intake.resume(this)) {
                    intake.callOther(); // it was called for something that came later
                }
                return true;
            }
            if (!over) {
                // Workers are stopped through the ring; an interrupt of their own means nothing.
                scheduler.clearInterrupt();
                scheduler.park(ring, Scheduler.NO_DEADLINE);
            }
            intake.resume(this);
            if (claim()) {
                return true;
            }
            if (over) {
                return false;
            }
        }
    }
}
