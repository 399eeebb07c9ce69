// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import java.util.List;
import java.util.Objects;

/// One stage of a description and those that feed it. Immutable; compared by identity.
final class Node {
    private final String name;
    private final Operator operator;
    private final How how;
    private final List<Node> inputs;

    Node(String name, Operator operator, How how, List<Node> inputs) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(how, "how");
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "a stage must have a name: operator=" + operator.describe());
        }
        this.name = name;
        this.operator = operator;
        this.how = how;
        this.inputs = List.copyOf(inputs);
    }

    String name() {
        return name;
    }

    Operator operator() {
        return operator;
    }

    How how() {
        return how;
    }

    /// Several for a merge, none for a source, one for everything else.
    List<Node> inputs() {
        return inputs;
    }
}
