// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.EdgeStatistics;
import io.penstock.stage.StageStatistics;
import java.util.List;
import java.util.NoSuchElementException;

/// The account of a run at one moment: exact when it has ended, and at most one batch behind while
/// it runs. A batch is made as long as takes some milliseconds, or is a single item that takes
/// longer; only where items of a sudden take much longer than those before does it last for as many
/// as it had begun. Immutable.
///
/// @param pipeline name of the pipeline
/// @param elapsedNs time since the start, until the end
/// @param stages in the order of the plan
/// @param edges in the order of the plan
public record RunStatistics(
        String pipeline, long elapsedNs, List<StageStatistics> stages, List<EdgeStatistics> edges) {
    public RunStatistics {
        stages = List.copyOf(stages);
        edges = List.copyOf(edges);
    }

    /// The stage of this name.
    ///
    /// @throws NoSuchElementException when there is none
    public StageStatistics stage(String name) {
        for (StageStatistics stage : stages) {
            if (stage.name().equals(name)) {
                return stage;
            }
        }
        throw new NoSuchElementException(
                "stage must be part of the pipeline: stage="
                        + name
                        + ", stages="
                        + stages.stream().map(StageStatistics::name).toList());
    }

    /// The edge of this name.
    ///
    /// @throws NoSuchElementException when there is none
    public EdgeStatistics edge(String name) {
        for (EdgeStatistics edge : edges) {
            if (edge.name().equals(name)) {
                return edge;
            }
        }
        throw new NoSuchElementException(
                "edge must be part of the pipeline: edge="
                        + name
                        + ", edges="
                        + edges.stream().map(EdgeStatistics::name).toList());
    }

    /// True when every edge accounts for every item: `sent = received + dropped + left`.
    public boolean isBalanced() {
        return edges.stream().allMatch(EdgeStatistics::isBalanced);
    }
}
