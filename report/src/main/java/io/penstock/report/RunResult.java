// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

import io.penstock.channel.EdgeStatistics;
import java.util.List;

/// What one run did: everything that its reports show. Immutable; any thread. Money is decimal, in
/// the quote currency; times are ns since 1970 UTC unless they say that they are elapsed time.
///
/// @param setup what was asked for
/// @param status whether it went to its end
/// @param speed how much was processed and how fast
/// @param orders the orders and what became of them
/// @param instruments one for each instrument, in the order of their ids
/// @param equity profit over market time, all instruments together
/// @param latencies the measured latencies, such as feed latency and order latency
/// @param stages one for each stage, in the order of the flow
/// @param edges one for each edge, in the order of the flow
/// @param warnings what the user should know about the data or the run, a sentence each
public record RunResult(
        RunSetup setup,
        RunStatus status,
        RunSpeed speed,
        OrderCounts orders,
        List<InstrumentResult> instruments,
        EquitySeries equity,
        List<LatencyResult> latencies,
        List<StageResult> stages,
        List<EdgeStatistics> edges,
        List<String> warnings) {

    public RunResult {
        instruments = List.copyOf(instruments);
        latencies = List.copyOf(latencies);
        stages = List.copyOf(stages);
        edges = List.copyOf(edges);
        warnings = List.copyOf(warnings);
    }

    /// The same with another status.
    public RunResult with(RunStatus newStatus) {
        return new RunResult(
                setup,
                newStatus,
                speed,
                orders,
                instruments,
                equity,
                latencies,
                stages,
                edges,
                warnings);
    }

    /// The sums over all instruments.
    public Totals totals() {
        return Totals.of(instruments);
    }

    /// True when every edge accounts for each of its messages.
    public boolean isBalanced() {
        return edges.stream().allMatch(EdgeStatistics::isBalanced);
    }
}
