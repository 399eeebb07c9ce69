// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.stage.Step;

/// The functions of operators as steps, for stages that want care around them or several workers.
final class Steps {
    private Steps() {}

    /// The step of an operator on the workers of a slot ring: a sink has no results to collect.
    static Step forWorkers(Operator operator) {
        Step step = of(operator);
        if (!(operator instanceof Operator.Sink)) {
            return step;
        }
        return item -> {
            step.apply(item);
            return Step.NOTHING;
        };
    }

    /// The step of an operator with at most one result for each item.
    static Step of(Operator operator) {
        return switch (operator) {
            case Operator.MapItems(var function) -> map(function);
            case Operator.Filter(var test) -> item -> test.test(item) ? item : Step.NOTHING;
            case Operator.Sink(var consumer) ->
                    item -> {
                        consumer.accept(item);
                        return item;
                    };
            default ->
                    throw new IllegalArgumentException(
                            "operator must have a function: " + operator.describe());
        };
    }

    @SuppressWarnings("NullAway") // who runs a step treats null as a failure
    private static Step map(
            java.util.function.Function<Object, ? extends @org.jspecify.annotations.Nullable Object>
                    function) {
        return function::apply;
    }
}
