// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.pipeline.Change;
import io.penstock.pipeline.Plan;
import io.penstock.pipeline.RunStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What limits a run, why, and what to do about it. Immutable; [#toString] is a report for people
/// and [#toJson] the same for programs.
///
/// It is a calculation on what a run has counted: the same account gives the same advice. An
/// account of a run that goes on will do, and one of its end is better. From one without items
/// nothing is concluded: there is no bottleneck then, no advice, and no limit is known.
///
/// @param pipeline name of the pipeline
/// @param machine what it ran on
/// @param elapsedNs how long it ran
/// @param rate items of the sources per second
/// @param targetRate the rate that is wanted, in items of the sources per second; infinite where as
///   many as possible are
/// @param evidence what all that follows rests on
/// @param ceiling the rate that no plan for these functions passes on this machine
/// @param isCeilingComplete false where the processor time of a stage is not known, so that the
///   true ceiling may be lower
/// @param limit the rate that this plan cannot pass
/// @param holdUp the stage that holds up the others; null where nobody waits for anybody
/// @param stages what was measured, in the order of the plan
/// @param advice what to do, the most useful first; each piece rests on those before it
/// @param warnings what the plan asked about before the run
public record Analysis(
        String pipeline,
        Machine machine,
        long elapsedNs,
        double rate,
        double targetRate,
        Evidence evidence,
        Limit ceiling,
        boolean isCeilingComplete,
        Limit limit,
        @Nullable Bottleneck holdUp,
        List<StageProfile> stages,
        List<Advice> advice,
        List<Plan.Warning> warnings) {
    public Analysis {
        stages = List.copyOf(stages);
        advice = List.copyOf(advice);
        warnings = List.copyOf(warnings);
    }

    /// Analyses a run, to be as fast as its machine allows.
    ///
    /// @param plan of the pipeline that ran
    /// @throws java.util.NoSuchElementException when the statistics are those of another pipeline
    public static Analysis of(Plan plan, RunStatistics statistics, Machine machine) {
        return of(plan, statistics, machine, Recorded.NOTHING);
    }

    /// The same, with what the flight recorder saw: see [Contention].
    public static Analysis of(
            Plan plan, RunStatistics statistics, Machine machine, Recorded recorded) {
        return new Examination(plan, statistics, machine, recorded, Double.POSITIVE_INFINITY)
                .analysis();
    }

    /// Analyses a run that is to reach `targetRate` items of its sources per second, and no more;
    /// infinity for as many as its machine allows.
    public static Analysis of(
            Plan plan,
            RunStatistics statistics,
            Machine machine,
            Recorded recorded,
            double targetRate) {
        if (!(targetRate > 0)) {
            throw new IllegalArgumentException(
                    "target rate must be positive: targetRate=" + targetRate);
        }
        return new Examination(plan, statistics, machine, recorded, targetRate).analysis();
    }

    /// The stage that holds up the others, where one does.
    public Optional<Bottleneck> bottleneck() {
        return Optional.ofNullable(holdUp);
    }

    /// All changes that are advised, to be given to [io.penstock.pipeline.Pipeline#with].
    public List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (Advice piece : advice) {
            piece.applicable().ifPresent(changes::add);
        }
        return changes;
    }

    /// The rate to expect when all changes are made. Advice that is not a change is not in it, and
    /// neither is a gain that is only bounded.
    public double predictedRate() {
        return predictedRate(advice);
    }

    /// The same when some of the changes are made. Each gain is that after the advice before it.
    double predictedRate(List<Advice> followed) {
        double predicted = rate;
        for (Advice piece : followed) {
            Prediction prediction = piece.prediction();
            if (piece.change() != null && prediction != null && !prediction.isAtMost()) {
                predicted *= 1 + prediction.gain();
            }
        }
        return predicted;
    }

    /// The profile of a stage.
    ///
    /// @throws java.util.NoSuchElementException when it is not part of the pipeline
    public StageProfile stage(String name) {
        return stages.stream().filter(stage -> stage.name().equals(name)).findFirst().orElseThrow();
    }

    /// The report, for a terminal.
    @Override
    public String toString() {
        return ReportText.of(this);
    }

    /// The same as JSON.
    public String toJson() {
        return ReportJson.of(this);
    }
}
