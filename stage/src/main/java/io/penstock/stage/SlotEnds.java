// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import io.penstock.channel.StrandKind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What all strands of a [SlotRing] share: the slots, the counters, the ends and the account. See
/// there for how the ends work.
abstract class SlotEnds {
    private static final Logger LOGGER = System.getLogger(SlotRing.class.getName());

    // The states in order: a ring goes to a later one only.
    static final int OPEN = 0;
    static final int DONE = 1;
    static final int FAILED = 2;

    /// A step has failed and the collector has not come to it yet.
    static final int BROKEN = 3;

    static final int CANCELLED = 4;

    // The counters, by zone of who writes them. PUT is the number of items, and the position of the
    // next one; HEAD the position that is collected next.
    static final int PUT = 0;
    static final int HIGH_WATER = 1;
    static final int PRODUCER_WAITS = 2;
    static final int PRODUCER_WAIT_NS = 3;
    static final int CLAIMED = PaddedLongs.ZONE;
    static final int FINISHED = 2 * PaddedLongs.ZONE;
    static final int HEAD = 3 * PaddedLongs.ZONE;
    static final int OUT = HEAD + 1;
    static final int COLLECTOR_WAITS = HEAD + 2;
    static final int COLLECTOR_WAIT_NS = HEAD + 3;
    static final int BROKEN_ITEMS = 4 * PaddedLongs.ZONE;
    static final int UNDELIVERED = BROKEN_ITEMS + 1;
    static final int SEARCHING = 5 * PaddedLongs.ZONE;

    /// Lane workers that rest.
    static final int RESTING = SEARCHING + 1;

    static final int ZONES = 6;

    /// What stands in the slot of a failed item.
    private static final Object FAILED_ITEM = new Object();

    private static final VarHandle STATE;
    private static final VarHandle FAILURE;
    private static final VarHandle FAILED_AT;
    private static final VarHandle WORKERS =
            MethodHandles.arrayElementVarHandle(SlotWorker[].class).withInvokeExactBehavior();

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE =
                    lookup.findVarHandle(SlotEnds.class, "state", int.class)
                            .withInvokeExactBehavior();
            FAILURE =
                    lookup.findVarHandle(SlotEnds.class, "failure", Throwable.class)
                            .withInvokeExactBehavior();
            FAILED_AT =
                    lookup.findVarHandle(SlotEnds.class, "failedAt", long.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final String name;
    final int capacity;
    final Scheduler scheduler;
    final StrandKind kind;
    final boolean isOrdered;
    private final Consumer<Object> undelivered;
    private final BiConsumer<@Nullable Object, Throwable> onFailure;
    final PaddedLongs counters = new PaddedLongs(ZONES);
    final Slots slots;
    private final @Nullable SlotWorker[] workers;

    /// Times of items in their steps, by all workers.
    final Quantiles service = new Quantiles();

    final SlotWaiter producer = new SlotWaiter();
    final SlotWaiter collector = new SlotWaiter();

    @SuppressWarnings("UnusedVariable") // through STATE
    private int state = OPEN;

    private volatile @Nullable Throwable failure;

    /// Position of the first failed item, in an ordered ring.
    private volatile long failedAt = Long.MAX_VALUE;

    SlotEnds(SlotRingBuilder builder) {
        name = builder.name;
        capacity = builder.capacity;
        scheduler = builder.scheduler;
        kind = builder.kind;
        isOrdered = builder.isOrdered;
        undelivered = builder.undelivered;
        onFailure = builder.onFailure;
        slots = new Slots(capacity);
        // More workers than slots could not all have something to do; more lanes than that keep
        // keys apart.
        int most = builder.key == null ? Math.min(builder.workers, capacity) : builder.workers;
        workers = new SlotWorker[most];
    }

    /// Where the workers get their items.
    abstract SlotIntake intake();

    /// Hands a finished slot to the collector.
    abstract void publish(long position, int slot, boolean special);

    /// A step threw: the first time this ends the ring.
    ///
    /// @return false when the item had been given up: it is still in its slot
    boolean failed(SlotWorker worker, long position, int slot, Object item, Throwable cause) {
        scheduler.point(this);
        if (isGivenUp(position)) {
            return false;
        }
        counters.getAndAdd(BROKEN_ITEMS, 1L);
        if (remember(cause)) {
            report(item, cause); // first: who is refused because of it must find the reason
        }
        lowerFailedAt(isOrdered ? position : 0);
        moveTo(BROKEN);
        slots.set(slot, FAILED_ITEM);
        publish(position, slot, true);
        VarHandle.fullFence();
        collector.wake(scheduler);
        stopWork(worker);
        if (state() == CANCELLED) {
            sweep(); // by the listener: what was published since then
        }
        return true;
    }

    void report(@Nullable Object item, Throwable cause) {
        try {
            onFailure.accept(item, cause);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.ERROR, "the failure listener threw: ring=" + name, e);
        }
    }

    private void lowerFailedAt(long position) {
        long seen = failedAt;
        while (position < seen && !FAILED_AT.compareAndSet(this, seen, position)) {
            seen = failedAt;
        }
    }

    /// Whether an item at this position is not to be worked on any more.
    boolean isGivenUp(long position) {
        int now = state();
        return now == CANCELLED || (now == BROKEN && (!isOrdered || position > failedAt));
    }

    /// Whether nothing is to be claimed any more.
    boolean isStopped() {
        return state() >= BROKEN;
    }

