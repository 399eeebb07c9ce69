// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.OverflowPolicy;
import io.penstock.pipeline.How;
import io.penstock.pipeline.Plan;
import io.penstock.pipeline.RunStatistics;
import io.penstock.stage.ExecutionModel;
import io.penstock.stage.OrderGuarantee;
import io.penstock.stage.StageStatistics;
import io.penstock.stage.StrandStatistics;
import java.util.ArrayList;
import java.util.List;

/// The account of a run that never was, with a bottleneck planted in it.
final class Planted {
    static final long ELAPSED_NS = 10_000_000_000L;

    /// Two cores, and a hand-off of 20 ns.
    static final Machine MACHINE = new Machine(2, 20);

    private final List<Spec> specs = new ArrayList<>();

    /// One stage of it. Figures of time are those of its whole strand, and count at its head only.
    static final class Spec {
        final String name;
        final String operator;
        final How how;
        int upstream = -1;
        long in;
        long out = -1;
        long failed;
        long retried;
        long timedOut;
        double serviceNs;
        long p50 = -1;
        long p99 = -1;
        double busy;
        double busiest = -1;
        double idle;
        double blocked;
        double cpu = -1;
        double runQueue;
        double perBatch = 64;
        long allocated = -1;
        long sampled;
        int capacity = 1_024;
        long occupancyP50;
        long occupancyP99;
        long senderWaits;
        long receiverWaits;

        Spec(String name, String operator, How how) {
            this.name = name;
            this.operator = operator;
            this.how = how;
        }

        Spec items(long count) {
            in = count;
            return this;
        }

        Spec giving(long count) {
            out = count;
            return this;
        }

        /// Mean time in the function; median and 99th percentile follow it.
        Spec service(double ns) {
            serviceNs = ns;
            return spread((long) ns, (long) (1.2 * ns));
        }

        Spec spread(long median, long slow) {
            p50 = median;
            p99 = slow;
            return this;
        }

        /// Shares of the time of its strand, which are to add up to 1.
        Spec time(double busyShare, double idleShare, double blockedShare) {
            busy = busyShare;
            idle = idleShare;
            blocked = blockedShare;
            return this;
        }

        /// Part of the time for which the busiest strand was busy; that of all if not said.
        Spec busiest(double share) {
            busiest = share;
            return this;
        }

        /// Part of the busy time that was spent on a core.
        Spec computing(double part) {
            cpu = part;
            return this;
        }

        /// Part of the busy time that was spent in the run queue.
        Spec crowded(double part) {
            runQueue = part;
            return this;
        }

        /// Items whose processor time stands for that of all.
        Spec sampled(long count) {
            sampled = count;
            return this;
        }

        Spec queue(int room, long median, long high) {
            capacity = room;
            occupancyP50 = median;
            occupancyP99 = high;
            return this;
        }

        Spec waits(long sender, long receiver) {
            senderWaits = sender;
            receiverWaits = receiver;
            return this;
        }

        Spec after(int position) {
            upstream = position;
            return this;
        }

        private boolean isSource() {
            return operator.equals("source");
        }

        private boolean isPassage() {
            return operator.startsWith("buffer") || operator.startsWith("merge");
        }
    }

    List<Spec> specs() {
        return specs;
    }

    Spec source(String name) {
        return add(new Spec(name, "source", How.platform(1)));
    }

    Spec map(String name, How how) {
        return add(new Spec(name, "map", how));
    }

    Spec sink(String name, How how) {
        return add(new Spec(name, "sink", how));
    }

    Spec stage(String name, String operator, How how) {
        return add(new Spec(name, operator, how));
    }

    private Spec add(Spec spec) {
        spec.upstream = specs.size() - 1;
        specs.add(spec);
        return spec;
    }

    Analysis analysis() {
        return Analysis.of(plan(), statistics(), MACHINE);
    }

    Analysis analysis(double targetRate) {
        return Analysis.of(plan(), statistics(), MACHINE, Recorded.NOTHING, targetRate);
    }

    Analysis analysis(Recorded recorded) {
        return Analysis.of(plan(), statistics(), MACHINE, recorded);
    }

    private Spec head(Spec spec) {
        Spec at = spec;
        while (!startsGroup(at)) {
            at = specs.get(at.upstream);
        }
        return at;
    }

