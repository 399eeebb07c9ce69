// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/// The nodes of a complete description, checked: each before those that it feeds, each name once,
/// each stream used once. Immutable.
final class Graph {
    private final List<Node> nodes;
    private final Map<Node, List<Node>> outputs;

    private Graph(List<Node> nodes, Map<Node, List<Node>> outputs) {
        this.nodes = nodes;
        this.outputs = outputs;
    }

    /// The graph that ends in these sinks.
    ///
    /// @throws IllegalArgumentException when two stages have one name, a stream is used twice, or a
    ///   resource has two limits
    static Graph endingIn(List<Node> sinks) {
        List<Node> nodes = new ArrayList<>();
        Map<Node, List<Node>> outputs = new HashMap<>();
        for (Node sink : sinks) {
            collect(sink, nodes, outputs);
        }
        Graph graph = new Graph(nodes, outputs);
        graph.checkNames();
        graph.checkStreams();
        graph.checkResources();
        return graph;
    }

    private static void collect(Node node, List<Node> nodes, Map<Node, List<Node>> outputs) {
        if (outputs.containsKey(node)) {
            return;
        }
        outputs.put(node, new ArrayList<>());
        for (Node input : node.inputs()) {
            collect(input, nodes, outputs);
            outputsOf(input, outputs).add(node);
        }
        nodes.add(node);
    }

    private static List<Node> outputsOf(Node node, Map<Node, List<Node>> outputs) {
        return outputs.computeIfAbsent(node, _ -> new ArrayList<>());
    }

    private void checkNames() {
        Set<String> names = new HashSet<>();
        for (Node node : nodes) {
            if (!names.add(node.name())) {
                throw new IllegalArgumentException(
                        "each stage must have a name of its own: stage=" + node.name());
            }
        }
    }

    private void checkStreams() {
        for (Node node : nodes) {
            int used = outputs(node).size();
            if (used > wanted(node)) {
                throw new IllegalArgumentException(
                        "a stream can be used once: stage=" + node.name() + ", uses=" + used);
            }
        }
    }

    private void checkResources() {
        Map<String, Integer> limits = new HashMap<>();
        for (Node node : nodes) {
            for (Resource resource : node.how().resources()) {
                Integer other = limits.putIfAbsent(resource.name(), resource.limit());
                if (other != null && other != resource.limit()) {
                    throw new IllegalArgumentException(
                            "a resource must have one limit: resource="
                                    + resource.name()
                                    + ", limits="
                                    + other
                                    + " and "
                                    + resource.limit()
                                    + ", stage="
                                    + node.name());
                }
            }
        }
    }

    /// Checks that every branch leads to a sink: what is inside a branch cannot know of the others.
    ///
    /// @throws IllegalArgumentException when one does not
    void checkComplete() {
        nodes.forEach(this::checkComplete);
    }

    /// The same for the branches of one broadcast.
    void checkComplete(Node node) {
        int used = outputs(node).size();
        if (used != wanted(node)) {
            throw new IllegalArgumentException(
                    "each branch must lead to a sink of its own: broadcast="
                            + node.name()
                            + ", used="
                            + used);
        }
    }

    private static int wanted(Node node) {
        return switch (node.operator()) {
            case Operator.Broadcast(int branches) -> branches;
            case Operator.Sink _ -> 0;
            default -> 1;
        };
    }

    /// All nodes, each before those that it feeds.
    List<Node> nodes() {
        return nodes;
    }

    /// The node of this name.
    ///
    /// @throws NoSuchElementException when there is none
    Node node(String name) {
        for (Node node : nodes) {
            if (node.name().equals(name)) {
                return node;
            }
        }
        throw new NoSuchElementException(
                "stage must be part of the pipeline: stage="
                        + name
                        + ", stages="
                        + nodes.stream().map(Node::name).toList());
    }

    /// Those that a node feeds.
    List<Node> outputs(Node node) {
        return outputsOf(node, outputs);
    }
}
