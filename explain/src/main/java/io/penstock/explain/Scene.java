// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.pipeline.Plan;
import io.penstock.stage.ExecutionModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that rules of advice look at. Immutable.
///
/// @param plan how it was to run
/// @param profiles what was measured, in the order of the plan
/// @param line what it amounts to
/// @param machine what it ran on
/// @param recorded what the flight recorder saw
/// @param elapsedNs how long it ran
/// @param target items of the sources per second to size for
/// @param bottleneck the stage that holds up the others; null where none does
record Scene(
        Plan plan,
        List<StageProfile> profiles,
        Line line,
        Machine machine,
        Recorded recorded,
        long elapsedNs,
        double target,
        @Nullable Bottleneck bottleneck) {

    /// Part of an item's time above which it is said to wait.
    static final double WAITS = 0.5;

    /// Part of an item's time below which it is said to compute.
    static final double COMPUTES = 0.1;

    boolean isBottleneck(StageProfile profile) {
        return bottleneck != null && bottleneck.stage().equals(profile.name());
    }

    /// Whether the bottleneck is on the strand of this stage.
    boolean isOnBottleneck(StageProfile profile) {
        return bottleneck != null
                && line.strandOf(line.position(bottleneck.stage()))
                        .contains(line.position(profile.name()));
    }

    /// Strands that work on several items of a stage, or all stages of a strand.
    List<StageProfile> strandOf(StageProfile profile) {
        return line.strandOf(line.position(profile.name())).stream().map(profiles::get).toList();
    }

    double pressure(StageProfile profile) {
        return Bottleneck.pressure(profiles, strandOf(profile).getFirst());
    }

    /// The stages that this one feeds.
    List<StageProfile> fedBy(StageProfile profile) {
        int position = line.position(profile.name());
        return profiles.stream().filter(other -> other.upstream().contains(position)).toList();
    }

    static boolean waits(StageProfile profile) {
        return profile.cost().blocking() > WAITS;
    }

    static boolean computes(StageProfile profile) {
        return profile.cost().isBlockingKnown() && profile.cost().blocking() < COMPUTES;
    }

    /// Whether threads of the operating system carry it.
    boolean isOnPlatform(StageProfile profile) {
        return modelOf(profile) != ExecutionModel.VIRTUAL;
    }

    /// What carries it: for a fused stage, what carries its group.
    ExecutionModel modelOf(StageProfile profile) {
        return groupOf(profile).model();
    }

    /// The stages that it shares its strands with, and itself.
    Plan.Group groupOf(StageProfile profile) {
        return plan.groups().stream()
                .filter(group -> group.name().equals(profile.group()))
                .findFirst()
                .orElseThrow();
    }

    /// Whether its strands would have been heard when they waited for a lock.
    boolean areLocksHeard(StageProfile profile) {
        boolean isHeard = isOnPlatform(profile) || profile.cost().isCpuKnown();
        return !recorded.equals(Recorded.NOTHING) && isHeard;
    }

    /// Cores, rounded, that a rate keeps busy on platform strands, but for the work of one stage,
    /// which may be given workers of its own.
    int busyPlatformStrandsBeside(StageProfile profile, double rate) {
        int busy = 0;
        for (List<Integer> strand : line.strands().values()) {
            if (!isOnPlatform(profiles.get(strand.getFirst()))) {
                continue;
            }
            double cpuNs = 0;
            for (int position : strand) {
                Station station = line.station(position);
                boolean isOther = !station.profile().name().equals(profile.name());
                cpuNs += isOther ? station.profile().flow().visits() * station.cpuNs() : 0;
            }
            busy += (int) Math.rint(rate * cpuNs / LittlesLaw.NANOS);
        }
        return busy;
    }
}
