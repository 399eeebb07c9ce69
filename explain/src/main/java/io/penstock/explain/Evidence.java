// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What an analysis rests on. Immutable.
///
/// @param extent how much can be concluded from it
/// @param items items that the sources gave
/// @param restNs time for which no strand worked and no source was waited for, at least: the start,
///   wake-ups, the end. In a run that goes on, work or a wait that has not ended counts as well
public record Evidence(Extent extent, long items, double restNs) {
    /// Part of a run without work above which its rates are those of its start.
    static final double RESTING = 0.25;

    /// How much can be concluded.
    public enum Extent {
        /// Nothing: no item has come.
        NOTHING,
        /// Little: a good part of the run was its start and its end. Rates of it are no rates of a
        /// longer run.
        SHORT,
        /// What averages of few items allow.
        FEW,
        /// All that there is to measure.
        ENOUGH
    }

    /// @param elapsedNs how long the run took
    static Evidence of(List<StageProfile> profiles, long elapsedNs) {
        long items = 0;
        double worked = 0;
        Set<String> groups = new HashSet<>();
        for (StageProfile profile : profiles) {
            if (profile.kind() == StageKind.SOURCE) {
                items += profile.flow().in();
                worked += profile.shares().idle() - profile.shares().absent();
            }
            if (groups.add(profile.group())) {
                StageProfile.Shares shares = profile.shares();
                worked += profile.workers() * (shares.groupBusy() + shares.blocked());
            }
        }
        double resting = Math.max(0, 1 - worked);
        Extent extent =
                items == 0
                        ? Extent.NOTHING
                        : resting >= RESTING
                                ? Extent.SHORT
                                : items < Confidence.FEW_ITEMS ? Extent.FEW : Extent.ENOUGH;
        return new Evidence(extent, items, resting * elapsedNs);
    }

    /// Whether rates of the run are those of its work.
    boolean isRateKnown() {
        return extent == Extent.FEW || extent == Extent.ENOUGH;
    }
}
