// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import java.util.ArrayList;
import java.util.List;

/// What advice promised against what a run with it has reached. Immutable; [#toString] says it in a
/// sentence.
///
/// Rates are those of the whole runs, by the same clock, start and warm-up included: to compare
/// them, give both as many items, and enough of them. A gain that was only bounded is not promised.
///
/// @param rateBefore items of the sources per second before the changes
/// @param ratePredicted what they were to become
/// @param rateReached what they have become
/// @param followed the advice whose changes were made
/// @param verdict how well the prediction was met
public record Verification(
        double rateBefore,
        double ratePredicted,
        double rateReached,
        List<Advice> followed,
        Verdict verdict) {
    /*
     * The test of effectiveness is that of the Flink autoscaler (FLIP-271): a scale-up that reaches
     * too small a part of its promised gain is not to be built upon.
     */

    /// Part of the promised gain below which a change is called ineffective.
    static final double EFFECTIVE = 0.3;

    /// Part of the promised gain from which a prediction is called right.
    static final double RIGHT = 0.8;

    /// Gain, as a share, that no run can tell from noise.
    static final double NOISE = 0.02;

    /// How well a prediction was met.
    public enum Verdict {
        /// At least four fifths of the promised gain.
        REACHED("reached"),
        /// Some of it.
        PARTLY("partly reached"),
        /// Less than a third of it: undo the changes.
        INEFFECTIVE("ineffective: undo it"),
        /// No gain was promised, and nothing was lost.
        KEPT("kept, as promised"),
        /// No gain was promised, and the rate fell.
        LOST("lost although no loss was promised: undo it"),
        /// One of the runs had no items, or was mostly start and end: see [Evidence].
        NOT_JUDGED("cannot be judged, for one of the runs was too short");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    public Verification {
        followed = List.copyOf(followed);
    }

    /// Judges a run in which all changes that were advised before were made.
    public static Verification of(Analysis before, Analysis after) {
        List<Advice> all = new ArrayList<>(before.advice());
        all.removeIf(piece -> piece.change() == null);
        return of(before, all, after);
    }

    /// Judges a run in which some of the changes that were advised before were made.
    ///
    /// @param followed the advice whose changes were made, in its order
    /// @throws IllegalArgumentException when the two are of different pipelines
    public static Verification of(Analysis before, List<Advice> followed, Analysis after) {
        if (!before.pipeline().equals(after.pipeline())) {
            throw new IllegalArgumentException(
                    "both runs must be of one pipeline: before=%s after=%s"
                            .formatted(before.pipeline(), after.pipeline()));
        }
        double predicted = before.predictedRate(followed);
        boolean canTell = before.evidence().isRateKnown() && after.evidence().isRateKnown();
        return new Verification(
                before.rate(),
                predicted,
                after.rate(),
                followed,
                canTell ? verdict(before.rate(), predicted, after.rate()) : Verdict.NOT_JUDGED);
    }

    private static Verdict verdict(double before, double predicted, double reached) {
        double noise = NOISE * before;
        double promised = predicted - before;
        if (promised <= noise) {
            return reached >= predicted - 5 * noise ? Verdict.KEPT : Verdict.LOST;
        }
        double part = (reached - before) / promised;
        return part >= RIGHT
                ? Verdict.REACHED
                : part >= EFFECTIVE ? Verdict.PARTLY : Verdict.INEFFECTIVE;
    }

    /// Whether the changes were seen to be worth keeping.
    public boolean isEffective() {
        return switch (verdict) {
            case REACHED, PARTLY, KEPT -> true;
            case INEFFECTIVE, LOST, NOT_JUDGED -> false;
        };
    }

    @Override
    public String toString() {
        return "predicted %s (%s), got %s (%s): %s"
                .formatted(
                        Figures.rate(ratePredicted),
                        gain(ratePredicted),
                        Figures.rate(rateReached),
                        gain(rateReached),
                        verdict);
    }

    private String gain(double rate) {
        return rateBefore > 0 ? Figures.gain(rate / rateBefore - 1) : "from nothing";
    }
}
