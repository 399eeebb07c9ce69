// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A complete description of stages from sources to sinks. Immutable: it can be run any number of
/// times, as far as its sources and functions allow.
///
/// A stage is a name, a function and [How] it runs. Everything between two stages that run on
/// different strands is bounded.
public final class Pipeline {
    private final String name;
    private final List<Node> sinks;
    private final Graph graph;

    /// Made once, by whoever asks first; several make the same.
    private volatile @Nullable Layout layout;

    private Pipeline(String name, List<Node> sinks, Graph graph) {
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("a pipeline must have a name");
        }
        this.name = name;
        this.sinks = List.copyOf(sinks);
        this.graph = graph;
    }

    /// A pipeline, named after its first source.
    ///
    /// @throws IllegalArgumentException when two stages have one name, or a stream is used twice
    static Pipeline of(List<Node> sinks) {
        Graph graph = Graph.endingIn(sinks);
        return new Pipeline(graph.nodes().getFirst().name(), sinks, graph);
    }

    /// The first stage of a pipeline: where its items come from. It runs on a platform thread, or
    /// on a virtual one where all that asks for a model asks for virtual threads.
    public static <T> Stages<T> from(String name, Source<T> source) {
        return from(name, source, How.fused());
    }

    /// The first stage of a pipeline: where its items come from.
    ///
    /// @param how `platform(1)` or `virtual(1)`: also what stages that are fused with it run on
    public static <T> Stages<T> from(String name, Source<T> source, How how) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(how, "how");
        return new Stages<>(
                new Node(name, new Operator.Origin(source), Stages.sourceHow(how), List.of()));
    }

    /// Name of the pipeline: in the names of its threads, in statistics and logs.
    public String name() {
        return name;
    }

    /// The same pipeline under another name.
    public Pipeline named(String other) {
        return new Pipeline(other, sinks, graph);
    }

    /// The same pipeline with some stages changed.
    ///
    /// @throws NoSuchElementException when a stage is not part of the pipeline
    /// @throws IllegalArgumentException when a stage cannot be changed so
    public Pipeline with(Change... changes) {
        return with(List.of(changes));
    }

    /// The same pipeline with some stages changed, one change after the other.
    public Pipeline with(List<? extends Change> changes) {
        List<Node> ends = sinks;
        for (Change change : changes) {
            graph.node(change.stage()); // there must be one
            Map<Node, Node> copies = new HashMap<>();
            List<Node> changed = new ArrayList<>();
            for (Node end : ends) {
                changed.add(rebuild(end, change, copies));
            }
            ends = changed;
        }
        Pipeline changed = new Pipeline(name, ends, Graph.endingIn(ends));
        for (Change change : changes) {
            if (change instanceof Change.ToCapacity && roomOf(change.stage()) == null) {
                changed.checkRoom(change.stage());
            }
        }
        return changed;
    }

    /// The edge whose capacity is the room of a stage; null where there is none.
    private Layout.@Nullable Edge roomOf(String stage) {
        return layout().edgeInto(graph.node(stage));
    }

    private void checkRoom(String stage) {
        if (roomOf(stage) == null) {
            throw Changes.noRoom(graph.node(stage), layout());
        }
    }

    private static Node rebuild(Node node, Change change, Map<Node, Node> copies) {
        Node known = copies.get(node);
        if (known != null) {
            return known;
        }
        List<Node> inputs = new ArrayList<>();
        for (Node input : node.inputs()) {
            inputs.add(rebuild(input, change, copies));
        }
        Node copy =
                change.stage().equals(node.name())
                        ? Changes.apply(change, node, inputs)
                        : new Node(node.name(), node.operator(), node.how(), inputs);
        copies.put(node, copy);
        return copy;
    }

    /// What this pipeline will be when it runs on this machine.
    public Plan explain() {
        return explain(Runtime.getRuntime().availableProcessors());
    }

    /// What this pipeline will be when it runs on a machine with `cores` cores: only the warnings
    /// depend on them.
    public Plan explain(int cores) {
        if (cores < 1) {
            throw new IllegalArgumentException("cores must be positive: cores=" + cores);
        }
        return Plans.show(name, graph, layout(), cores);
    }

    /// Starts a run on threads of the machine.
    public Run start() {
        return start(RunOptions.DEFAULT);
    }

    /// Starts a run.
    public Run start(RunOptions options) {
        return Run.start(this, options);
    }

    /// How its stages share strands.
    ///
    /// @throws IllegalArgumentException when a branch leads nowhere
    Layout layout() {
        Layout known = layout;
        if (known == null) {
            known = Planner.plan(graph);
            layout = known;
        }
        return known;
    }

    List<Node> sinks() {
        return sinks;
    }

    Graph graph() {
        return graph;
    }
}
