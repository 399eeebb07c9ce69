// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The numbers of one stage. The strands of the stage write, any strand reads: exact when they
/// rest, at most a batch behind while they work.
///
/// Nothing is counted twice: what comes in is what the stage before handed on, or what the heads of
/// its group have counted, and an operator with one result for each item hands on what came in and
/// did not fail.
public final class StageMeter {
    private static final CareStatistics NO_CARE = new CareStatistics(0, 0, 0, 0, 0);

    private final String name;
    private final @Nullable StageMeter before;
    private final List<Link> heads = new ArrayList<>();
    private final List<Link> counting = new ArrayList<>();
    private final LongAdder failed = new LongAdder();
    private final LongAdder undelivered = new LongAdder();
    private final Quantiles service = new Quantiles();
    private @Nullable StageCare care;
    private final LongAdder sampled = new LongAdder();
    private final LongAdder sampledNs = new LongAdder();

    /// @param before the stage that hands its results to this one by a call; null where links count
    ///   what comes in
    public StageMeter(String name, @Nullable StageMeter before) {
        this.name = name;
        this.before = before;
    }

    /// Name of the stage.
    public String name() {
        return name;
    }

    /// This link counts what comes in. Before the run.
    public void fedBy(Link link) {
        heads.add(link);
    }

    /// This link counts results. Before the run.
    public void countedBy(Link link) {
        counting.add(link);
    }

    void oneFailed() {
        failed.increment();
    }

    void undelivered(long items) {
        undelivered.add(items);
    }

    /// The time of one item was taken. For all strands of the stage.
    void sample(long ns) {
        service.recordShared(ns);
        sampledNs.add(ns);
        sampled.increment();
    }

    /// Items that came in.
    public long in() {
        return before == null ? sum(heads) : before.out();
    }

    /// Results that were handed on.
    public long out() {
        if (counting.isEmpty()) {
            return Math.max(0, in() - failed() - undelivered.sum());
        }
        return sum(counting);
    }

    /// Items that failed by themselves, or by what comes behind them on the same strand: without
    /// those that a policy has dealt with.
    public long failedHere() {
        return failed.sum();
    }

    /// Items in hand, on a strand of this stage or of its results, when the run was ended.
    public long undelivered() {
        return undelivered.sum();
    }

    private long failed() {
        StageCare with = care;
        if (with == null) {
            return failed.sum();
        }
        CareStatistics cared = with.statistics();
        return failed.sum() + cared.skipped() + cared.deadLettered();
    }

    /// The stage has care around its function, which counts as well. Before the run.
    public void caredForBy(StageCare stageCare) {
        care = stageCare;
    }

    private static long sum(List<Link> links) {
        long sum = 0;
        for (Link link : links) {
            sum += link.published();
        }
        return sum;
    }

    /// The account of the stage at this moment.
    ///
    /// @param how in words
    /// @param groups those that run it: several where several strands share the stage
    /// @param strands what they did
    public StageStatistics statistics(String how, List<Group> groups, StrandStatistics strands) {
        StageCare with = care;
        CareStatistics cared = with == null ? NO_CARE : with.statistics();
        long waiting = -1;
        long waitingMost = -1;
        for (Group group : groups) {
            waiting = Math.max(waiting, group.occupancy(0.5));
            waitingMost = Math.max(waitingMost, group.occupancy(0.99));
        }
        return new StageStatistics(
                name,
                groups.getFirst().name(),
                how,
                groups.size(),
                in(),
                out(),
                failed(),
                cared.skipped(),
                cared.deadLettered(),
                cared.retried(),
                cared.timedOut(),
                undelivered.sum(),
                sampled.sum(),
                sampledNs.sum(),
                service.at(0.5),
                service.at(0.99),
                waiting,
                waitingMost,
                strands);
    }
}
