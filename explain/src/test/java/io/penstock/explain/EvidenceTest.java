// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.explain.Evidence.Extent;
import io.penstock.pipeline.How;
import org.junit.jupiter.api.Test;

/// What is concluded from little.
class EvidenceTest {
    /// A source that is gone at once, and a stage with work for a part of the run.
    private static Planted run(long items, double busy, double idle) {
        Planted run = new Planted();
        run.source("feed").items(items).service(1_000).time(0.01, 0, 0).computing(1);
        run.map("price", How.platform(1))
                .items(items)
                .service(busy * Planted.ELAPSED_NS / Math.max(1, items))
                .time(busy, idle, 0)
                .computing(1)
                .queue(1_024, 100, 400);
        run.sink("out", How.fused()).items(items).service(1);
        return run;
    }

    @Test
    void nothingIsConcludedFromNothing() {
        Analysis analysis = run(0, 0, 0.2).analysis();
        assertThat(analysis.evidence().extent()).isEqualTo(Extent.NOTHING);
        assertThat(analysis.evidence().items()).isZero();
        assertThat(analysis.bottleneck()).isEmpty();
        assertThat(analysis.advice()).isEmpty();
        assertThat(analysis.ceiling().rate()).isInfinite();
        assertThat(analysis.toString())
                .contains("nothing measured: no item has come")
                .doesNotContain("bottleneck")
                .doesNotContain("ceiling")
                .doesNotContain("advise");
        assertThat(analysis.toJson()).contains("\"evidence\":{\"extent\":\"NOTHING\",\"items\":0");
    }

    @Test
    void whoIsBusyAfterTheSourceHasEndedIsTheBottleneck() {
        Analysis analysis = run(5_000, 0.97, 0.02).analysis();
        assertThat(analysis.evidence().extent()).isEqualTo(Extent.ENOUGH);
        AnalysisAssert said = new AnalysisAssert(analysis);
        said.isHeldUpBy("price").says("price COMPUTING").neverSays(Diagnosis.SLOW_SOURCE);
        assertThat(analysis.bottleneck().orElseThrow().why()).contains("the source had ended");
    }

    @Test
    void aRunThatIsMostlyItsStartPromisesLittle() {
        Analysis analysis = run(5_000, 0.5, 0.3).analysis();
        assertThat(analysis.evidence().extent()).isEqualTo(Extent.SHORT);
        assertThat(analysis.evidence().restNs()).isBetween(4.8e9, 5e9);
        AnalysisAssert said = new AnalysisAssert(analysis).isHeldUpBy("price");
        assertThat(said.piece(Diagnosis.COMPUTING).confidence().level())
                .isEqualTo(Confidence.Level.LOW);
        assertThat(analysis.toString()).contains("short run: for at least 4.90 s of it nobody");
    }

    @Test
    void aRunInWhichNobodyWorkedForLongTellsNoBottleneck() {
        Planted run = new Planted();
        run.source("feed").items(10_000_000).service(50).time(0.1, 0, 0).computing(1);
        run.map("tiny", How.platform(1)).items(10_000_000).service(50).time(0.1, 0.3, 0);
        Analysis analysis = run.analysis();
        assertThat(analysis.bottleneck()).isEmpty();
        assertThat(analysis.advice()).isEmpty();
        assertThat(analysis.toString()).contains("no bottleneck can be told from a run this short");
    }

    @Test
    void aSourceThatHasEndedIsNotSlow() {
        Planted run = run(5_000, 0.5, 0.5);
        run.map("book", How.platform(1)).items(5_000).service(9e5).time(0.45, 0.55, 0).computing(1);
        Analysis analysis = run.analysis();
        assertThat(analysis.bottleneck()).isEmpty();
        new AnalysisAssert(analysis).neverSays(Diagnosis.SLOW_SOURCE);
    }

    @Test
    void fewItemsAreSaidToBeFew() {
        Analysis analysis = run(20, 0.97, 0.02).analysis();
        assertThat(analysis.evidence().extent()).isEqualTo(Extent.FEW);
        assertThat(analysis.toString()).contains("few items: averages of 20 may be chance");
        assertThat(analysis.advice())
                .isNotEmpty()
                .allMatch(piece -> piece.confidence().level() == Confidence.Level.LOW);
    }

    @Test
    void aSourceThatIsWaitedForIsNotAStart() {
        Planted run = new Planted();
        run.source("feed").items(2_000).service(1_000).time(0.01, 0.98, 0).computing(1);
        run.map("price", How.platform(1)).items(2_000).service(1e5).time(0.1, 0.9, 0).computing(1);
        AnalysisAssert said = AnalysisAssert.of(run).says("feed SLOW_SOURCE");
        assertThat(said.analysis().evidence().extent()).isEqualTo(Extent.ENOUGH);
    }
}
