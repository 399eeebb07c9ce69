// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.OverflowPolicy;
import io.penstock.stage.ExecutionModel;
import io.penstock.stage.OrderGuarantee;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides which stages share a strand and what lies between strands.
///
/// A fused stage stays on the strand of the one before it. A stage with a strand of its own gets an
/// edge before it, unless there is one already: a buffer, a merge, the results of a slot ring. A
/// stage with several workers gets a slot ring, and what follows it a strand that collects; a sink
/// with several workers and no order to keep needs no ring: they share one edge. A batch that ends
/// by time must be able to wait, which a strand that is inside a source cannot, so it gets an edge.
final class Planner {
    private final Layout layout = new Layout();
    private final ExecutionModel unasked;

    /// The group that carries on what a node gives.
    private final Map<Node, Layout.Group> after = new HashMap<>();

    private Planner(Graph graph) {
        this.unasked = modelOfTheUnasked(graph);
    }

    /// The layout of a graph.
    ///
    /// @throws IllegalArgumentException when a branch leads nowhere
    static Layout plan(Graph graph) {
        graph.checkComplete();
        Planner planner = new Planner(graph);
        for (Node node : graph.nodes()) {
            planner.place(node);
        }
        for (Layout.Group group : planner.layout.groups()) {
            group.model = group.modelOr(planner.unasked);
        }
        return planner.layout;
    }

    /// Who asked for nothing runs on virtual threads in a pipeline of virtual threads, for a
    /// hand-off between the two kinds is several times as slow, and otherwise on platform threads.
    private static ExecutionModel modelOfTheUnasked(Graph graph) {
        boolean anyVirtual = false;
        for (Node node : graph.nodes()) {
            switch (node.how().model()) {
                case FUSED -> {}
                case VIRTUAL -> anyVirtual = true;
                case PLATFORM, EVENT_LOOP -> {
                    return ExecutionModel.PLATFORM;
                }
            }
        }
        return anyVirtual ? ExecutionModel.VIRTUAL : ExecutionModel.PLATFORM;
    }

    private void place(Node node) {
        switch (node.operator()) {
            case Operator.Origin _ -> join(node, newGroup(node.name(), null, node.how(), 1));
            case Operator.Buffer buffer ->
                    join(
                            node,
                            newGroup(
                                    node.name(),
                                    newEdge(node, buffer.capacity(), buffer.overflow()),
                                    How.fused(),
                                    1));
            case Operator.Merge(int capacity) ->
                    join(
                            node,
                            newGroup(
                                    node.name(),
                                    newEdge(node, capacity, OverflowPolicy.BLOCK),
                                    How.fused(),
                                    1));
            case Operator.Batching(Batch batch) -> placeBatch(node, batch);
            case Operator.Limit _ -> placeLimit(node);
            case Operator.Unbatching(), Operator.Broadcast _ -> join(node, groupBefore(node));
            case Operator.MapItems _, Operator.Filter _, Operator.FlatMap _, Operator.Sink _ ->
                    placeWork(node);
        }
    }

    private void placeBatch(Node node, Batch batch) {
        Layout.Group before = groupBefore(node);
        if (batch.after() == null || before.input != null) {
            join(node, before);
        } else {
            Layout.Edge edge = newEdge(node, node.how().capacity(), OverflowPolicy.BLOCK);
            Layout.Group group = newGroup(node.name(), edge, How.fused(), 1);
            group.model = before.model;
            join(node, group);
        }
    }

    /// A limit waits, which an event loop must not.
    private void placeLimit(Node node) {
        Layout.Group before = groupBefore(node);
        if (before.model != ExecutionModel.EVENT_LOOP) {
            join(node, before);
        } else {
            Layout.Edge edge = newEdge(node, node.how().capacity(), OverflowPolicy.BLOCK);
            Layout.Group group = newGroup(node.name(), edge, How.fused(), 1);
            group.model = unasked;
            join(node, group);
        }
    }

    private void placeWork(Node node) {
        How how = node.how();
        Layout.Group before = groupBefore(node);
        boolean sink = node.operator() instanceof Operator.Sink;
        if (how.model() == ExecutionModel.FUSED) {
            join(node, before);
        } else if (how.isParallel() && (!sink || how.order() == OrderGuarantee.KEY_ORDER)) {
            placeParallel(node);
        } else if (how.isParallel()) {
            Layout.Edge edge = newEdge(node, how.capacity(), OverflowPolicy.BLOCK);
            join(node, newGroup(node.name(), edge, how, how.parallelism()));
        } else if (before.isOpenTo(how.model())) {
            before.model = how.model();
            before.loop = how.loop();
            join(node, before);
        } else if (how.model() == ExecutionModel.EVENT_LOOP && before.loop.equals(how.loop())) {
            join(node, before);
        } else {
            Layout.Edge edge = newEdge(node, how.capacity(), OverflowPolicy.BLOCK);
            join(node, newGroup(node.name(), edge, how, 1));
        }
    }

    private void placeParallel(Node node) {
        How how = node.how();
        Layout.Edge ring =
                new Layout.Edge(
                        nameOf(node),
                        node,
                        how.capacity(),
                        OverflowPolicy.BLOCK,
                        Plan.Topology.ONE_TO_WORKERS_TO_ONE);
        layout.add(ring);
        Layout.Group workers = newGroup(node.name(), ring, how, how.parallelism());
        layout.place(node, workers);
        after.put(node, newGroup(node.name() + " results", ring, How.fused(), 1));
    }

    private void join(Node node, Layout.Group group) {
        layout.place(node, group);
        after.put(node, group);
    }

    private Layout.Group groupBefore(Node node) {
        Layout.Group group = after.get(node.inputs().getFirst());
        if (group == null) {
            throw new IllegalStateException("a stage must come after its input: " + node.name());
        }
        return group;
    }

    private Layout.Group newGroup(String name, Layout.@Nullable Edge input, How how, int workers) {
        Layout.Group group = new Layout.Group(name, input, workers);
        if (how.model() != ExecutionModel.FUSED) {
            group.model = how.model();
            group.loop = how.loop();
        }
        layout.add(group);
        return group;
    }

    private Layout.Edge newEdge(Node to, int capacity, OverflowPolicy overflow) {
        boolean shared = to.operator() instanceof Operator.Sink && to.how().isParallel();
        Plan.Topology topology =
                to.inputs().size() > 1
                        ? Plan.Topology.MANY_TO_ONE
                        : shared ? Plan.Topology.ONE_TO_MANY : Plan.Topology.ONE_TO_ONE;
        Layout.Edge edge = new Layout.Edge(nameOf(to), to, capacity, overflow, topology);
        layout.add(edge);
        return edge;
    }

    private static String nameOf(Node to) {
        List<String> from = new ArrayList<>();
        to.inputs().forEach(input -> from.add(input.name()));
        return String.join("+", from) + "->" + to.name();
    }
}
