// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    /// @throws IllegalArgumentException when two stages have one name, or a stream is used twice
    static Graph endingIn(List<Node> sinks) {
        List<Node> nodes = new ArrayList<>();
        Map<Node, List<Node>> outputs = new HashMap<>();
        for (Node sink : sinks) {
            collect(sink, nodes, outputs);
        }
        Graph graph = new Graph(nodes, outputs);
        graph.checkNames();
        graph.checkStreams();
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
            int wanted =
                    switch (node.operator()) {
                        case Operator.Broadcast(int branches) -> branches;
                        case Operator.Sink _ -> 0;
                        default -> 1;
                    };
            int used = outputs(node).size();
            if (used != wanted) {
                throw new IllegalArgumentException(
                        "a stream can be used once, and a broadcast once for each branch: stage="
                                + node.name()
                                + ", uses="
                                + used);
            }
        }
    }

    /// All nodes, each before those that it feeds.
    List<Node> nodes() {
        return nodes;
    }

    /// Those that a node feeds.
    List<Node> outputs(Node node) {
        return outputsOf(node, outputs);
    }
}
