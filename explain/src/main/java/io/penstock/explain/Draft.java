// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.pipeline.Change;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Advice that is being written: what it does to a line is not applied yet. Confined to the
/// analysis that makes it.
final class Draft {
    private final StageProfile profile;
    private final Diagnosis diagnosis;
    private String to = "";
    private @Nullable Change change;
    private String why = "";
    private @Nullable UnaryOperator<Line> effect;
    private boolean isAtMost;
    private Confidence.@Nullable Doubts doubts;
    private String revise = "";

    Draft(StageProfile profile, Diagnosis diagnosis) {
        this.profile = profile;
        this.diagnosis = diagnosis;
    }

    /// What the stage should be.
    Draft to(String words) {
        to = words;
        return this;
    }

    /// The same as data. Unless told otherwise, its effect is what a line makes of it.
    Draft by(Change wanted) {
        change = wanted;
        effect = effect == null ? line -> line.with(wanted) : effect;
        return this;
    }

    Draft because(String words) {
        why = words;
        return this;
    }

    /// What it does to the rate.
    Draft doing(UnaryOperator<Line> what) {
        effect = what;
        return this;
    }

    /// The effect is only bounded by what was measured.
    Draft atMost() {
        isAtMost = true;
        return this;
    }

    Draft doubting(Confidence.Doubts what) {
        doubts = what;
        return this;
    }

    Draft unless(String what) {
        revise = what;
        return this;
    }

    StageProfile profile() {
        return profile;
    }

    Diagnosis diagnosis() {
        return diagnosis;
    }

    boolean isChange() {
        return change != null;
    }

    /// Whether it is a change whose gain is more than a bound.
    boolean isSure() {
        return isChange() && !isAtMost;
    }

    /// The line when the advice was followed.
    Line follow(Line line) {
        return effect == null ? line : effect.apply(line);
    }

    /// The advice, for a line in which all advice before it was followed.
    Advice finish(Line line, Evidence evidence) {
        Prediction prediction = null;
        if (effect != null) {
            prediction = new Prediction(line.rate(), follow(line).rate(), isAtMost);
        }
        Confidence.Doubts known =
                doubts == null ? Confidence.about(profile, profile.workers()) : doubts;
        known.add(isAtMost, 1, "this is the most that it can gain")
                .add(
                        evidence.extent() == Evidence.Extent.SHORT,
                        2,
                        "the run was short: its start and end, at least %s, gain nothing"
                                .formatted(Figures.time(evidence.restNs())));
        return new Advice(
                profile.name(),
                diagnosis,
                describe(profile),
                to,
                change,
                why,
                prediction,
                known.on(Confidence.items(profile)),
                revise);
    }

    /// How a stage is now.
    static String describe(StageProfile profile) {
        return switch (profile.kind()) {
            case BATCH, LIMIT, BUFFER, MERGE, BROADCAST, UNBATCH -> profile.setting();
            case SOURCE -> "source on " + profile.how().describe();
            case MAP, FILTER, FLAT_MAP, SINK -> profile.how().describe();
        };
    }
}
