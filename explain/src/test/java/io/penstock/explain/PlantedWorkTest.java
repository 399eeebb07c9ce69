// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.penstock.pipeline.Change;
import io.penstock.pipeline.How;
import io.penstock.stage.ExecutionModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Bottlenecks in what the stages do, each planted in an account, with a near miss beside it.
class PlantedWorkTest {
    /// A source of 1 us and a map of 49 us on one strand, which computes.
    private static Planted computing(How how, double busy, double idle) {
        Planted run = new Planted();
        run.source("feed").items(200_000).service(1_000).time(1, 0, 0).computing(1);
        run.map("price", how).items(200_000).service(49_000).time(busy, idle, 0).computing(1);
        run.sink("out", How.fused()).items(200_000).service(10);
        return run;
    }

    @Test
    void computingOnOneCore() {
        AnalysisAssert said = AnalysisAssert.of(computing(How.fused(), 0, 0));
        said.isHeldUpBy("price").says("price COMPUTING").advises("price", "platform(2)");
        assertThat(said.analysis().ceiling().cause()).isEqualTo(Limit.Cause.CORES);
        assertThat(said.analysis().ceiling().rate()).isCloseTo(40_000, within(10.0));
        assertThat(said.analysis().changes())
                .containsExactly(Change.model("price", ExecutionModel.PLATFORM, 2));
        Prediction prediction = said.piece(Diagnosis.COMPUTING).predicted().orElseThrow();
        assertThat(prediction.before()).isCloseTo(20_000, within(10.0));
        assertThat(prediction.after()).isBetween(39_000.0, 40_000.0);
    }

    @Test
    void neverMoreBusyPlatformWorkersThanCores() {
        Planted run = computing(How.fused(), 0, 0);
        Machine four = new Machine(4, 20);
        Analysis analysis = Analysis.of(run.plan(), run.statistics(), four);
        assertThat(analysis.advice().getFirst().to()).isEqualTo("platform(4)");
        Planted busy = new Planted();
        // the source alone keeps one of the two cores busy
        busy.source("feed").items(200_000).service(25_000).time(1, 0, 0).computing(1);
        busy.map("price", How.fused()).items(200_000).service(25_000);
        AnalysisAssert.of(busy).says("price COMPUTING").advises("price", "platform(1)");
    }

    @Test
    void leavesTheCoreThatAnotherStrandKeepsBusy() {
        // at the ceiling of 40,000/s the source is busy for 0.8 of a core, and price for 1.2
        Planted run = new Planted();
        run.source("feed").items(200_000).service(20_000).time(1, 0, 0).computing(1);
        run.map("price", How.fused()).items(200_000).service(30_000);
        AnalysisAssert.of(run).says("price COMPUTING").advises("price", "platform(1)");
        Analysis roomy = Analysis.of(run.plan(), run.statistics(), new Machine(3, 20));
        assertThat(roomy.advice().getFirst().to()).isEqualTo("platform(2)");
    }

    @Test
    void everyCoreInUse() {
        Planted run = new Planted();
        run.source("feed").items(390_000).service(1_000).time(0.04, 0, 0.96).computing(1);
        run.map("price", How.platform(2))
                .items(390_000)
                .service(49_000)
                .time(0.96, 0.04, 0)
                .computing(1)
                .queue(64, 60, 64)
                .waits(1_000, 0);
        AnalysisAssert said = AnalysisAssert.of(run).says("price MACHINE_FULL");
        assertThat(said.analysis().changes()).isEmpty();
        assertThat(said.piece(Diagnosis.MACHINE_FULL).why())
                .contains("2 cores allow 39,800/s, and 98 %");
    }

    @Test
    void halfOfTheCoresInUseIsNotFull() {
        AnalysisAssert.of(computing(How.fused(), 0, 0)).neverSays(Diagnosis.MACHINE_FULL);
    }

    private static Planted waiting(How how, double cpu) {
        Planted run = new Planted();
        run.source("feed").items(10_000).service(1_000).time(1, 0, 0).computing(cpu);
        run.map("lookup", how).items(10_000).service(999_000);
        run.sink("out", How.fused()).items(10_000).service(10);
        return run;
    }

    @Test
    void waitingForSomethingOutside() {
        AnalysisAssert said = AnalysisAssert.of(waiting(How.fused(), 0.01));
        said.isHeldUpBy("lookup").says("lookup BLOCKING");
        Advice advice = said.piece(Diagnosis.BLOCKING);
        assertThat(advice.to()).isEqualTo("virtual(64)");
        assertThat(advice.why()).contains("Little").contains("99 %");
        assertThat(advice.prediction().gain()).isGreaterThan(40);
        assertThat(advice.confidence().level()).isEqualTo(Confidence.Level.MEDIUM);
        assertThat(advice.revise()).contains("64 at once");
    }

    @Test
    void theSameTimesOnACoreAreNotWaiting() {
        AnalysisAssert.of(waiting(How.fused(), 1))
                .neverSays(Diagnosis.BLOCKING)
                .says("lookup COMPUTING");
    }

