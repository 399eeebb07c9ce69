// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.channel.EdgeStatistics;
import io.penstock.explain.StageProfile.Cost;
import io.penstock.explain.StageProfile.Flow;
import io.penstock.explain.StageProfile.Queue;
import io.penstock.explain.StageProfile.Shares;
import io.penstock.pipeline.Plan;
import io.penstock.pipeline.RunStatistics;
import io.penstock.stage.StageStatistics;
import io.penstock.stage.StrandStatistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/// Turns the account of a run into profiles.
///
/// What the strands of a group used up is divided among its stages by the time that was sampled in
/// their functions: the cost of moving items goes to those who are moved the longest.
final class ProfileReader {
    /// How many times more than its other stages a source must take to be seen without the clock of
    /// the run queue.
    private static final double SURELY_LEFT = 3;

    /// Part of a stage's time for which it is open whether it computes, above which its processor
    /// time is a guess.
    private static final double GUESSED = 0.4;

    private final Plan plan;
    private final RunStatistics statistics;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, Double> sampledNs = new HashMap<>();
    private final Map<String, Integer> members = new HashMap<>();
    private final double sourceItems;

    private ProfileReader(Plan plan, RunStatistics statistics) {
        this.plan = plan;
        this.statistics = statistics;
        double items = 0;
        for (Plan.Stage stage : plan.stages()) {
            StageStatistics measured = statistics.stage(stage.name());
            positions.put(stage.name(), positions.size());
            sampledNs.merge(stage.group(), weight(stage, measured), Double::sum);
            members.merge(stage.group(), 1, Integer::sum);
            if (isSource(stage)) {
                items += measured.out();
            }
        }
        sourceItems = items;
    }

    /// The profiles of the stages, in the order of the plan.
    ///
    /// @throws java.util.NoSuchElementException when the statistics are those of another pipeline
    static List<StageProfile> read(Plan plan, RunStatistics statistics) {
        ProfileReader reader = new ProfileReader(plan, statistics);
        return plan.stages().stream().map(reader::profile).toList();
    }

    private static boolean isSource(Plan.Stage stage) {
        return StageKind.of(stage.operator()) == StageKind.SOURCE;
    }

    private static long items(Plan.Stage stage, StageStatistics measured) {
        return isSource(stage) ? measured.out() : measured.in();
    }

    private static double weight(Plan.Stage stage, StageStatistics measured) {
        return Math.max(0, measured.serviceNs()) * items(stage, measured);
    }

    /// A source of few items may not have been sampled: then its time is what the other stages of
    /// its group leave. Where the run queue is not known, what they leave may as well be time
    /// without a core that the few samples missed; then it must be much more than they took.
    private double weightOf(Plan.Stage stage, StageStatistics measured) {
        double sampled = weight(stage, measured);
        if (!isSource(stage) || sampled > 0) {
            return sampled;
        }
        double others = sampledNs.getOrDefault(stage.group(), 0.0);
        double left = Math.max(0, workNs(measured) - others);
        boolean isKnown = measured.strands().runQueueNs() >= 0;
        return isKnown || left >= SURELY_LEFT * others ? left : 0;
    }

    private StageProfile profile(Plan.Stage stage) {
        StageStatistics measured = statistics.stage(stage.name());
        StrandStatistics strands = measured.strands();
        double wholeNs = wholeNs(measured);
        double activeNs = activeNs(measured);
        double blockedNs = Math.min((double) strands.blockedOutputNs(), wholeNs - activeNs);
        double part = part(stage, measured);
        double workNs = workNs(measured);
        long in = items(stage, measured);
        double each = Math.max(1, in);
        Cost cost =
                new Cost(
                        measured.serviceNs(),
                        measured.serviceP50Ns(),
                        measured.serviceP99Ns(),
                        workNs * part / each,
                        perItem(strands.cpuNs(), part / each),
                        isGuessed(part, workNs, (double) strands.cpuNs()),
                        perItem(strands.runQueueNs(), part / each),
                        perItem(strands.allocatedBytes(), part / each),
                        strands.sampledItems());
        Shares shares =
                new Shares(
                        activeNs * part / wholeNs,
                        activeNs / wholeNs,
                        Math.min(
                                1,
                                (double) strands.busiestNs() / Math.max(1, statistics.elapsedNs())),
                        1 - (activeNs + blockedNs) / wholeNs,
                        absent(measured),
                        blockedNs / wholeNs,
                        perItem(strands.runQueueNs(), 1 / wholeNs));
        return new StageProfile(
                stage.name(),
                StageKind.of(stage.operator()),
                stage.operator(),
                stage.group(),
                stage.how(),
                upstream(stage),
                flow(measured, in),
                cost,
                shares,
                queue(stage, measured));
    }

