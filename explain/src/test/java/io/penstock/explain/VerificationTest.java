// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.penstock.explain.Verification.Verdict;
import io.penstock.pipeline.Change;
import io.penstock.pipeline.How;
import io.penstock.pipeline.RunStatistics;
import io.penstock.stage.ExecutionModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerificationTest {
    /// A stage on platform threads that computes, and a source that could give more.
    private static Analysis run(int workers, long items) {
        Planted run = new Planted();
        run.source("feed").items(items).service(1_000).time(0.02, 0, 0.98).computing(1);
        run.map("price", How.platform(workers))
                .items(items)
                .service(workers * 1e10 / items)
                .time(0.98, 0.02, 0)
                .computing(1)
                .queue(64, 64, 64)
                .waits(900, 0);
        return Analysis.of(run.plan(), run.statistics(), new Machine(4, 20));
    }

    @Test
    void statesWhatWasPredictedAndWhatWasReached() {
        Analysis before = run(1, 200_000);
        assertThat(before.predictedRate()).isBetween(60_000.0, 80_000.0);
        Verification verification = Verification.of(before, run(4, 740_000));
        assertThat(verification.rateBefore()).isEqualTo(20_000);
        assertThat(verification.ratePredicted()).isCloseTo(before.predictedRate(), within(1e-6));
        assertThat(verification.rateReached()).isEqualTo(74_000);
        assertThat(verification.verdict()).isEqualTo(Verdict.REACHED);
        assertThat(verification.followed()).hasSize(1);
        assertThat(verification.toString()).startsWith("predicted 7").contains("got 74,000/s");
    }

    @Test
    void marksWhatDidNotHelp() {
        Verification verification = Verification.of(run(1, 200_000), run(4, 250_000));
        assertThat(verification.verdict()).isEqualTo(Verdict.INEFFECTIVE);
        assertThat(verification.isEffective()).isFalse();
        assertThat(verification.toString()).endsWith("ineffective: undo it");
        assertThat(Verification.of(run(1, 200_000), run(4, 500_000)).verdict())
                .isEqualTo(Verdict.PARTLY);
        assertThat(Verification.of(run(1, 200_000), run(4, 150_000)).verdict())
                .isEqualTo(Verdict.INEFFECTIVE);
    }

    @Test
    void countsOnlyWhatWasFollowed() {
        Analysis before = run(1, 200_000);
        Verification kept = Verification.of(before, List.of(), run(1, 199_000));
        assertThat(kept.ratePredicted()).isEqualTo(20_000);
        assertThat(kept.verdict()).isEqualTo(Verdict.KEPT);
        assertThat(Verification.of(before, List.of(), run(1, 150_000)).verdict())
                .isEqualTo(Verdict.LOST);
    }

    /// Bursts that fill a small queue: what more room gains is only bounded.
    private static Analysis bursts(long items) {
        Planted run = new Planted();
        run.source("feed").items(items).service(1_000).time(0.5, 0.1, 0.4).computing(1);
        run.map("price", How.platform(1))
                .items(items)
                .service(0.5e10 / items)
                .time(0.5, 0.5, 0)
                .computing(1)
                .queue(16, 8, 16)
                .waits(900, 900);
        return run.analysis();
    }

    @Test
    void doesNotTakeABoundForAPromise() {
        Analysis before = bursts(200_000);
        assertThat(before.advice()).anyMatch(piece -> piece.predicted().orElseThrow().isAtMost());
        Verification verification = Verification.of(before, bursts(205_000));
        assertThat(verification.ratePredicted()).isEqualTo(before.predictedRate());
        assertThat(verification.verdict()).isEqualTo(Verdict.KEPT);
    }

    @Test
    void doesNotJudgeARunWithoutItems() {
        Verification verification = Verification.of(run(1, 200_000), run(4, 0));
        assertThat(verification.verdict()).isEqualTo(Verdict.NOT_JUDGED);
        assertThat(verification.isEffective()).isFalse();
        assertThat(Verification.of(run(1, 0), run(4, 10_000)).toString())
                .isEqualTo(
                        "predicted 0/s (from nothing), got 1,000/s (from nothing): cannot be"
                                + " judged, for one of the runs was too short");
    }

    @Test
    void refusesRunsOfDifferentPipelines() {
        Planted other = new Planted();
        other.source("feed").items(100).service(1_000).time(1, 0, 0);
        RunStatistics named = other.statistics();
        Analysis after =
                Analysis.of(
                        other.plan(),
                        new RunStatistics("other", 1, named.stages(), named.edges()),
                        Planted.MACHINE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Verification.of(run(1, 100), after))
                .withMessage("both runs must be of one pipeline: before=planted after=other");
    }

    /// Items that so many workers do in the time, when a tenth of the work is for one at a time and
    /// each pair of them costs three hundredths.
    private static long items(int workers) {
        return (long)
                (200_000 * workers / (1 + 0.1 * (workers - 1) + 0.03 * workers * (workers - 1)));
    }

    @Test
    void saysWhichNumberOfWorkersIsBestAfterFourRuns() {
        List<Analysis> runs = new ArrayList<>();
        for (int workers : new int[] {1, 2, 4}) {
            runs.add(run(workers, items(workers)));
        }
        WorkerHistory three = WorkerHistory.of("price", runs);
        assertThat(three.best()).isEmpty();
        assertThat(three.advice()).isEmpty();
        assertThat(three.scalability()).isInstanceOf(Scalability.Refused.class);
        runs.add(run(8, items(8)));
        WorkerHistory four = WorkerHistory.of("price", runs);
        // sqrt((1 - 0.1) / 0.03) = 5.48; 5 x 6 = 30 is not below 30, so 5 is as good as 6
        assertThat(four.best().orElseThrow()).isBetween(5, 6);
        Advice advice = four.advice().orElseThrow();
        int best = four.best().getAsInt();
        assertThat(advice.change()).isEqualTo(Change.model("price", ExecutionModel.PLATFORM, best));
        assertThat(advice.why()).contains("10 %").contains("3 %");
        assertThat(advice.prediction().gain()).isPositive();
        assertThat(advice.confidence().level()).isEqualTo(Confidence.Level.HIGH);
    }

    @Test
    void doesNotLearnFromRunsInWhichSomebodyElseWasTheLimit() {
        Planted idle = new Planted();
        idle.source("feed").items(1_000).service(1e7).time(1, 0, 0).computing(0.01);
        idle.map("price", How.platform(16)).items(1_000).service(1e5).time(0.01, 0.99, 0);
        List<Analysis> runs = new ArrayList<>(List.of(run(1, items(1)), run(2, items(2))));
        runs.add(idle.analysis());
        assertThat(WorkerHistory.of("price", runs).points()).hasSize(2);
    }
}
