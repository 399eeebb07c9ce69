// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandUsage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Stages that share a strand: takes a batch of items from its inlet, pushes each through its
/// chain, and flushes its outlets once. Confined to its strand, but for [#statistics] and what a
/// strand that watches it reads.
public final class Group implements Watched {
    /// Most items of a batch, but for sources that are at hand.
    public static final int BATCH = 256;

    /// What a batch is to last, in nanoseconds: as far behind are its account and its results, or
    /// by an item that takes longer. One whose items are slower than those before lasts longer, and
    /// the next is cut. Much longer than a wake-up, which each batch may cost.
    private static final long MOST_NS = 5_000_000;

    // How a batch from a source at hand grows and shrinks beyond the others.
    private static final int MOST_AT_HAND = 16_384;
    private static final long SHORT_NS = 10_000;
    private static final long LONG_NS = 50_000;

    /// Most items that pass before they are counted and the run is looked at.
    private static final int STRETCH = 256;

    /// After how many of them the clock is read.
    private static final int LOOK = 1_024;

    private static final long NEVER = Scheduler.NO_DEADLINE;
    private static final VarHandle AT_WORK;

    static {
        try {
            AT_WORK =
                    MethodHandles.lookup()
                            .findVarHandle(Group.class, "isAtWork", boolean.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String name;
    private final Scheduler scheduler;
    private final Ending ending;
    private final Inlet inlet;
    private final Chain chain;
    private final boolean isTimed;
    private final StrandMeter meter = new StrandMeter();
    private final UsageMeter usage;
    private final Sampler sampler = new Sampler();

    /// End of the batch before when nothing came in between; else [#NEVER]. A clock that shows just
    /// that is read once more.
    private long lastNs = NEVER;

    /// Time of the turn that runs in which other groups had the strand.
    private long elsewhereNs;

    /// How many items the next batch takes: what they cost is not known at first.
    private int batch = 1;

    /// Until when the time of this turn has been counted.
    private long countedNs;

    /// Items handed on since then by a source that keeps the strand.
    private int handedOn;

    /// Its own strand; null on an event loop.
    private volatile @Nullable Strand strand;

    private boolean isOver;

    /// Written at each batch, and who watches may see it late.
    @SuppressWarnings("UnusedVariable") // through AT_WORK
    private boolean isAtWork;

    /// Whether items are so quick that they are counted in stretches.
    private volatile boolean isQuick;

    /// Whether each is to be counted by itself all the same.
    private volatile boolean isFollowed;

    /// @param name name of its first stage
    public Group(String name, Scheduler scheduler, Ending ending, Inlet inlet, Chain chain) {
        this.name = name;
        this.scheduler = scheduler;
        this.ending = ending;
        this.inlet = inlet;
        this.chain = chain;
        usage = new UsageMeter(scheduler);
        isTimed = chain.links().stream().anyMatch(Link::isTimed);
    }

    /// Name of its first stage.
    public String name() {
        return name;
    }

    // ------------------------------------------------------- life, for its strand

    /// Runs on a strand of its own until its inlet has ended or the run stops. Never throws.
    public void run() {
        strand = scheduler.current();
        try {
            begin();
            while (!isOver) {
                int items = turn();
                // When it has not found much, the next one would mostly find nothing.
                if (!isOver && (items == 0 || (items < batch && !inlet.isReady()))) {
                    awaitInput();
                }
            }
        } catch (ChainStopped e) {
            // The failure has been told.
        } catch (Throwable e) { // an error of the loop itself, or of the machine
            ending.fail(name, null, e);
        } finally {
            leave();
        }
    }

    /// Its strand begins with it.
    void begin() {
        inlet.begin(this);
    }

    /// One round of work. When the inlet has ended, finishes.
    ///
    /// @return items taken in
    /// @throws ChainStopped when the run is over
    int turn() {
        scheduler.point(this);
        if (ending.isStopping()) {
            throw new ChainStopped();
        }
        atWork(true);
        long start = lastNs == NEVER ? scheduler.nanoTime() : lastNs;
        countedNs = start;
        int waiting = sampler.isLookDue(start) ? inlet.size() : -1;
        int items = drain(start);
        if (items == 0) {
            lastNs = NEVER;
            if (isTimed) {
                fireDeadlines(start);
            }
            if (inlet.isEnded()) {
                finish();
            } else {
                flush();
            }
            return 0;
        }
        if (waiting >= 0) {
            meter.found(waiting);
            sampler.looked(start);
        }
        flush();
        sampler.passed(items);
        lastNs = scheduler.nanoTime();
        adapt(items, lastNs - start);
        batchEnds(lastNs - countedNs);
        readUsage(lastNs);
        if (isTimed) {
            fireDeadlines(lastNs);
        }
        return items;
    }

    private int drain(long start) {
        int most = batch;
        if (!sampler.isDue(start)) {
            return drain(most, start);
        }
        int before = Math.min(sampler.before(), most - 1);
        int items = before == 0 ? 0 : drain(before, start);
        if (items == before && inlet.drainOne(chain.timedHead()) > 0) {
            sampler.sampled(start);
            items++;
        }
        boolean more = items > before && items < most;
        return more ? items + drain(most - items, start) : items;
    }

    private int drain(int most, long start) {
        return isQuick && !isFollowed ? drainQuickly(most, start) : inlet.drain(chain.head(), most);
    }

    /// Ends early where the items are not quick after all. The flag [#isQuick] was set before this
    /// one, and who follows sets this one before it looks at the other: one of the two sees.
    private int drainQuickly(int most, long start) {
        int items = 0;
        while (items < most && !isFollowed) {
            int stretch = Math.min(most - items, STRETCH);
            int drained = inlet.drainQuickly(chain.head(), stretch);
            items += drained;
            boolean looks = items % LOOK == 0;
            if (drained < stretch || (looks && scheduler.nanoTime() - start > LONG_NS)) {
                break;
            }
        }
        return items;
    }

    /// A batch that takes too long is cut to what fits, and grows again while it is short. Where
    /// nobody waits for the room that it frees, it grows as long as it takes next to no time: what
    /// a batch costs beside its items then weighs nothing.
    private void adapt(int items, long lastedNs) {
        boolean isWhole = items == batch;
        if (lastedNs > MOST_NS) {
            batch = Math.clamp(items * MOST_NS / lastedNs, 1, BATCH);
            quick(false);
        } else if (batch < BATCH) {
            batch = isWhole && lastedNs < MOST_NS / 2 ? Math.min(2 * batch, BATCH) : batch;
        } else if (lastedNs > LONG_NS) {
            batch = BATCH;
            quick(false);
        } else if (isWhole && lastedNs < SHORT_NS && inlet.isAtHand()) {
            batch = Math.min(2 * batch, MOST_AT_HAND);
            quick(true);
        }
    }

    private void atWork(boolean now) {
        AT_WORK.setRelease(this, now);
    }

    private void quick(boolean now) {
        if (isQuick != now) {
            isQuick = now;
        }
    }

    private void batchEnds(long busyNs) {
        publish();
        meter.batch(Math.max(0, busyNs - elsewhereNs));
        elsewhereNs = 0;
    }

    /// An event loop reads what its strand has used for all its groups.
    private void readUsage(long nowNs) {
        if (strand != null) {
            usage.passes(nowNs);
        }
    }

    private void publish() {
        for (Link link : chain.counting()) {
            link.publish();
        }
    }

    /// Hands one item on and shows it at once: for a source that keeps the strand for all of its
    /// items. As many of them as a batch may take count as a round of work.
    ///
    /// @throws ChainStopped when the run is over
    void handOn(Object item) {
        if (++handedOn >= batch) {
            long now = scheduler.nanoTime();
            meter.batch(now - countedNs);
            adapt(handedOn, now - countedNs);
            handedOn = 0;
            countedNs = now;
            readUsage(now);
            chain.timedHead().accept(item);
        } else {
            chain.head().accept(item);
        }
        show();
    }

    /// Makes all that was handed on visible, counts included: for sources that may block before
    /// they give more.
    void show() {
        flush();
        publish();
    }

    /// Makes visible what this batch has put.
    void flush() {
        for (Outlet outlet : chain.outlets()) {
            outlet.flush();
        }
    }

    private void fireDeadlines(long now) {
        boolean fired = false;
        for (Link link : chain.links()) {
            if (Scheduler.isDue(link.deadlineNs(), now)) {
                link.due();
                fired = true;
            }
        }
        if (fired) {
            flush();
            batchEnds(0);
        }
    }

    private void awaitInput() {
        long deadline = deadlineNs();
        long since = lastNs == NEVER ? scheduler.nanoTime() : lastNs;
        atWork(false);
        boolean ready = inlet.awaitUntil(deadline);
        lastNs = scheduler.nanoTime();
        meter.waited(lastNs - since);
        if (!ready && scheduler.isInterrupted() && !ending.isStopping()) {
            ending.fail(name, null, new InterruptedException("interrupted: stage=" + name));
        }
    }

    /// When the group wants a turn although nothing came, or [Scheduler#NO_DEADLINE].
    long deadlineNs() {
        long least = NEVER;
        if (isTimed) {
            for (Link link : chain.links()) {
                least = Scheduler.earlier(least, link.deadlineNs());
            }
        }
        return least;
    }

    private void finish() {
        Throwable failure = inlet.failure();
        if (failure != null) {
            ending.fail(name, null, failure);
            throw new ChainStopped();
        }
        for (Link link : chain.links()) {
            link.finish();
        }
        isOver = true;
        flush();
        batchEnds(0);
        for (Outlet outlet : chain.outlets()) {
            outlet.done();
        }
    }

    /// The next turn does not follow the last one: others had the strand in between.
    void interrupted() {
        lastNs = NEVER;
    }

    /// The strand rested, for all its groups.
    void rested(long ns) {
        meter.waited(ns);
    }

    /// Other groups had the strand while this one waited for room.
    ///
    /// @param ns how long in all
    /// @param restNs how long none of them had anything to do
    void blocked(long ns, long restNs) {
        elsewhereNs += ns - restNs;
        meter.blocked(restNs);
    }

    /// Gives up what the chain keeps, and shows the last counts. Once, whatever happened.
    void leave() {
        isOver = true;
        atWork(false);
        try {
            for (Link link : chain.links()) {
                link.abandon();
            }
        } catch (RuntimeException | Error e) { // a listener of undelivered items
            ending.fail(name, null, e);
        }
        publish();
        if (strand != null) {
            usage.read();
        }
    }

    /// Whether it has finished or given up.
    boolean isOver() {
        return isOver;
    }

    /// Whether a turn would do something.
    boolean isReady() {
        return inlet.isReady();
    }

    // --------------------------------------------------------------- for anybody

    @Override
    public @Nullable Strand strand() {
        return strand;
    }

    @Override
    public boolean isAtWork() {
        return (boolean) AT_WORK.getAcquire(this) && !inlet.isAsking();
    }

    @Override
    public long progress() {
        return chain.head().seen() + chain.timedHead().seen();
    }

    @Override
    public boolean follow() {
        boolean wasFollowed = isFollowed;
        isFollowed = true; // before the look below: see drainQuickly
        return wasFollowed || !isQuick;
    }

    /// What its strand has done.
    public StrandStatistics statistics() {
        long blockedNs = 0;
        for (Outlet outlet : chain.outlets()) {
            blockedNs += outlet.blockedNs();
        }
        return meter.statistics(blockedNs, usage.latest());
    }

    /// What its strand has used, as it has read itself; unknown on an event loop, which reads for
    /// all its groups.
    public StrandUsage usage() {
        return usage.latest();
    }

    /// A quantile of the items that were found waiting before a batch; -1 where nothing can wait.
    public long occupancy(double share) {
        return meter.occupancy().at(share);
    }
}