    @Test
    void thatVirtualThreadsWaitIsOnlyAssumed() {
        AnalysisAssert said = AnalysisAssert.of(lookups()).says("lookup BLOCKING");
        Confidence confidence = said.piece(Diagnosis.BLOCKING).confidence();
        assertThat(confidence.level()).isEqualTo(Confidence.Level.LOW);
        assertThat(confidence.why()).contains("from what its threads are for");
    }

    @Test
    void processorTimeOfAStrandIsNotThatOfEachStage() {
        Planted run = new Planted();
        run.source("feed").items(10_000).service(1_000).time(1, 0, 0).computing(0.1);
        run.map("parse", How.fused()).items(10_000).service(99_000);
        run.map("lookup", How.fused()).items(10_000).service(900_000);
        AnalysisAssert said = AnalysisAssert.of(run).says("lookup BLOCKING");
        assertThat(said.diagnoses()).doesNotContain("parse BLOCKING");
        assertThat(said.analysis().stage("lookup").cost().isBlockingKnown()).isTrue();
        StageProfile.Cost parse = said.analysis().stage("parse").cost();
        assertThat(parse.isCpuKnown()).isTrue();
        assertThat(parse.isBlockingKnown()).isFalse();
        assertThat(parse.blocking()).isEqualTo(StageProfile.UNKNOWN);
        assertThat(said.analysis().toString()).contains("~9.90 us").contains("~ a guess");
        assertThat(said.analysis().isCeilingComplete()).isTrue();
    }

    @Test
    void theRunQueueIsNotWaiting() {
        Planted run = waiting(How.fused(), 0.2);
        run.specs().getFirst().crowded(0.8);
        AnalysisAssert.of(run).neverSays(Diagnosis.BLOCKING);
    }

    @Test
    void sampledProcessorTimeIsTrustedAsFarAsItsSample() {
        for (long sampled : new long[] {50, 1_250}) {
            Planted run = lookups();
            run.specs().getLast().computing(0.01).sampled(sampled);
            Recorded noLocks = new Recorded(List.of(), 0);
            AnalysisAssert said = new AnalysisAssert(run.analysis(noLocks)).says("lookup BLOCKING");
            Confidence confidence = said.piece(Diagnosis.BLOCKING).confidence();
            assertThat(confidence.level() == Confidence.Level.HIGH).isEqualTo(sampled > 1_000);
            assertThat(confidence.why()).contains("items on a platform thread");
            assertThat(said.analysis().isCeilingComplete()).isTrue();
        }
    }

    private static Planted lookups() {
        Planted run = new Planted();
        run.source("feed").items(10_000).service(1_000).time(0.02, 0, 0.98).computing(1);
        run.map("lookup", How.virtual(8))
                .items(10_000)
                .service(8_000_000)
                .time(1, 0, 0)
                .queue(64, 64, 64)
                .waits(9_000, 0);
        return run;
    }

    @Test
    void unknownProcessorTimeLowersTheConfidence() {
        AnalysisAssert said = AnalysisAssert.of(lookups()).says("lookup BLOCKING");
        Advice advice = said.piece(Diagnosis.BLOCKING);
        assertThat(advice.confidence().level()).isNotEqualTo(Confidence.Level.HIGH);
        assertThat(advice.confidence().why()).contains("that of virtual threads never is");
        assertThat(said.analysis().isCeilingComplete()).isFalse();
        assertThat(said.analysis().toString()).contains("ceiling at most");
    }

    @Test
    void unknownProcessorTimeOnPlatformThreadsAsksForNoMoreThanTheCores() {
        Planted run = new Planted();
        run.source("feed").items(10_000).service(-1).time(1, 0, 0);
        run.map("price", How.fused()).items(10_000).service(990_000);
        AnalysisAssert said = AnalysisAssert.of(run).isHeldUpBy("price").says("price SERIAL");
        said.advises("price", "platform(2)");
        Advice advice = said.piece(Diagnosis.SERIAL);
        assertThat(advice.confidence().level()).isEqualTo(Confidence.Level.LOW);
        assertThat(advice.why()).startsWith("Whether it computes or waits cannot be told");
    }

    /// Waiting that is not for a core may be for a lock, whatever the threads.
    @Test
    void doubtsPlatformWorkersThatMayWaitForLocks() {
        Planted run = new Planted();
        run.source("feed").items(10_000).service(1_000).time(0.02, 0, 0.98).computing(1);
        run.map("count", How.platform(2))
                .items(10_000)
                .service(200_000)
                .time(1, 0, 0)
                .computing(0.65)
                .queue(64, 64, 64)
                .waits(9_000, 0);
        assertThat(AnalysisAssert.of(run).analysis().advice())
                .filteredOn(advice -> advice.stage().equals("count"))
                .isNotEmpty()
                .anySatisfy(
                        advice ->
                                assertThat(advice.confidence().why())
                                        .contains("each other's locks"));
    }

