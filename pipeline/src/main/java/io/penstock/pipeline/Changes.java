// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import java.util.List;

/// What each [Change] means for a node.
final class Changes {
    private Changes() {}

    /// The changed node.
    ///
    /// @throws IllegalArgumentException when the node cannot be changed so
    static Node apply(Change change, Node node, List<Node> inputs) {
        return switch (change) {
            case Change.ToModel(_, var model, int parallelism) ->
                    running(node, node.how().movedTo(model, parallelism), inputs);
            case Change.ToHow(_, How how) -> running(node, how, inputs);
            case Change.ToCapacity(_, int capacity) -> withRoom(node, capacity, inputs);
            case Change.ToBatch(_, Batch batch) -> {
                if (!(node.operator() instanceof Operator.Batching)) {
                    throw refused("only a batch stage has batches", node);
                }
                yield new Node(node.name(), new Operator.Batching(batch), node.how(), inputs);
            }
        };
    }

    private static Node running(Node node, How how, List<Node> inputs) {
        How allowed =
                switch (node.operator()) {
                    case Operator.MapItems _, Operator.Sink _ -> how;
                    case Operator.Filter _, Operator.FlatMap _ -> {
                        if (how.isParallel()) {
                            throw refused("only map and sink can be parallel", node);
                        }
                        yield how;
                    }
                    case Operator.Origin _ -> Stages.sourceHow(how);
                    default ->
                            throw refused(
                                    "this operator runs where the stage before it does", node);
                };
        return new Node(node.name(), node.operator(), allowed, inputs);
    }

    private static Node withRoom(Node node, int capacity, List<Node> inputs) {
        return switch (node.operator()) {
            case Operator.Buffer buffer -> {
                How.checkCapacity("buffer", node.name(), capacity);
                yield new Node(
                        node.name(),
                        new Operator.Buffer(
                                capacity, buffer.overflow(), buffer.key(), buffer.merge()),
                        node.how(),
                        inputs);
            }
            case Operator.Merge _ -> {
                How.checkCapacity("merge", node.name(), capacity);
                yield new Node(node.name(), new Operator.Merge(capacity), node.how(), inputs);
            }
            default ->
                    new Node(node.name(), node.operator(), node.how().capacity(capacity), inputs);
        };
    }

    /// What to say when the room of a stage that has none is changed.
    static IllegalArgumentException noRoom(Node node, Layout layout) {
        Layout.Edge input = layout.groupOf(node).input;
        String remedy =
                input == null
                        ? "a buffer before it has room, or a strand of its own (Change.model)"
                        : "the items of its strand come through the edge of stage="
                                + input.to().name();
        return new IllegalArgumentException(
                "only a stage that an edge leads to has room: stage="
                        + node.name()
                        + ", operator="
                        + node.operator().describe()
                        + ", how="
                        + node.how().describe()
                        + "; "
                        + remedy);
    }

    private static IllegalArgumentException refused(String rule, Node node) {
        return new IllegalArgumentException(
                rule + ": stage=" + node.name() + ", operator=" + node.operator().describe());
    }
}
