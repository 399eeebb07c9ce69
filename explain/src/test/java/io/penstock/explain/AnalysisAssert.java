// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// What an analysis said, as the tests of planted bottlenecks ask for it.
record AnalysisAssert(Analysis analysis) {
    static AnalysisAssert of(Planted run) {
        return new AnalysisAssert(run.analysis());
    }

    /// All that was diagnosed, as `stage DIAGNOSIS`.
    List<String> diagnoses() {
        return analysis.advice().stream()
                .map(piece -> piece.stage() + " " + piece.diagnosis().name())
                .toList();
    }

    AnalysisAssert says(String diagnosis) {
        assertThat(diagnoses()).as(analysis.toString()).contains(diagnosis);
        return this;
    }

    AnalysisAssert neverSays(Diagnosis diagnosis) {
        assertThat(analysis.advice())
                .as(analysis.toString())
                .noneMatch(piece -> piece.diagnosis() == diagnosis);
        return this;
    }

    AnalysisAssert isHeldUpBy(String stage) {
        assertThat(analysis.bottleneck().map(Bottleneck::stage))
                .as(analysis.toString())
                .contains(stage);
        return this;
    }

    AnalysisAssert advises(String stage, String to) {
        assertThat(analysis.advice())
                .as(analysis.toString())
                .anyMatch(piece -> piece.stage().equals(stage) && piece.to().equals(to));
        return this;
    }

    /// The piece of advice with this diagnosis.
    Advice piece(Diagnosis diagnosis) {
        return analysis.advice().stream()
                .filter(advice -> advice.diagnosis() == diagnosis)
                .findFirst()
                .orElseThrow(() -> new AssertionError(analysis.toString()));
    }
}