    @Test
    void advisesNothingForAStageThatDoesWhatIsWanted() {
        Planted run = new Planted();
        run.source("feed").items(10_000).service(1_000).time(0.02, 0, 0.98).computing(1);
        run.map("wait", How.virtual(1))
                .items(10_000)
                .service(1_000_000)
                .time(1, 0, 0)
                .queue(64, 64, 64)
                .waits(9_000, 0);
        assertThat(run.analysis(100).advice())
                .noneMatch(advice -> advice.diagnosis() == Diagnosis.SERIAL);
    }

    @Test
    void setsNoCeilingWhereNoTimeWasMeasured() {
        Planted run = new Planted();
        run.source("feed").items(10_000).service(-1).time(0, 0, 1);
        run.map("work", How.virtual(2)).items(10_000).service(1_000_000).time(1, 0, 0);
        Analysis analysis = AnalysisAssert.of(run).analysis();
        assertThat(analysis.ceiling().rate()).isPositive();
        assertThat(analysis.toString()).doesNotContain("1,000,000,000,000");
    }

    @Test
    void timeThatTheSamplesMissedIsNotTheSourcesOwn() {
        Planted run = new Planted();
        // the strand was busy for 1 ms an item, of which samples saw 400 us
        Planted.Spec feed = run.source("feed").items(10_000).service(-1).time(1, 0, 0);
        run.map("price", How.fused()).items(10_000).service(400_000);
        AnalysisAssert.of(run).isHeldUpBy("price");
        feed.computing(0.1).crowded(0);
        AnalysisAssert.of(run).isHeldUpBy("feed");
    }

    @Test
    void aStageThatCannotHaveWorkers() {
        Planted run = new Planted();
        run.source("feed").items(100_000).service(1_000).time(0.01, 0, 0.99).computing(1);
        run.stage("join", "flatMap", How.platform(1))
                .items(100_000)
                .service(99_000)
                .time(1, 0, 0)
                .computing(1)
                .queue(1_024, 1_024, 1_024)
                .waits(900, 0);
        AnalysisAssert said = AnalysisAssert.of(run).isHeldUpBy("join").says("join SERIAL");
        assertThat(said.analysis().ceiling().cause()).isEqualTo(Limit.Cause.SERIAL);
        assertThat(said.analysis().ceiling().stage()).isEqualTo("join");
        assertThat(said.analysis().changes()).isEmpty();
    }

    @Test
    void aSerialStageThatIsNotTheLimit() {
        Planted run = computing(How.fused(), 0, 0);
        run.stage("window", "batch(64)", How.fused()).items(200_000).giving(3_125).service(20);
        AnalysisAssert.of(run).neverSays(Diagnosis.SERIAL);
    }

    @Test
    void aSlowSink() {
        Planted run = new Planted();
        run.source("feed").items(20_000).service(1_000).time(0.01, 0, 0.99).computing(1);
        run.sink("store", How.platform(1))
                .items(20_000)
                .service(500_000)
                .time(1, 0, 0)
                .computing(0.02)
                .queue(1_024, 1_024, 1_024)
                .waits(19_000, 0);
        AnalysisAssert said = AnalysisAssert.of(run).isHeldUpBy("store").says("store SLOW_SINK");
        assertThat(said.piece(Diagnosis.SLOW_SINK).to()).startsWith("virtual(");
    }

    @Test
    void aSinkThatIsFasterThanTheSource() {
        Planted run = new Planted();
        run.source("feed").items(20_000).service(499_000).time(1, 0, 0).computing(0.01);
        run.sink("store", How.platform(1))
                .items(20_000)
                .service(50_000)
                .time(0.1, 0.9, 0)
                .computing(0.02)
                .waits(0, 20_000);
        AnalysisAssert.of(run).neverSays(Diagnosis.SLOW_SINK).says("feed SLOW_SOURCE");
    }

    @Test
    void aSlowSourceNeedsNothing() {
        Planted run = new Planted();
        run.source("feed").items(10_000).service(999_000).time(1, 0, 0).computing(0.001);
        run.map("price", How.fused()).items(10_000).service(500);
        AnalysisAssert said = AnalysisAssert.of(run).isHeldUpBy("feed").says("feed SLOW_SOURCE");
        assertThat(said.diagnoses()).hasSize(1);
        assertThat(said.piece(Diagnosis.SLOW_SOURCE).to()).isEqualTo("no change here");
        assertThat(said.analysis().changes()).isEmpty();
    }

    @Test
    void aSourceThatWaitsForAChannel() {
        Planted run = new Planted();
        run.source("feed").items(10_000).service(100).time(0.02, 0.98, 0).computing(1);
        run.map("price", How.platform(2))
                .items(10_000)
                .service(40_000)
                .time(0.02, 0.98, 0)
                .computing(1);
        AnalysisAssert said = AnalysisAssert.of(run);
        assertThat(said.diagnoses()).isEqualTo(List.of("feed SLOW_SOURCE"));
        assertThat(said.analysis().bottleneck()).isEmpty();
    }

    @Test
    void aSourceThatComputes() {
        Planted run = new Planted();
        run.source("feed").items(10_000).service(999_000).time(1, 0, 0).computing(1);
        run.map("price", How.fused()).items(10_000).service(500);
        AnalysisAssert.of(run).says("feed SERIAL").neverSays(Diagnosis.SLOW_SOURCE);
    }
}
