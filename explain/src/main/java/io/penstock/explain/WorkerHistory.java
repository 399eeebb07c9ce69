// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.explain.ScalabilityLaw.Point;
import io.penstock.pipeline.Change;
import io.penstock.stage.ExecutionModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What runs with different numbers of workers of one stage say about how many are best. Immutable.
///
/// @param stage name of the stage
/// @param points those runs in which the stage was the bottleneck: in the others its rate was that
///   of somebody else
/// @param scalability the law fitted to them, or why there is none
/// @param last the last of the runs
public record WorkerHistory(
        String stage, List<Point> points, Scalability scalability, Analysis last) {
    public WorkerHistory {
        points = List.copyOf(points);
    }

    /// Reads runs of one pipeline, oldest first.
    ///
    /// @throws IllegalArgumentException when there is none
    public static WorkerHistory of(String stage, List<Analysis> runs) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a history must have a run: stage=" + stage);
        }
        List<Point> points = new ArrayList<>();
        for (Analysis run : runs) {
            boolean isLimit = run.bottleneck().filter(b -> b.stage().equals(stage)).isPresent();
            if (isLimit && run.rate() > 0) {
                points.add(new Point(run.stage(stage).workers(), run.rate()));
            }
        }
        return new WorkerHistory(stage, points, ScalabilityLaw.fit(points), runs.getLast());
    }

    /// The number of workers with the highest rate, where the runs tell it.
    public OptionalInt best() {
        return scalability instanceof ScalabilityLaw law ? law.peak() : OptionalInt.empty();
    }

    /// A change to the best number of workers that the resources of the stage allow; empty where
    /// the runs do not tell it, or where the last run had it.
    public Optional<Advice> advice() {
        if (!(scalability instanceof ScalabilityLaw law) || law.peak().isEmpty()) {
            return Optional.empty();
        }
        StageProfile profile = last.stage(stage);
        Line line = Line.of(last.stages(), last.machine());
        int best = Math.min(law.peak().getAsInt(), line.mostWorkers(line.position(stage)));
        if (best == profile.workers()) {
            return Optional.empty();
        }
        boolean isParallel = profile.how().model() != ExecutionModel.FUSED;
        ExecutionModel model = isParallel ? profile.how().model() : ExecutionModel.PLATFORM;
        double now = law.rate(Math.min(profile.workers(), law.reach()));
        Confidence.Doubts doubts =
                new Confidence.Doubts()
                        .add(law.fit() < 0.9, 1, "the curve explains only " + share(law))
                        .add(best > law.largestMeasured(), 1, "so many were never measured");
        return Optional.of(
                new Advice(
                        stage,
                        Diagnosis.OFF_PEAK,
                        profile.how().describe(),
                        model + "(" + best + ")",
                        Change.model(stage, model, best),
                        why(law, best),
                        new Prediction(last.rate(), last.rate() * law.rate(best) / now, false),
                        doubts.on(points.size() + " runs measured, fit " + share(law)),
                        "The load of the runs was not the same."));
    }

    private static String share(ScalabilityLaw law) {
        return Figures.percent(Math.max(0, law.fit()));
    }

    private static String why(ScalabilityLaw law, int best) {
        return ("The universal scalability law fits these runs with %s of the work done by one at a"
                        + " time (sigma) and %s for each pair that must agree (kappa): %d workers"
                        + " are the fastest, at %s.")
                .formatted(
                        Figures.percent(law.sigma()),
                        Figures.percent(law.kappa()),
                        best,
                        Figures.rate(law.rate(best)));
    }
}
