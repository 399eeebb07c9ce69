// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import java.util.ArrayList;
import java.util.List;

/// Workers that each operator of a graph needs for a target rate at its sources, all in one pass:
/// to enlarge the slowest alone moves the bottleneck down the line, one step a run.
public final class ParallelismPass {
    /*
     * V. Kalavri and others, "Three steps is all you need: fast, accurate, automatic scaling
     * decisions for distributed streaming dataflows", OSDI 2018 (DS2), equations 7 and 8. The true
     * rate of an operator is what it does per second of useful time; time in which it waits for
     * input or output is not useful. In topological order, each operator's target is the sum of
     * what its upstream operators emit at theirs. We add the headroom of the Flink autoscaler
     * (FLIP-271): no worker is planned busier than `utilisation`.
     *
     * It assumes that work scales with workers and that no worker gets more than its share; a
     * skewed key breaks that, so the caller asks about skew before it follows the answer.
     */
    private ParallelismPass() {}

    /// One operator as it was measured.
    ///
    /// @param name unique in the graph
    /// @param upstream positions of the operators that feed it, each smaller than its own; empty
    ///   for a source
    /// @param itemsIn items that it took; for a source those that it emitted
    /// @param itemsOut items that it emitted
    /// @param usefulNs time in which it worked, summed over its workers
    public record Operator(
            String name, List<Integer> upstream, long itemsIn, long itemsOut, double usefulNs) {
        public Operator {
            upstream = List.copyOf(upstream);
            LittlesLaw.requirePositive("items in must be positive", "itemsIn", (double) itemsIn);
            LittlesLaw.requirePositive("useful time must be positive", "usefulNs", usefulNs);
        }

        /// Items per second that one worker takes while it works.
        double trueRate() {
            return itemsIn / usefulNs * LittlesLaw.NANOS;
        }

        /// Items emitted for each item taken.
        double selectivity() {
            return (double) itemsOut / itemsIn;
        }
    }

    /// What an operator needs.
    ///
    /// @param name of the operator
    /// @param targetRate items per second that it must take
    /// @param workers as many as that needs, at least 1
    public record Sized(String name, double targetRate, int workers) {}

    /// One pass.
    ///
    /// @param operators in topological order
    /// @param targetRate items per second that the sources are to emit together, each as large a
    ///   part of them as it was measured to emit
    /// @param utilisation share of its time that a worker may be busy, in (0, 1]
    public static List<Sized> size(
            List<Operator> operators, double targetRate, double utilisation) {
        LittlesLaw.requirePositive("target rate must be positive", "targetRate", targetRate);
        LittlesLaw.requireShare(utilisation);
        List<Sized> sized = new ArrayList<>(operators.size());
        double[] emitted = new double[operators.size()];
        double ofSources =
                operators.stream()
                        .filter(operator -> operator.upstream().isEmpty())
                        .mapToDouble(Operator::itemsIn)
                        .sum();
        for (int i = 0; i < operators.size(); i++) {
            Operator operator = operators.get(i);
            boolean isSource = operator.upstream().isEmpty();
            double target = isSource ? targetRate * operator.itemsIn() / ofSources : 0;
            for (int from : operator.upstream()) {
                if (from >= i) {
                    throw new IllegalArgumentException(
                            "operators must be in topological order: operator=%s upstream=%d"
                                    .formatted(operator.name(), from));
                }
                target += emitted[from];
            }
            emitted[i] = target * operator.selectivity();
            int workers = LittlesLaw.whole(target / (operator.trueRate() * utilisation));
            sized.add(new Sized(operator.name(), target, workers));
        }
        return sized;
    }
}