    private Flow flow(StageStatistics measured, long in) {
        double each = Math.max(1, in);
        return new Flow(
                in,
                measured.out(),
                sourceItems == 0 ? 0 : in / sourceItems,
                in * LittlesLaw.NANOS / Math.max(1, statistics.elapsedNs()),
                (double) in / Math.max(1, measured.strands().batches()),
                measured.retried() / each,
                measured.timedOut() / each,
                measured.failed() / each);
    }

    private double part(Plan.Stage stage, StageStatistics measured) {
        double whole = 0;
        for (Plan.Stage other : plan.stages()) {
            if (other.group().equals(stage.group())) {
                whole += weightOf(other, statistics.stage(other.name()));
            }
        }
        return whole > 0
                ? weightOf(stage, measured) / whole
                : 1.0 / members.getOrDefault(stage.group(), 1);
    }

    /// Time that the strands had: what they neither worked nor were blocked in, they were idle,
    /// even where they were not yet started, or have ended, or have not counted a wait that goes
    /// on.
    private double wholeNs(StageStatistics measured) {
        return Math.max(1.0, (double) statistics.elapsedNs() * measured.workers());
    }

    /// Part of that time which the strands cannot account for.
    private double absent(StageStatistics measured) {
        StrandStatistics strands = measured.strands();
        double accountedNs = (double) strands.busyNs() + strands.waitInputNs();
        return Math.max(0, 1 - accountedNs / wholeNs(measured));
    }

    private double activeNs(StageStatistics measured) {
        StrandStatistics strands = measured.strands();
        double possibleNs = wholeNs(measured) - strands.waitInputNs();
        return Math.max(
                0, Math.min((double) strands.busyNs(), possibleNs) - strands.blockedOutputNs());
    }

    /// Time that the work itself takes. Part of the run queue may lie in the waits, so that it can
    /// not all be taken off; processor time is what is surely work.
    private double workNs(StageStatistics measured) {
        StrandStatistics strands = measured.strands();
        double activeNs = activeNs(measured);
        return Math.max(
                Math.min(activeNs, (double) Math.max(0, strands.cpuNs())),
                activeNs - Math.max(0, strands.runQueueNs()));
    }

    /// Whether processor time of a strand says little of that of a stage, which may have all of it,
    /// or only what the others had no time for.
    ///
    /// @param part of the strand's time that the stage has
    private static boolean isGuessed(double part, double workNs, double cpuNs) {
        double most = Math.min(part * workNs, cpuNs);
        double least = Math.max(0, cpuNs - (1 - part) * workNs);
        return most - least > GUESSED * part * workNs;
    }

    private static double perItem(long total, double factor) {
        return total < 0 ? StageProfile.UNKNOWN : total * factor;
    }

    private List<Integer> upstream(Plan.Stage stage) {
        if (isSource(stage)) {
            return List.of();
        }
        List<Integer> from = new ArrayList<>();
        for (Plan.Edge edge : plan.edges()) {
            if (edge.to().equals(stage.name())) {
                edge.from().forEach(name -> from.add(position(name)));
            }
        }
        return from.isEmpty() ? List.of(before(position(stage.name()))) : from;
    }

    private int position(String name) {
        Integer position = positions.get(name);
        if (position == null) {
            throw new NoSuchElementException("stage must be part of the plan: stage=" + name);
        }
        return position;
    }

    /// The stage that feeds one without an edge: the one before it, or where that one is the end of
    /// another branch, the broadcast.
    private int before(int position) {
        int at = position - 1;
        boolean isAfterEnd = kind(at) == StageKind.SINK;
        while (at > 0 && isAfterEnd && kind(at) != StageKind.BROADCAST) {
            at--;
        }
        return Math.max(0, at);
    }

    private StageKind kind(int position) {
        return StageKind.of(plan.stages().get(Math.max(0, position)).operator());
    }

    private Queue queue(Plan.Stage stage, StageStatistics measured) {
        for (Plan.Edge edge : plan.edges()) {
            if (edge.to().equals(stage.name())) {
                return queue(statistics.edge(edge.name()), measured);
            }
        }
        return Queue.NONE;
    }

    /// Quantiles are rounded up: to more than there can be.
    private static Queue queue(EdgeStatistics edge, StageStatistics measured) {
        return new Queue(
                edge.capacity(),
                Math.min(edge.capacity(), measured.occupancyP50()),
                Math.min(edge.capacity(), measured.occupancyP99()),
                edge.sent(),
                edge.senderWaits(),
                edge.receiverWaits());
    }
}
