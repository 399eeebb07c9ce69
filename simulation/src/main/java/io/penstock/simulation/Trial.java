// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.time.Duration;
import java.util.List;

/// One run and how it ended.
///
/// @param schedule its choices
/// @param trace a number that tells runs apart
/// @param steps operations of the kit
/// @param switches times that another strand went on
/// @param elapsed virtual time
/// @param words what happened, step by step; empty unless it was asked for
public record Trial(
        Outcome outcome,
        Schedule schedule,
        long trace,
        long steps,
        long switches,
        Duration elapsed,
        List<String> words) {
    public Trial {
        words = List.copyOf(words);
    }

    static Trial of(SimulatedScheduler scheduler, Outcome outcome) {
        return new Trial(
                outcome,
                scheduler.schedule(),
                scheduler.trace(),
                scheduler.steps(),
                scheduler.switches(),
                scheduler.elapsed(),
                scheduler.words());
    }
}
