// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.OverflowPolicy;
import io.penstock.stage.ExecutionModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a planner would ask about before a run.
final class Warnings {
    private static final int MUCH = 1 << 20;

    private final String pipeline;
    private final Graph graph;
    private final Layout layout;
    private final List<Plan.Warning> found = new ArrayList<>();

    private Warnings(String pipeline, Graph graph, Layout layout) {
        this.pipeline = pipeline;
        this.graph = graph;
        this.layout = layout;
    }

    /// All that looks wrong in a layout on a machine with `cores` cores.
    static List<Plan.Warning> about(String pipeline, Graph graph, Layout layout, int cores) {
        Warnings warnings = new Warnings(pipeline, graph, layout);
        warnings.mixedModels();
        warnings.moreThreadsThan(cores);
        warnings.resources();
        layout.edges().forEach(warnings::room);
        for (Node node : graph.nodes()) {
            warnings.drops(node);
            warnings.loops(node);
            warnings.waits(node);
            warnings.limits(node);
        }
        return List.copyOf(warnings.found);
    }

    /// One kind of strand for a single worker is as good as the other, and a hand-off between the
    /// kinds is slower than within one: so only what has several workers is a reason to mix.
    private void mixedModels() {
        Set<ExecutionModel> models = EnumSet.noneOf(ExecutionModel.class);
        boolean singles = false;
        for (Node node : graph.nodes()) {
            ExecutionModel model = node.how().model();
            if (model != ExecutionModel.FUSED) {
                models.add(model);
                singles |= !node.how().isParallel();
            }
        }
        if (models.size() > 2 || (models.size() == 2 && singles)) {
            warn(
                    Plan.Rule.MIXED_MODELS,
                    pipeline,
                    models
                            + " in one pipeline, and a stage with one strand is of a kind of its"
                            + " own: hand-offs within one kind are several times as fast");
        }
    }

    private void moreThreadsThan(int cores) {
        Set<String> strands = new HashSet<>();
        for (Layout.Group group : layout.groups()) {
            boolean platform = group.modelOr(ExecutionModel.PLATFORM) != ExecutionModel.VIRTUAL;
            if (platform && !group.nodes.isEmpty() && !waitsForItsSource(group)) {
                strands.addAll(Plans.strandsOf(pipeline, group));
            }
        }
        if (strands.size() > cores) {
            warn(
                    Plan.Rule.MORE_THREADS_THAN_CORES,
                    pipeline,
                    strands.size()
                            + " platform threads that may all be busy, on "
                            + cores
                            + " cores: they take turns, each for milliseconds");
        }
    }

    /// Stages that share a strand use a resource one after the other.
    private void resources() {
        Map<Resource, Map<String, String>> users = new LinkedHashMap<>();
        Map<Resource, Integer> workers = new HashMap<>();
        for (Layout.Group group : layout.groups()) {
            String strands = group.loop.isEmpty() ? group.name() : group.loop;
            for (Node node : group.nodes) {
                for (Resource resource : node.how().resources()) {
                    String user = node.name() + " " + group.workers;
                    Map<String, String> known =
                            users.computeIfAbsent(resource, _ -> new LinkedHashMap<>());
                    if (known.putIfAbsent(strands, user) == null) {
                        workers.merge(resource, group.workers, Integer::sum);
                    }
                }
            }
        }
        users.forEach(
                (resource, by) -> scarce(resource, by.values(), workers.getOrDefault(resource, 0)));
    }

    private void scarce(Resource resource, Collection<String> users, int workers) {
        if (workers > resource.limit()) {
            warn(
                    Plan.Rule.MORE_WORKERS_THAN_RESOURCE,
                    pipeline,
                    ("%d workers use %s (%s), which allows %d at a time: the others wait for it"
                                    + " with an item in hand, or fail")
                            .formatted(
                                    workers,
                                    resource.name(),
                                    String.join(", ", users),
                                    resource.limit()));
        }
    }

    private static boolean waitsForItsSource(Layout.Group group) {
        return group.nodes.getFirst().operator() instanceof Operator.Origin(Source<?> source)
                && !source.isAtHand();
    }

    private void room(Layout.Edge edge) {
        if (edge.capacity() > MUCH) {
            warn(
                    Plan.Rule.MUCH_ROOM,
                    edge.to().name(),
                    "room for "
                            + edge.capacity()
                            + " items is allocated when a run starts, and so many can be late"
                            + " before the source is slowed down");
        }
    }

    private void drops(Node node) {
        if (!(node.operator() instanceof Operator.Buffer buffer)) {
            return;
        }
        boolean drops =
                buffer.key() != null
                        || buffer.overflow() == OverflowPolicy.DROP_NEWEST
                        || buffer.overflow() == OverflowPolicy.DROP_OLDEST;
        if (drops && !behindAPushedSource(node)) {
            warn(
                    Plan.Rule.DROPS_BEHIND_A_PULLED_SOURCE,
                    node.name(),
                    buffer.policyWords()
                            + " loses items whose source would wait: BLOCK slows it down instead");
        }
    }

    private static boolean behindAPushedSource(Node node) {
        if (node.operator() instanceof Operator.Origin(Source<?> source)) {
            return source.isPushed();
        }
        return node.inputs().stream().anyMatch(Warnings::behindAPushedSource);
    }

    private void loops(Node node) {
        if (node.how().model() == ExecutionModel.EVENT_LOOP
                && node.how().care().eachWithin() != null) {
            warn(
                    Plan.Rule.BLOCKING_IN_A_LOOP,
                    node.name(),
                    "a stage that needs a deadline may block, and the event loop with it");
        }
    }

    private void waits(Node node) {
        if (node.how().model() == ExecutionModel.VIRTUAL
                && node.how().care().eachWithin() == null) {
            warn(
                    Plan.Rule.WAITS_WITHOUT_A_DEADLINE,
                    node.name(),
                    "virtual threads are for work that waits, and this may wait for ever:"
                            + " eachWithin(...) ends it");
        }
    }

    /// A limit on the strand of a broadcast waits for all its branches, which may have no limit.
    private void limits(Node node) {
        if (!(node.operator() instanceof Operator.Limit)) {
            return;
        }
        Layout.Group group = layout.groupOf(node);
        Node before = node.inputs().getFirst();
        while (group.nodes.contains(before)) {
            if (before.operator() instanceof Operator.Broadcast) {
                warn(
                        Plan.Rule.LIMIT_SHARES_A_STRAND,
                        node.name(),
                        "the other branches of "
                                + before.name()
                                + " wait with it: a buffer before it lets them go on");
                return;
            }
            if (before.inputs().isEmpty()) {
                return;
            }
            before = before.inputs().getFirst();
        }
    }

    private void warn(Plan.Rule rule, String stage, String text) {
        found.add(new Plan.Warning(rule, stage, text));
    }
}
