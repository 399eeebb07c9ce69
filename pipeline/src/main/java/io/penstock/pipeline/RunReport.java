// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.StrandUsage;
import io.penstock.stage.CareStatistics;
import io.penstock.stage.EventLoop;
import io.penstock.stage.Group;
import io.penstock.stage.SlotRing;
import io.penstock.stage.SlotRingStatistics;
import io.penstock.stage.SlotWorkerStatistics;
import io.penstock.stage.StageMeter;
import io.penstock.stage.StageStatistics;
import io.penstock.stage.StrandStatistics;
import java.util.ArrayList;
import java.util.List;

/// Reads the numbers of a run from its parts. For any strand.
final class RunReport {
    private final Pipeline pipeline;
    private final Wiring wiring;

    RunReport(Pipeline pipeline, Wiring wiring) {
        this.pipeline = pipeline;
        this.wiring = wiring;
    }

    /// The account at this moment.
    RunStatistics statistics(long elapsedNs) {
        List<StageStatistics> stages = new ArrayList<>();
        for (Node node : pipeline.graph().nodes()) {
            SlotRing ring = wiring.ringOf(node);
            stages.add(ring == null ? stage(node) : parallelStage(node, ring));
        }
        List<EdgeStatistics> edges = new ArrayList<>();
        for (Connection connection : wiring.connections()) {
            edges.add(connection.statistics());
        }
        return new RunStatistics(pipeline.name(), elapsedNs, stages, edges);
    }

    private StageStatistics stage(Node node) {
        List<Group> groups = wiring.groupsOf(node);
        StrandStatistics strands = StrandStatistics.NONE;
        UsageSum used = new UsageSum();
        for (Group group : groups) {
            StrandStatistics one = group.statistics();
            strands = strands.plus(one);
            used.add(group.progress(), one, group.usage());
        }
        strands = strands.using(used.total(), used.sampledItems());
        EventLoop loop = wiring.loopOf(node);
        if (loop != null) {
            strands = withShareOf(loop, strands);
        }
        return wiring.parts().meter(node).statistics(node.how().describe(), groups, strands);
    }

    /// What the strand of a loop has used belongs to its groups as they were busy.
    private static StrandStatistics withShareOf(EventLoop loop, StrandStatistics strands) {
        long allNs = 0;
        for (Group group : loop.groups()) {
            allNs += group.statistics().busyNs();
        }
        StrandUsage used = loop.usage();
        double share = allNs == 0 ? 0 : (double) strands.busyNs() / allNs;
        return strands.using(
                new StrandUsage(
                        part(used.cpuNs(), share),
                        part(used.runQueueNs(), share),
                        part(used.allocatedBytes(), share)),
                0);
    }

    private static long part(long used, double share) {
        return used < 0 ? StrandStatistics.UNKNOWN : (long) (used * share);
    }

    /// The workers of a slot ring never wait for room: it is the one who puts that does. A result
    /// that was collected and that nobody takes has not been handed on.
    private StageStatistics parallelStage(Node node, SlotRing ring) {
        SlotRingStatistics now = ring.statistics();
        CareStatistics cared = wiring.parts().care(node).statistics();
        List<Group> collectors = wiring.groupsOf(node);
        long items = now.workers().stream().mapToLong(SlotWorkerStatistics::items).sum();
        long left = cared.skipped() + cared.deadLettered();
        StageMeter collected = wiring.parts().meter(node);
        long refused = collected.failedHere();
        long lost = collected.undelivered();
        boolean isSink = node.operator() instanceof Operator.Sink;
        return new StageStatistics(
                node.name(),
                node.name(),
                node.how().describe(),
                node.how().parallelism(),
                now.in(),
                isSink ? now.skipped() - left : now.out() - refused - lost,
                now.failed() + left + refused,
                cared.skipped(),
                cared.deadLettered(),
                cared.retried(),
                cared.timedOut(),
                now.undelivered() + lost,
                items,
                now.busyNs(),
                now.serviceP50Ns(),
                now.serviceP99Ns(),
                collectors.getFirst().occupancy(0.5),
                collectors.getFirst().occupancy(0.99),
                workers(now));
    }

    private static StrandStatistics workers(SlotRingStatistics now) {
        StrandStatistics strands = StrandStatistics.NONE;
        UsageSum used = new UsageSum();
        for (SlotWorkerStatistics worker : now.workers()) {
            StrandStatistics one = worker.strand();
            strands = strands.plus(one);
            used.add(worker.items(), one, worker.usage());
        }
        return strands.using(used.total(), used.sampledItems());
    }
}
