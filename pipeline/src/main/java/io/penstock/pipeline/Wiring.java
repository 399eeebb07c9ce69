// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.StrandKind;
import io.penstock.stage.Chain;
import io.penstock.stage.Ending;
import io.penstock.stage.EventLoop;
import io.penstock.stage.ExecutionModel;
import io.penstock.stage.Group;
import io.penstock.stage.Inlet;
import io.penstock.stage.Links;
import io.penstock.stage.LoopOutlet;
import io.penstock.stage.Outlet;
import io.penstock.stage.RingingInlet;
import io.penstock.stage.RingingOutlet;
import io.penstock.stage.SlotRing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Builds what a [Layout] describes: edges, chains, groups and loops. Confined to the strand that
/// starts the run; what it has built is then driven by its own strands.
final class Wiring {
    /// A strand to start.
    ///
    /// @param stages names of the stages that it runs
    record Body(String name, StrandKind kind, List<String> stages, Runnable run) {}

    private final String pipeline;
    private final Graph graph;
    private final Layout layout;
    private final RunOptions options;
    private final StageParts parts;
    private final Ending ending;
    private final Watch watch;
    private final Sources sources;
    private final Workers workers;
    private final Map<Layout.Edge, Connection> connections = new LinkedHashMap<>();
    private final Map<String, EventLoop> loops = new LinkedHashMap<>();
    private final Map<Layout.Group, List<Group>> groups = new LinkedHashMap<>();
    private final List<Body> bodies = new ArrayList<>();
    private @Nullable List<LoopOutlet> loopOutlets;

    Wiring(Pipeline pipeline, RunOptions options, StageParts parts, Strands strands, Watch watch) {
        this.pipeline = pipeline.name();
        graph = pipeline.graph();
        layout = pipeline.layout();
        this.options = options;
        this.parts = parts;
        ending = parts.ending();
        this.watch = watch;
        sources = new Sources(options, parts);
        workers = new Workers(pipeline.name(), options, parts, strands, watch);
    }

    /// Builds everything.
    void build() {
        for (Layout.Group group : layout.groups()) {
            if (group.model == ExecutionModel.EVENT_LOOP) {
                loops.computeIfAbsent(
                        group.loop, name -> new EventLoop(name, options.scheduler(), ending));
            }
        }
        for (Layout.Edge edge : layout.edges()) {
            connections.put(edge, connect(edge));
        }
        for (Layout.Group group : layout.groups()) {
            if (!Layout.isWorkers(group)) {
                addGroup(group);
            }
        }
        for (EventLoop loop : loops.values()) {
            List<String> stages = new ArrayList<>();
            stagesOn(loop.name(), stages);
            watch.add(loop, stages, true);
            bodies.add(
                    new Body(pipeline + "/" + loop.name(), StrandKind.PLATFORM, stages, loop::run));
        }
    }

    private void stagesOn(String loop, List<String> stages) {
        for (Layout.Group group : layout.groups()) {
            if (group.loop.equals(loop)) {
                group.nodes.forEach(node -> stages.add(node.name()));
            }
        }
    }

    private Connection connect(Layout.Edge edge) {
        return switch (edge.topology()) {
            case ONE_TO_ONE, MANY_TO_ONE, ONE_TO_MANY ->
                    new ChannelConnection(edge, options, item -> parts.lost(edge.name(), item));
            case ONE_TO_WORKERS_TO_ONE -> new RingConnection(workers.ring(edge));
        };
    }

    private void addGroup(Layout.Group plan) {
        List<Group> built = new ArrayList<>();
        groups.put(plan, built);
        List<String> names = Plans.strandsOf(pipeline, plan);
        List<String> stages = plan.nodes.stream().map(Node::name).toList();
        for (int worker = 0; worker < plan.workers; worker++) {
            List<LoopOutlet> outlets = new ArrayList<>();
            loopOutlets = outlets;
            ChainBuilder builder = new ChainBuilder(this, plan, worker);
            Links links = options.classes().linksFor(builder.shape());
            Chain chain = builder.build(links);
            Group group =
                    new Group(
                            plan.name(),
                            options.scheduler(),
                            ending,
                            builder.timed(inlet(plan, links)),
                            chain);
            outlets.forEach(outlet -> outlet.belongsTo(group));
            built.add(group);
            EventLoop loop = loops.get(plan.loop);
            if (loop == null) {
                StrandKind kind =
                        Workers.kindOf(options, plan.modelOr(ExecutionModel.PLATFORM), worker);
                bodies.add(new Body(names.get(worker), kind, stages, group::run));
                watch.add(group, stages, false);
            } else {
                loop.add(group, before(plan));
            }
        }
    }

