// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import java.util.ArrayList;
import java.util.List;

/// How far a prediction can be trusted.
///
/// @param level how far
/// @param why what it rests on, and what is missing
public record Confidence(Level level, String why) {
    /// Items of a stage below which its averages are not trusted.
    static final long FEW_ITEMS = 1_000;

    /// Items on a sampled strand below which their processor time is not trusted.
    static final long FEW_SAMPLES = 100;

    /// How many times as many workers as were measured are still close to the measurement.
    static final double FAR = 8;

    /// From doubtful to well founded.
    public enum Level {
        LOW("low"),
        MEDIUM("medium"),
        HIGH("high");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /// Collects what speaks against trusting a prediction.
    static final class Doubts {
        private final List<String> doubts = new ArrayList<>();
        private int weight;

        Doubts add(boolean applies, int heavy, String doubt) {
            if (applies) {
                doubts.add(doubt);
                weight += heavy;
            }
            return this;
        }

        /// High without a doubt, medium with a light one, low with two or a heavy one.
        Confidence on(String measured) {
            Level level = weight == 0 ? Level.HIGH : weight == 1 ? Level.MEDIUM : Level.LOW;
            return new Confidence(
                    level,
                    doubts.isEmpty() ? measured : measured + ", but " + String.join("; ", doubts));
        }
    }

    /// What speaks against numbers of this stage, changed to `workers`.
    static Doubts about(StageProfile profile, double workers) {
        return new Doubts()
                .add(profile.flow().in() < FEW_ITEMS, 2, "these are few")
                .add(
                        !profile.cost().isCpuKnown(),
                        1,
                        "its processor time is not known, as that of virtual threads never is; a"
                                + " calibrated run samples it")
                .add(
                        profile.cost().isCpuGuessed(),
                        1,
                        "processor time is known for its strand only, which has other stages as"
                                + " well")
                .add(
                        profile.cost().sampledItems() > 0,
                        profile.cost().sampledItems() < FEW_SAMPLES ? 1 : 0,
                        "its processor time is that of %s on a platform thread"
                                .formatted(Figures.count(profile.cost().sampledItems(), "item")))
                .add(
                        workers > FAR * profile.workers(),
                        1,
                        "never more than %s was measured at a time"
                                .formatted(Figures.count(profile.workers(), "item")));
    }

    /// The items that it rests on, in words.
    static String items(StageProfile profile) {
        return Figures.count(profile.flow().in(), "item") + " measured";
    }

    @Override
    public String toString() {
        return level + " (" + why + ")";
    }
}
