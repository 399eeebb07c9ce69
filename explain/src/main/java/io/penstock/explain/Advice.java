// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.pipeline.Change;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What to do about a stage. Each piece of advice rests on those before it in its analysis.
/// Immutable.
///
/// @param stage name of the stage
/// @param diagnosis what is wrong with it
/// @param from how it is now, in words
/// @param to what it should be, in words
/// @param change the same as data; null where it is not for the kit to change
/// @param why with numbers
/// @param prediction what it will do to the rate; null where it is about something else, or cannot
///   be told
/// @param confidence how far to trust the prediction
/// @param revise what would change this advice
public record Advice(
        String stage,
        Diagnosis diagnosis,
        String from,
        String to,
        @Nullable Change change,
        String why,
        @Nullable Prediction prediction,
        Confidence confidence,
        String revise) {

    /// The change to give to [io.penstock.pipeline.Pipeline#with], where there is one.
    public Optional<Change> applicable() {
        return Optional.ofNullable(change);
    }

    /// What it will do to the rate, where that can be told.
    public Optional<Prediction> predicted() {
        return Optional.ofNullable(prediction);
    }
}
