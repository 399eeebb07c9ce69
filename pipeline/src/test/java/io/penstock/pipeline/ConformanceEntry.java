// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One entry of the conformance suite: an operator, or two models one behind the other, something
/// that goes wrong, and what must be true at the end whatever the models are.
///
/// @param before the model of a stage before the one that is tried; null for none
/// @param operation what is tried
/// @param model how it runs
/// @param trouble what goes wrong in it
record ConformanceEntry(@Nullable Model before, Operation operation, Model model, Trouble trouble) {
    @Override
    public String toString() {
        return row() + ", " + trouble;
    }

    /// Its name but for the trouble.
    String row() {
        return operation + " on " + (before == null ? "" : before + " then ") + model;
    }

    /// What is left of the order of the items at the end.
    Operation.Order order() {
        Operation.Order order = operation.order(model);
        if (before == null || before.keepsOrder()) {
            return order;
        }
        boolean byKey = before.keepsKeyOrder() && order != Operation.Order.NONE;
        return byKey ? Operation.Order.BY_KEY : Operation.Order.NONE;
    }

    /// Every operator on every model with everything that can go wrong.
    static List<ConformanceEntry> ofOperators() {
        List<ConformanceEntry> all = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            addAll(null, operation, all);
        }
        return all;
    }

    /// Every ordered pair of models with everything that can go wrong in the second.
    static List<ConformanceEntry> ofPairs() {
        List<ConformanceEntry> all = new ArrayList<>();
        for (Model before : Model.values()) {
            addAll(before, Operation.MAP, all);
        }
        return all;
    }

    /// The other operators on every ordered pair of models with everything that can go wrong.
    static List<ConformanceEntry> ofOperatorsOnPairs() {
        List<ConformanceEntry> all = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            for (Model before : Model.values()) {
                if (operation != Operation.MAP) {
                    addAll(before, operation, all);
                }
            }
        }
        return all;
    }

    private static void addAll(
            @Nullable Model before, Operation operation, List<ConformanceEntry> all) {
        for (Model model : Model.values()) {
            for (Trouble trouble : Trouble.values()) {
                if (operation.canRunAs(model)) {
                    all.add(new ConformanceEntry(before, operation, model, trouble));
                }
            }
        }
    }
}