    private boolean startsGroup(Spec spec) {
        boolean isAsked = spec.how.model() != ExecutionModel.FUSED;
        return spec.isSource()
                || spec.isPassage()
                || isAsked
                || specs.get(spec.upstream).how.isParallel();
    }

    Plan plan() {
        List<Plan.Stage> stages = new ArrayList<>();
        List<Plan.Group> groups = new ArrayList<>();
        List<Plan.Edge> edges = new ArrayList<>();
        for (Spec spec : specs) {
            stages.add(
                    new Plan.Stage(
                            spec.name,
                            spec.operator,
                            spec.how,
                            head(spec).name,
                            OrderGuarantee.INPUT_ORDER));
            if (startsGroup(spec)) {
                groups.add(group(spec));
            }
            if (hasEdge(spec)) {
                String from = specs.get(spec.upstream).name;
                edges.add(
                        new Plan.Edge(
                                from + "->" + spec.name,
                                List.of(from),
                                spec.name,
                                spec.capacity,
                                Plan.Topology.ONE_TO_ONE,
                                OverflowPolicy.BLOCK));
            }
        }
        return new Plan("planted", stages, groups, edges, 0, List.of());
    }

    private boolean hasEdge(Spec spec) {
        boolean collects = spec.how.model() == ExecutionModel.FUSED && !spec.isPassage();
        return !spec.isSource() && startsGroup(spec) && !collects;
    }

    private Plan.Group group(Spec head) {
        ExecutionModel model =
                head.how.model() == ExecutionModel.FUSED
                        ? ExecutionModel.PLATFORM
                        : head.how.model();
        List<String> strands = new ArrayList<>();
        for (int i = 1; i <= head.how.parallelism(); i++) {
            strands.add("planted/" + head.name + "#" + i);
        }
        List<String> names =
                specs.stream().filter(spec -> head(spec) == head).map(spec -> spec.name).toList();
        return new Plan.Group(head.name, model, head.how.parallelism(), strands, names);
    }

    RunStatistics statistics() {
        List<StageStatistics> stages = new ArrayList<>();
        List<EdgeStatistics> edges = new ArrayList<>();
        for (Spec spec : specs) {
            stages.add(stage(spec));
            if (hasEdge(spec)) {
                String name = specs.get(spec.upstream).name + "->" + spec.name;
                edges.add(edge(name, spec));
            }
        }
        return new RunStatistics("planted", ELAPSED_NS, stages, edges);
    }

    private StageStatistics stage(Spec spec) {
        long out = spec.out >= 0 ? spec.out : spec.in;
        return new StageStatistics(
                spec.name,
                head(spec).name,
                spec.how.describe(),
                head(spec).how.parallelism(),
                spec.isSource() ? 0 : spec.in,
                out,
                spec.failed,
                0,
                0,
                spec.retried,
                spec.timedOut,
                0,
                spec.serviceNs < 0 ? 0 : spec.in,
                spec.serviceNs < 0 ? 0 : (long) (spec.in * spec.serviceNs),
                spec.p50,
                spec.p99,
                hasEdge(spec) ? spec.occupancyP50 : -1,
                hasEdge(spec) ? spec.occupancyP99 : -1,
                strands(head(spec)));
    }

    private static StrandStatistics strands(Spec head) {
        double wholeNs = (double) ELAPSED_NS * head.how.parallelism();
        double busyNs = head.busy * wholeNs;
        return new StrandStatistics(
                (long) Math.max(1, head.in / head.perBatch),
                (long) (busyNs + head.blocked * wholeNs),
                head.busiest < 0
                        ? (long) (busyNs + head.blocked * wholeNs) / head.how.parallelism()
                        : (long) (head.busiest * ELAPSED_NS),
                (long) (head.idle * wholeNs),
                (long) (head.blocked * wholeNs),
                head.cpu < 0 ? -1 : (long) (head.cpu * busyNs),
                head.cpu < 0 ? -1 : (long) (head.runQueue * busyNs),
                head.allocated,
                head.sampled);
    }

    private static EdgeStatistics edge(String name, Spec spec) {
        return new EdgeStatistics(
                name,
                spec.capacity,
                spec.in,
                spec.in,
                0,
                0,
                spec.occupancyP99,
                0,
                spec.senderWaits,
                spec.receiverWaits,
                spec.in,
                0,
                0);
    }
}
