// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.OverflowPolicy;
import io.penstock.stage.ExecutionModel;
import io.penstock.stage.OrderGuarantee;
import java.util.List;

/// What a [Pipeline] will be when it runs: which stages share a strand, what lies between them,
/// what it can hold at most, and what looks wrong. Immutable; [#toString] is a readable table.
///
/// @param pipeline name of the pipeline
/// @param stages each before those that it feeds
/// @param groups stages that share a strand
/// @param edges bounded hand-offs between strands
/// @param worstCaseItems items of the sources that can be inside at once: in edges, in batches that
///   are being filled, and in hand. An item that a flat map makes counts as one
/// @param warnings what the planner would ask about
public record Plan(
        String pipeline,
        List<Stage> stages,
        List<Group> groups,
        List<Edge> edges,
        long worstCaseItems,
        List<Warning> warnings) {

    /// How an edge is used, which decides how fast it can be.
    public enum Topology {
        /// One strand sends, one receives.
        ONE_TO_ONE,
        /// Several strands send, one receives.
        MANY_TO_ONE,
        /// One strand sends, several workers receive.
        ONE_TO_MANY,
        /// A slot ring: one strand puts, several work, one collects.
        ONE_TO_WORKERS_TO_ONE
    }

    /// One stage.
    ///
    /// @param name name of the stage
    /// @param operator what it does, in words
    /// @param how how it was asked to run
    /// @param group name of the group that runs it
    /// @param order what is left at its output of the order of the sources
    public record Stage(
            String name, String operator, How how, String group, OrderGuarantee order) {}

    /// Stages that share their strands, in order.
    ///
    /// @param name name of its first stage
    /// @param model what carries it
    /// @param workers strands; those of an event loop are counted by its first group only
    /// @param strands names of the strands
    /// @param stages names of the stages
    public record Group(
            String name,
            ExecutionModel model,
            int workers,
            List<String> strands,
            List<String> stages) {
        public Group {
            strands = List.copyOf(strands);
            stages = List.copyOf(stages);
        }
    }

    /// A bounded hand-off.
    ///
    /// @param name unique in the plan
    /// @param from names of the stages that send
    /// @param to name of the stage that receives
    public record Edge(
            String name,
            List<String> from,
            String to,
            int capacity,
            Topology topology,
            OverflowPolicy overflow) {
        public Edge {
            from = List.copyOf(from);
        }
    }

    /// What a warning is about.
    public enum Rule {
        /// Several execution models in one pipeline, for no reason that can be seen.
        MIXED_MODELS,
        /// More threads that may keep a core busy than there are cores.
        MORE_THREADS_THAN_CORES,
        /// Items dropped although their source could wait.
        DROPS_BEHIND_A_PULLED_SOURCE,
        /// A rate limit in one branch that holds the strand of the others.
        LIMIT_SHARES_A_STRAND,
        /// An event loop with a stage that may block.
        BLOCKING_IN_A_LOOP,
        /// Work that waits without a deadline: reported while it runs, but not ended.
        WAITS_WITHOUT_A_DEADLINE,
        /// More workers than there is of a resource that they use.
        MORE_WORKERS_THAN_RESOURCE,
        /// An edge with room for more than a million items.
        MUCH_ROOM
    }

    /// Something to ask about.
    ///
    /// @param stage name of the stage, or of the pipeline
    /// @param text what and why, in words
    public record Warning(Rule rule, String stage, String text) {}

    public Plan {
        stages = List.copyOf(stages);
        groups = List.copyOf(groups);
        edges = List.copyOf(edges);
        warnings = List.copyOf(warnings);
    }

    /// The plan as a table, for people.
    @Override
    public String toString() {
        return PlanText.of(this);
    }
}
