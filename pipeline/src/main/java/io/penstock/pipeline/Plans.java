// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.stage.ExecutionModel;
import io.penstock.stage.OrderGuarantee;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Shows a [Layout] as a [Plan].
final class Plans {
    private final String pipeline;
    private final Graph graph;
    private final Layout layout;
    private final Map<Node, OrderGuarantee> orders = new HashMap<>();

    /// Items of the sources in each item that a node gives: above 1 behind a batch.
    private final Map<Node, Long> weights = new HashMap<>();

    private Plans(String pipeline, Graph graph, Layout layout) {
        this.pipeline = pipeline;
        this.graph = graph;
        this.layout = layout;
    }

    /// The plan of a layout on a machine with `cores` cores.
    static Plan show(String pipeline, Graph graph, Layout layout, int cores) {
        Plans plans = new Plans(pipeline, graph, layout);
        for (Node node : graph.nodes()) {
            plans.orders.put(node, plans.order(node));
            plans.weights.put(node, plans.weight(node));
        }
        return new Plan(
                pipeline,
                plans.stages(),
                plans.groups(),
                plans.edges(),
                plans.worstCase(),
                Warnings.about(pipeline, graph, layout, cores));
    }

    private List<Plan.Stage> stages() {
        List<Plan.Stage> stages = new ArrayList<>();
        for (Node node : graph.nodes()) {
            stages.add(
                    new Plan.Stage(
                            node.name(),
                            node.operator().describe(),
                            node.how(),
                            layout.groupOf(node).name(),
                            of(orders, node)));
        }
        return stages;
    }

    private List<Plan.Group> groups() {
        List<Plan.Group> groups = new ArrayList<>();
        Set<String> loops = new HashSet<>();
        for (Layout.Group group : layout.groups()) {
            boolean known = group.model == ExecutionModel.EVENT_LOOP && !loops.add(group.loop);
            groups.add(
                    new Plan.Group(
                            group.name(),
                            group.modelOr(ExecutionModel.PLATFORM),
                            known ? 0 : group.workers,
                            strandsOf(pipeline, group),
                            group.nodes.stream().map(Node::name).toList()));
        }
        return groups;
    }

    /// Names of the strands of a group.
    static List<String> strandsOf(String pipeline, Layout.Group group) {
        if (group.model == ExecutionModel.EVENT_LOOP) {
            return List.of(pipeline + "/" + group.loop);
        }
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= group.workers; i++) {
            names.add(pipeline + "/" + group.name() + "#" + i);
        }
        return names;
    }

    private List<Plan.Edge> edges() {
        List<Plan.Edge> edges = new ArrayList<>();
        for (Layout.Edge edge : layout.edges()) {
            edges.add(
                    new Plan.Edge(
                            edge.name(),
                            edge.from().stream().map(Node::name).toList(),
                            edge.to().name(),
                            edge.capacity(),
                            edge.topology(),
                            edge.overflow()));
        }
        return edges;
    }

    private OrderGuarantee order(Node node) {
        if (node.inputs().isEmpty()) {
            return OrderGuarantee.INPUT_ORDER;
        }
        OrderGuarantee before = of(orders, node.inputs().getFirst());
        if (node.operator() instanceof Operator.Merge) {
            return OrderGuarantee.NONE;
        }
        boolean sharedSink = node.operator() instanceof Operator.Sink && node.how().isParallel();
        if (sharedSink && node.how().order() != OrderGuarantee.KEY_ORDER) {
            return OrderGuarantee.NONE;
        }
        return node.how().isParallel() ? before.and(node.how().order()) : before;
    }

    private long weight(Node node) {
        long before = 1;
        for (Node input : node.inputs()) {
            before = Math.max(before, of(weights, input));
        }
        return switch (node.operator()) {
            case Operator.Batching(Batch batch) -> before * batch.count();
            case Operator.Unbatching() -> 1;
            default -> before;
        };
    }

    private long worstCase() {
        long most = 0;
        for (Layout.Edge edge : layout.edges()) {
            most += edge.capacity() * weightInto(edge);
        }
        for (Node node : graph.nodes()) {
            if (node.operator() instanceof Operator.Batching) {
                most += of(weights, node);
            }
        }
        for (Layout.Group group : layout.groups()) {
            most += inHand(group);
        }
        return most;
    }

    /// Workers of a slot ring hold only what is in its slots; who only carries results on holds
    /// one.
    private long inHand(Layout.Group group) {
        if (Layout.isWorkers(group)) {
            return 0;
        }
        Layout.Edge input = group.input;
        return group.workers
                * (input == null ? of(weights, group.nodes.getFirst()) : weightOf(input));
    }

    /// Items of the sources in what an edge gives.
    private long weightOf(Layout.Edge edge) {
        if (edge.topology() == Plan.Topology.ONE_TO_WORKERS_TO_ONE) {
            return of(weights, edge.to());
        }
        return weightInto(edge);
    }

    /// Items of the sources in what is put into an edge.
    private long weightInto(Layout.Edge edge) {
        long weight = 1;
        for (Node from : edge.from()) {
            weight = Math.max(weight, of(weights, from));
        }
        return weight;
    }

    private static <V> V of(Map<Node, V> map, Node node) {
        @Nullable V value = map.get(node);
        if (value == null) {
            throw new IllegalStateException("a stage must come after its input: " + node.name());
        }
        return value;
    }
}
