// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.pipeline.How;

/// A stage in a [Line]: what an item costs there, and how many items it serves at a time.
///
/// @param profile what was measured
/// @param how how it would run
/// @param workNs time of a strand that one item uses up
/// @param cpuNs processor time of it; 0 where unknown
/// @param servers items served at a time: the workers, or fewer where order or keys hold them up
/// @param isBound whether more workers would serve no more
record Station(
        StageProfile profile,
        How how,
        double workNs,
        double cpuNs,
        double servers,
        boolean isBound) {

    /// As it was measured.
    static Station of(StageProfile profile) {
        return new Station(
                profile,
                profile.how(),
                profile.cost().workNs(),
                Math.max(0, profile.cost().cpuNs()),
                profile.workers(),
                false);
    }

    /// Run in another way, with all of its workers.
    Station with(How other) {
        double served = isBound ? Math.min(servers, other.parallelism()) : other.parallelism();
        return new Station(profile, other, workNs, cpuNs, served, isBound);
    }

    Station withServers(double count, boolean bound) {
        return new Station(profile, how, workNs, cpuNs, count, bound);
    }

    /// Every item costs `ns` more, or less, in work and on the processor.
    Station plus(double ns) {
        return new Station(
                profile, how, Math.max(0, workNs + ns), Math.max(0, cpuNs + ns), servers, isBound);
    }

    /// Every item costs `factor` times as much.
    Station times(double factor) {
        return new Station(profile, how, workNs * factor, cpuNs * factor, servers, isBound);
    }

    /// Strand time that one item of the sources costs here.
    double demandNs() {
        return profile.flow().visits() * workNs;
    }

    /// Most items of the sources per second that a rate limit lets through.
    double limit() {
        double visits = profile.flow().visits();
        return visits > 0 ? profile.limit() / visits : Double.POSITIVE_INFINITY;
    }
}
