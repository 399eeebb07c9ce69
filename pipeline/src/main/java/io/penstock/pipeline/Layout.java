// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.OverflowPolicy;
import io.penstock.stage.ExecutionModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which nodes share a strand and what lies between strands: what a [Planner] has decided. Filled
/// by the planner alone, then read by those that show it ([Plans]) and those that build it
/// ([Wiring]).
final class Layout {
    /// Nodes that share a strand, or the workers that share one node.
    static final class Group {
        /// Nodes in order; empty when the group only carries results on.
        final List<Node> nodes = new ArrayList<>();

        /// Where its items come from; null for the group of a source.
        final @Nullable Edge input;

        /// What carries it; null until the planner knows.
        @Nullable ExecutionModel model;

        /// Its loop, for the model EVENT_LOOP.
        String loop = "";

        /// Strands: above 1 for workers only.
        final int workers;

        private final String fallbackName;

        Group(String fallbackName, @Nullable Edge input, int workers) {
            this.fallbackName = fallbackName;
            this.input = input;
            this.workers = workers;
        }

        String name() {
            return nodes.isEmpty() ? fallbackName : nodes.getFirst().name();
        }

        ExecutionModel modelOr(ExecutionModel other) {
            return model == null ? other : model;
        }

        /// Whether a stage with a strand of its own may still make this strand its own. An event
        /// loop cannot wait at a slot ring.
        boolean isOpenTo(ExecutionModel wanted) {
            boolean collects =
                    input != null && input.topology() == Plan.Topology.ONE_TO_WORKERS_TO_ONE;
            return model == null
                    && !(collects && wanted == ExecutionModel.EVENT_LOOP)
                    && nodes.stream().allMatch(Group::isPassage);
        }

        private static boolean isPassage(Node node) {
            return node.operator() instanceof Operator.Buffer
                    || node.operator() instanceof Operator.Merge;
        }
    }

    /// A bounded hand-off. Compared by identity, as nodes are.
    static final class Edge {
        private final String name;
        private final List<Node> from;
        private final Node to;
        private final int capacity;
        private final OverflowPolicy overflow;
        private final Plan.Topology topology;

        /// @param to the node that it belongs to: the first of the receiving group, or the parallel
        ///   one. What is sent comes from its inputs
        Edge(String name, Node to, int capacity, OverflowPolicy overflow, Plan.Topology topology) {
            this.name = name;
            this.to = to;
            from = to.inputs();
            this.capacity = capacity;
            this.overflow = overflow;
            this.topology = topology;
        }

        String name() {
            return name;
        }

        List<Node> from() {
            return from;
        }

        Node to() {
            return to;
        }

        int capacity() {
            return capacity;
        }

        OverflowPolicy overflow() {
            return overflow;
        }

        Plan.Topology topology() {
            return topology;
        }
    }

    private final List<Group> groups = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Map<Node, Group> groupOf = new HashMap<>();
    private final Map<Node, Edge> edgeInto = new HashMap<>();

    void add(Group group) {
        groups.add(group);
    }

    void add(Edge edge) {
        edges.add(edge);
        edgeInto.put(edge.to(), edge);
    }

    void place(Node node, Group group) {
        group.nodes.add(node);
        groupOf.put(node, group);
    }

    /// Groups, each after those that feed it.
    List<Group> groups() {
        return groups;
    }

    /// Edges, in the order of the nodes that they lead to.
    List<Edge> edges() {
        return edges;
    }

    /// The group that runs a node.
    Group groupOf(Node node) {
        Group group = groupOf.get(node);
        if (group == null) {
            throw new IllegalStateException("a stage must have a group: stage=" + node.name());
        }
        return group;
    }

    /// The edge before a node; null when it is fused with the one before it.
    @Nullable Edge edgeInto(Node node) {
        return edgeInto.get(node);
    }

    /// The group that takes what this edge carries on: its results, for a slot ring.
    Group receiverOf(Edge edge) {
        for (Group group : groups) {
            if (edge.equals(group.input) && !isWorkers(group)) {
                return group;
            }
        }
        throw new IllegalStateException("an edge must have a receiver: edge=" + edge.name());
    }

    /// Whether a group is the workers of a slot ring.
    static boolean isWorkers(Group group) {
        return group.input != null
                && group.input.topology() == Plan.Topology.ONE_TO_WORKERS_TO_ONE
                && group.nodes.contains(group.input.to());
    }
}
