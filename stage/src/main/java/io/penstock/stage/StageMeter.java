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
    private final String name;
    private final @Nullable StageMeter before;
    private final List<Link> heads = new ArrayList<>();
    private final List<Link> counting = new ArrayList<>();
    private final LongAdder failed = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder undelivered = new LongAdder();
    private final Quantiles service = new Quantiles();
    private volatile long sampled;
    private volatile long sampledNs;

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
    void fedBy(Link link) {
        heads.add(link);
    }

    /// This link counts results. Before the run.
    void countedBy(Link link) {
        counting.add(link);
    }

    void failed() {
        failed.increment();
    }

    void skipped() {
        skipped.increment();
    }

    void undelivered(long items) {
        undelivered.add(items);
    }

    /// The time of one item was taken. By one strand at a time.
    void sample(long ns) {
        service.record(ns);
        long moreNs = sampledNs + ns;
        sampledNs = moreNs;
        long more = sampled + 1;
        sampled = more;
    }

    /// Items that came in.
    public long in() {
        return before == null ? sum(heads) : before.out();
    }

    /// Results that were handed on.
    public long out() {
        if (counting.isEmpty()) {
            return Math.max(0, in() - failed.sum() - undelivered.sum());
        }
        return sum(counting);
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
    /// @param group the group that runs it
    /// @param how in words
    /// @param workers strands of the group
    /// @param strands what they did
    public StageStatistics statistics(
            Group group, String how, int workers, StrandStatistics strands) {
        return new StageStatistics(
                name,
                group.name(),
                how,
                workers,
                in(),
                out(),
                failed.sum(),
                skipped.sum(),
                0,
                0,
                0,
                undelivered.sum(),
                sampled,
                sampledNs,
                service.at(0.5),
                service.at(0.99),
                group.occupancy(0.5),
                group.occupancy(0.99),
                strands);
    }
}
