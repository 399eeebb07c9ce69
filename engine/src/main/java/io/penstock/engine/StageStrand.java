// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.stage.Chain;
import io.penstock.stage.Ending;
import io.penstock.stage.Group;
import io.penstock.stage.Head;
import io.penstock.stage.Link;
import io.penstock.stage.Links;
import io.penstock.stage.Probe;
import io.penstock.stage.SharedLinks;
import io.penstock.stage.StageGuard;
import io.penstock.stage.StageMeter;
import io.penstock.stage.StageStatistics;
import java.util.List;

/// A stage of a session on a strand: a group of the kit whose inlet is the stage and whose chain is
/// one sink, with the meters of the kit. [#statistics] is for any strand.
final class StageStrand {
    private final SessionStage stage;
    private final StageMeter meter;
    private final Group group;
    private volatile boolean hasEnded;

    StageStrand(SessionStage stage, Scheduler scheduler, Ending ending) {
        this.stage = stage;
        meter = new StageMeter(stage.name(), null);
        StageGuard guard = new StageGuard(meter, ending, scheduler, (_, _) -> {});
        Links links = new SharedLinks();
        Link sink = links.sink(_ -> stage.handle(), guard);
        Head head = links.head(ending, guard, sink);
        Head timed = links.head(ending, guard, new Probe(scheduler).around(sink, meter));
        meter.fedBy(head);
        meter.fedBy(timed);
        Chain chain = new Chain(head, timed, List.of(head, sink), List.of(head, timed), List.of());
        group = new Group(stage.name(), scheduler, ending, stage, chain);
    }

    /// Runs on the strand that calls, until the stage has ended.
    void run() {
        try {
            group.run();
        } finally {
            stage.leave();
            hasEnded = true;
        }
    }

    String name() {
        return stage.name();
    }

    /// Whether its strand has ended.
    boolean hasEnded() {
        return hasEnded;
    }

    /// What its strand does now, innermost frame first; empty when that cannot be told.
    StackTraceElement[] stackTrace() {
        Strand strand = group.strand();
        return strand == null ? new StackTraceElement[0] : strand.stackTrace();
    }

    /// The account of the stage at this moment.
    StageStatistics statistics() {
        long blockedNs = 0;
        for (EdgeStatistics output : stage.outputs()) {
            blockedNs += output.senderWaitNs();
        }
        return meter.statistics("strand", List.of(group), group.statistics().blockedFor(blockedNs));
    }
}