    /// Whether nothing is put any more.
    boolean isOver() {
        return state() != OPEN;
    }

    /// Says that nothing more is wanted: nothing is put, worked on or collected from now on. Work
    /// in progress is interrupted. Wakes everybody. Items and results that are lost go to the
    /// `undelivered` of the builder, each once; one that is being worked on when its work has
    /// ended. May be called again.
    public void cancel() {
        scheduler.point(this);
        if (moveTo(CANCELLED)) {
            VarHandle.fullFence();
            stopWork(null);
            collector.wake(scheduler);
        }
        sweep();
    }

    /// Cancels because of `cause`, which is found in [#failure] if nothing has failed before.
    public void cancel(Throwable cause) {
        Objects.requireNonNull(cause, "cause");
        remember(cause);
        cancel();
    }

    /// Why the ring failed; null when it has not.
    public @Nullable Throwable failure() {
        return failure;
    }

    /// The name given when built.
    public String name() {
        return name;
    }

    /// The most items inside.
    public int capacity() {
        return capacity;
    }

    /// Items inside now: waiting, worked on, or finished and not collected. Exact for the producer
    /// and the collector when the other rests.
    public int size() {
        long head = counters.acquire(HEAD);
        return Math.clamp(counters.acquire(PUT) - head, 0, capacity);
    }

    /// How often the producer waited for room. For any strand.
    long producerWaits() {
        return counters.opaque(PRODUCER_WAITS);
    }

    /// How long the producer waited for room, in nanoseconds, a wait that goes on not included. For
    /// any strand.
    public long producerWaitNs() {
        return counters.opaque(PRODUCER_WAIT_NS);
    }

    /// The account at one moment; exact when all strands rest. Costs them nothing.
    public SlotRingStatistics statistics() {
        List<SlotWorkerStatistics> each = new ArrayList<>();
        long skipped = 0;
        for (int i = 0; i < workers.length; i++) {
            SlotWorker worker = worker(i);
            if (worker != null) {
                skipped += worker.counters.opaque(SlotWorker.SKIPPED);
                each.add(SlotWorkerStatistics.of(worker));
            }
        }
        return new SlotRingStatistics(
                name,
                capacity,
                counters.opaque(PUT),
                counters.opaque(OUT),
                counters.opaque(BROKEN_ITEMS),
                skipped,
                counters.opaque(UNDELIVERED),
                counters.opaque(HIGH_WATER),
                counters.opaque(PRODUCER_WAITS),
                counters.opaque(PRODUCER_WAIT_NS),
                counters.opaque(COLLECTOR_WAITS),
                counters.opaque(COLLECTOR_WAIT_NS),
                service.at(0.5),
                service.at(0.99),
                each);
    }

    Scheduler scheduler() {
        return scheduler;
    }

    PaddedLongs counters() {
        return counters;
    }

    Slots slots() {
        return slots;
    }

    /// How many workers there can be.
    int mostWorkers() {
        return workers.length;
    }

    /// The strand of a worker has begun.
    void enlist(SlotWorker worker) {
        WORKERS.setRelease(workers, worker.index(), worker);
    }

    /// A worker whose strand has begun.
    @Nullable SlotWorker worker(int index) {
        return (@Nullable SlotWorker) WORKERS.getAcquire(workers, index);
    }

    @SuppressWarnings("ReferenceEquality") // it has an identity only
    static boolean isFailedItem(@Nullable Object content) {
        return content == FAILED_ITEM;
    }

    /// Accounts for what was taken out of a slot and is lost; null when somebody else has taken it.
    void lost(@Nullable Object content) {
        if (content == null || isFailedItem(content) || Step.isNothing(content)) {
            return;
        }
        counters.getAndAdd(UNDELIVERED, 1L);
        try {
            undelivered.accept(content);
        } catch (RuntimeException | Error e) { // the others are to be told all the same
            LOGGER.log(Level.ERROR, "the listener of undelivered items threw: ring=" + name, e);
        }
    }

    /// Interrupts work that is given up, and lets everybody look at the state. After a full fence.
    private void stopWork(@Nullable SlotWorker self) {
        for (int i = 0; i < workers.length; i++) {
            SlotWorker worker = worker(i);
            if (worker != null && worker != self && isGivenUp(worker.first())) {
                worker.guard.interrupt(worker.guard.ticket());
            }
        }
        intake().wakeAll();
        producer.wake(scheduler);
    }

    /// Takes out what is lost: what nobody has claimed and what nobody will collect.
    void sweep() {
        intake().sweep(slot -> lost(slots.take(slot)));
        long end = counters.acquire(isOrdered ? CLAIMED : FINISHED);
        for (long p = counters.acquire(HEAD); p < end; p++) {
            scheduler.point(this);
            long entry = slots.entry(p);
            if (Slots.isStamped(entry, p)) {
                lost(slots.take(Slots.slotOf(entry)));
            }
        }
    }

    final int state() {
        return (int) STATE.getAcquire(this);
    }

    /// The producer says that nothing follows.
    final boolean close(int how) {
        return STATE.compareAndSet(this, OPEN, how);
    }

    /// Notes why the ring ends.
    ///
    /// @return whether this was the first cause
    final boolean remember(Throwable cause) {
        return FAILURE.compareAndSet(this, (Throwable) null, cause);
    }

    private boolean moveTo(int target) {
        while (true) {
            int now = state();
            if (now >= target) {
                return false;
            }
            if (STATE.compareAndSet(this, now, target)) {
                return true;
            }
        }
    }
}