    /// The groups of the same loop from which items come to this one.
    private List<Group> before(Layout.Group plan) {
        Set<Layout.Group> before = new LinkedHashSet<>();
        Layout.Edge input = plan.input;
        if (input != null) {
            input.from().forEach(node -> addBefore(node, before));
        }
        List<Group> feeding = new ArrayList<>();
        for (Layout.Group other : before) {
            if (other.loop.equals(plan.loop)) {
                feeding.addAll(groups.getOrDefault(other, List.of()));
            }
        }
        return feeding;
    }

    private void addBefore(Node node, Set<Layout.Group> before) {
        before.add(layout.groupOf(node));
        node.inputs().forEach(input -> addBefore(input, before));
    }

    private Inlet inlet(Layout.Group plan, Links links) {
        Layout.Edge input = plan.input;
        if (input == null) {
            return sources.inlet(plan.nodes.getFirst(), links);
        }
        Inlet inlet = connection(input).inlet();
        for (Node from : input.from()) {
            EventLoop loop = loops.get(layout.groupOf(from).loop);
            if (loop != null && !layout.groupOf(from).loop.equals(plan.loop)) {
                inlet = new RingingInlet(inlet, loop);
            }
        }
        return inlet;
    }

    // ------------------------------------------------- what a chain is built of

    Graph graph() {
        return graph;
    }

    Layout layout() {
        return layout;
    }

    RunOptions options() {
        return options;
    }

    StageParts parts() {
        return parts;
    }

    /// The side of an edge that a group sends into.
    Outlet outlet(Layout.Edge edge, Layout.Group from) {
        Connection connection = connection(edge);
        Outlet outlet = connection.outlet();
        EventLoop target = loops.get(targetLoop(edge));
        EventLoop own = loops.get(from.loop);
        if (target != null && target != own) {
            outlet = new RingingOutlet(outlet, connection::hasRoom, target);
        }
        if (own != null && connection.waitsForRoom()) {
            LoopOutlet patient = new LoopOutlet(outlet, connection::hasRoom, own);
            known(loopOutlets, edge.name()).add(patient);
            outlet = patient;
        }
        return outlet;
    }

    private String targetLoop(Layout.Edge edge) {
        return edge.topology() == Plan.Topology.ONE_TO_WORKERS_TO_ONE
                ? ""
                : layout.receiverOf(edge).loop;
    }

    private Connection connection(Layout.Edge edge) {
        return known(connections.get(edge), edge.name());
    }

    private static <V> V known(@Nullable V value, String name) {
        if (value == null) {
            throw new IllegalStateException("a part must be built before it is used: " + name);
        }
        return value;
    }

    // ------------------------------------------------------- what has been built

    /// The strands to start.
    List<Body> bodies() {
        return bodies;
    }

    /// Edges, in the order of the plan.
    List<Connection> connections() {
        return List.copyOf(connections.values());
    }

    /// The groups that run a node, or that collect what its workers have made.
    List<Group> groupsOf(Node node) {
        Layout.Group plan = layout.groupOf(node);
        Layout.Edge input = plan.input;
        return Layout.isWorkers(plan) && input != null
                ? groups.getOrDefault(layout.receiverOf(input), List.of())
                : groups.getOrDefault(plan, List.of());
    }

    /// The event loop that runs a node; null where none does.
    @Nullable EventLoop loopOf(Node node) {
        return loops.get(layout.groupOf(node).loop);
    }

    /// The slot ring whose workers run a node; null where none does.
    @Nullable SlotRing ringOf(Node node) {
        Layout.Edge edge = layout.edgeInto(node);
        return edge != null && connection(edge) instanceof RingConnection ringed
                ? ringed.ring()
                : null;
    }

    /// Wakes everything that waits, so that it sees that the run stops. Must not throw.
    void stop() {
        connections.values().forEach(Connection::cancel);
        parts.stop();
        loops.values().forEach(EventLoop::ring);
        stopSources();
    }

    /// Stops the sources that are being asked.
    void stopSources() {
        sources.stop();
    }

    /// All strands have ended.
    void close() {
        connections.values().forEach(Connection::close);
        parts.close();
    }
}
