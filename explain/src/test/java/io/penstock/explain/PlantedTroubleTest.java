// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.pipeline.Change;
import io.penstock.pipeline.How;
import io.penstock.stage.ExecutionModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Bottlenecks in threads, limits, locks and failures, each planted in an account, with a near miss
/// beside it.
class PlantedTroubleTest {
    private static Planted crowd(int workers, double runQueue) {
        return crowd(How.platform(workers), runQueue);
    }

    private static Planted crowd(How how, double runQueue) {
        int workers = how.parallelism();
        Planted run = new Planted();
        run.source("feed").items(200_000).service(500).time(0.01, 0, 0.99).computing(1);
        run.map("price", how)
                .items(200_000)
                .service(workers * 49_000.0)
                .time(0.99, 0.01, 0)
                .computing(1 - runQueue)
                .crowded(runQueue)
                .queue(4 * workers, 4L * workers, 4L * workers)
                .waits(9_000, 0);
        return run;
    }

    @Test
    void tooManyThreadsForTheCores() {
        AnalysisAssert said = AnalysisAssert.of(crowd(16, 0.875));
        said.says("price RUN_QUEUE").advises("price", "platform(2)");
        said.neverSays(Diagnosis.BLOCKING).neverSays(Diagnosis.PLATFORM_WAITING);
        Advice advice = said.piece(Diagnosis.RUN_QUEUE);
        assertThat(advice.change()).isEqualTo(Change.model("price", ExecutionModel.PLATFORM, 2));
        assertThat(advice.prediction().gain()).isBetween(-0.03, 0.03);
        assertThat(advice.why()).contains("not waiting for something outside");
    }

    @Test
    void theBusiestWorkerIsNotGivenTheKeysOfOthers() {
        How how = How.platform(16).orderedBy(item -> item);
        AnalysisAssert.of(crowd(how, 0.875)).says("price RUN_QUEUE");
        Planted run = crowd(how, 0.875);
        run.specs().getLast().time(0.5, 0.5, 0).busiest(0.99);
        AnalysisAssert said = AnalysisAssert.of(run);
        said.says("price SKEWED_KEY").neverSays(Diagnosis.RUN_QUEUE);
        assertThat(said.analysis().changes()).isEmpty();
    }

    @Test
    void asManyThreadsAsCoresAreNotTooMany() {
        AnalysisAssert.of(crowd(2, 0.05)).neverSays(Diagnosis.RUN_QUEUE);
    }

    @Test
    void manyThreadsThatWaitAreNotCrowded() {
        Planted run = crowd(16, 0.02);
        run.specs().getLast().computing(0.02);
        AnalysisAssert.of(run)
                .neverSays(Diagnosis.RUN_QUEUE)
                .neverSays(Diagnosis.COMPUTING)
                .says("price BLOCKING");
    }

    private static Planted limited(long items) {
        Planted run = new Planted();
        run.source("feed").items(items).service(500).time(0.05, 0, 0.95).computing(1);
        run.stage("queue", "buffer(1024, BLOCK)", How.fused())
                .items(items)
                .service(0)
                .time(0.1, 0.9, 0)
                .computing(1)
                .queue(1_024, 1_024, 1_024)
                .waits(900, 0);
        run.stage("pace", "limit(500.0/s)", How.fused()).items(items).service(10);
        run.sink("oms", How.fused()).items(items).service(1_000);
        return run;
    }

    @Test
    void aRateLimitThatIsReached() {
        AnalysisAssert said = AnalysisAssert.of(limited(4_990)).says("pace RATE_LIMIT");
        assertThat(said.analysis().ceiling().cause()).isEqualTo(Limit.Cause.RATE);
        assertThat(said.analysis().ceiling().rate()).isEqualTo(500);
        assertThat(said.analysis().changes()).isEmpty();
    }

    @Test
    void aRateLimitThatIsFarAway() {
        AnalysisAssert.of(limited(2_000)).neverSays(Diagnosis.RATE_LIMIT);
    }

    private static Planted locking() {
        Planted run = new Planted();
        run.source("feed").items(40_000).service(500).time(0.01, 0, 0.99).computing(1);
        run.map("count", How.platform(4))
                .items(40_000)
                .service(980_000)
                .time(0.98, 0.02, 0)
                .computing(0.25)
                .queue(64, 64, 64)
                .waits(9_000, 0);
        return run;
    }

    @Test
    void workersThatWaitForALock() {
        Recorded recorded =
                new Recorded(
                        List.of(
                                new LockWait(
                                        "planted/count#1", "acme.Counter", 9_000, 7_000_000_000L),
                                new LockWait(
                                        "planted/count#2", "acme.Counter", 9_000, 7_000_000_000L),
                                new LockWait("main", "acme.Other", 1, 9_000_000_000L)),
                        0);
        AnalysisAssert said = new AnalysisAssert(locking().analysis(recorded));
        said.says("count LOCK").neverSays(Diagnosis.BLOCKING).neverSays(Diagnosis.COMPUTING);
        Advice advice = said.piece(Diagnosis.LOCK);
        assertThat(advice.why()).contains("acme.Counter").contains("36 %");
        assertThat(advice.applicable()).isEmpty();
    }

    /// One strand that computes for so much of its time, and is ready without a core for the rest.
    private static Planted crowdedBy(double others) {
        Planted run = new Planted();
        run.source("feed").items(40_000).service(500).time(0.01, 0, 0.99).computing(1);
        run.map("price", How.platform(1))
                .items(40_000)
                .service(245_000)
                .time(0.98, 0.02, 0)
                .computing(1 - others)
                .crowded(others)
                .queue(64, 64, 64)
                .waits(9_000, 0);
        return run;
    }

    @Test
    void coresThatOthersHave() {
        AnalysisAssert said = AnalysisAssert.of(crowdedBy(0.6)).says("price FOREIGN_LOAD");
        assertThat(said.piece(Diagnosis.FOREIGN_LOAD).why())
                .contains("for 59 % of the time")
                .contains("uses 0.40 of 2 cores");
        AnalysisAssert.of(crowdedBy(0.1)).neverSays(Diagnosis.FOREIGN_LOAD);
    }

    @Test
    void aLockSharedByTwoStages() {
        Planted run = locking();
        run.map("tag", How.fused()).items(40_000).service(1_000);
        run.sink("store", How.platform(1))
                .items(40_000)
                .service(100_000)
                .time(0.4, 0.6, 0)
                .computing(0.3);
        Recorded recorded =
                new Recorded(
                        List.of(
                                new LockWait("planted/count#3", "acme.Table", 900, 20_000_000_000L),
                                new LockWait("planted/store#1", "acme.Table", 90, 2_000_000_000L)),
                        0);
        AnalysisAssert said = new AnalysisAssert(run.analysis(recorded));
        assertThat(said.diagnoses()).containsOnlyOnce("count LOCK", "store LOCK");
        assertThat(said.diagnoses()).doesNotContain("tag LOCK");
        assertThat(said.piece(Diagnosis.LOCK).why())
                .contains("acme.Table")
                .contains("store waits for one of this class, too.");
    }

    @Test
    void ofVirtualThreadsOnlyOneIsHeard() {
        Planted run = new Planted();
        run.source("feed").items(40_000).service(500).time(0.01, 0, 0.99).computing(1);
        run.map("count", How.virtual(8))
                .items(40_000)
                .service(1_960_000)
                .time(0.98, 0.02, 0)
                .queue(64, 64, 64)
                .waits(9_000, 0);
        Recorded recorded =
                new Recorded(
                        List.of(new LockWait("planted/count#1", "acme.T", 90, 4_000_000_000L)), 0);
        new AnalysisAssert(run.analysis(recorded)).says("count LOCK");
        Advice deaf = new AnalysisAssert(run.analysis()).piece(Diagnosis.BLOCKING);
        assertThat(deaf.confidence().why()).contains("each other's locks was not recorded");
        Recorded nothing = new Recorded(List.of(), 0);
        run.specs().getLast().computing(0.01).sampled(4_000);
        Advice heard = new AnalysisAssert(run.analysis(nothing)).piece(Diagnosis.BLOCKING);
        assertThat(heard.confidence().why()).doesNotContain("locks");
    }

    @Test
    void locksThatHardlyAnybodyWaitsFor() {
        Recorded recorded =
                new Recorded(
                        List.of(new LockWait("planted/count#1", "acme.Counter", 90, 90_000_000L)),
                        0);
        AnalysisAssert said = new AnalysisAssert(locking().analysis(recorded));
        said.neverSays(Diagnosis.LOCK).says("count BLOCKING");
    }

    private static Planted allocating(long bytes) {
        Planted run = new Planted();
        run.source("feed").items(100_000).service(500).time(0.01, 0, 0.99).computing(1);
        Planted.Spec parse =
                run.map("parse", How.platform(2))
                        .items(100_000)
                        .service(190_000)
                        .time(0.95, 0.05, 0)
                        .computing(1)
                        .queue(64, 64, 64)
                        .waits(900, 0);
        parse.allocated = bytes;
        return run;
    }

    @Test
    void aStageThatAllocatesTooMuch() {
        AnalysisAssert.of(allocating(30_000_000_000L)).says("parse ALLOCATION");
        Planted run = allocating(3_000_000_000L);
        Analysis paused = run.analysis(new Recorded(List.of(), 800_000_000));
        assertThat(new AnalysisAssert(paused).piece(Diagnosis.ALLOCATION).why()).contains("8 %");
    }

    @Test
    void aStageThatAllocatesSome() {
        AnalysisAssert.of(allocating(3_000_000_000L)).neverSays(Diagnosis.ALLOCATION);
    }

    private static Planted loop(double cpu, long slowNs) {
        Planted run = new Planted();
        run.source("feed").items(4_000).service(400_000).time(0.64, 0, 0.36).computing(0.1);
        run.map("decide", How.eventLoop("core"))
                .items(4_000)
                .service(2_400_000)
                .spread(1_000_000, slowNs)
                .time(0.97, 0.03, 0)
                .computing(cpu)
                .queue(1_024, 1_024, 1_024)
                .waits(900, 0);
        return run;
    }

    @Test
    void aCallThatWaitsInAnEventLoop() {
        AnalysisAssert said = AnalysisAssert.of(loop(0.05, 9_000_000)).isHeldUpBy("decide");
        said.says("decide BLOCKED_LOOP");
        assertThat(said.piece(Diagnosis.BLOCKED_LOOP).to()).startsWith("virtual(");
    }

    @Test
    void anEventLoopThatComputesIsSerialByChoice() {
        AnalysisAssert.of(loop(1, 9_000_000))
                .neverSays(Diagnosis.BLOCKED_LOOP)
                .says("decide SERIAL");
    }

    private static Planted troubled(long retried, long timedOut, long failed) {
        Planted run = new Planted();
        run.source("feed").items(10_000).service(500).time(0.01, 0, 0.99).computing(1);
        Planted.Spec call =
                run.map("call", How.virtual(8))
                        .items(10_000)
                        .service(7_900_000)
                        .time(0.99, 0.01, 0)
                        .computing(0.01)
                        .queue(64, 64, 64)
                        .waits(900, 0);
        call.retried = retried;
        call.timedOut = timedOut;
        call.failed = failed;
        return run;
    }

    @Test
    void aStormOfRetries() {
        AnalysisAssert said = AnalysisAssert.of(troubled(15_000, 0, 0)).says("call RETRIES");
        assertThat(said.piece(Diagnosis.RETRIES).why()).contains("60 %").contains("15,000");
        assertThat(said.piece(Diagnosis.RETRIES).prediction().isAtMost()).isTrue();
    }

    @Test
    void deadlinesThatThrowWorkAway() {
        AnalysisAssert.of(troubled(0, 4_000, 4_000)).says("call TIMEOUTS");
    }

    @Test
    void itemsThatFail() {
        AnalysisAssert.of(troubled(0, 0, 3_000)).says("call FAILURES");
    }

    @Test
    void aFewFailuresAreNothing() {
        AnalysisAssert.of(troubled(500, 500, 500))
                .neverSays(Diagnosis.RETRIES)
                .neverSays(Diagnosis.TIMEOUTS)
                .neverSays(Diagnosis.FAILURES);
    }

    private static Planted branches(double otherBusy) {
        Planted run = new Planted();
        run.source("feed").items(10_000).service(500).time(0.01, 0, 0.99).computing(1);
        run.stage("both", "broadcast(2)", How.fused()).items(10_000).giving(20_000).service(10);
        run.sink("store", How.platform(1))
                .items(10_000)
                .service(990_000)
                .time(0.99, 0.01, 0)
                .computing(0.01)
                .queue(1_024, 1_024, 1_024)
                .waits(9_000, 0);
        run.sink("show", How.platform(1))
                .after(1)
                .items(10_000)
                .service(otherBusy * 1e6)
                .time(otherBusy, 1 - otherBusy, 0)
                .computing(0.01)
                .queue(1_024, 1, 3)
                .waits(0, 9_000);
        return run;
    }

    @Test
    void aBranchThatHoldsUpTheOther() {
        AnalysisAssert.of(branches(0.1))
                .isHeldUpBy("store")
                .says("store SLOW_BRANCH")
                .says("store SLOW_SINK");
    }

    @Test
    void branchesThatAreEquallySlow() {
        AnalysisAssert.of(branches(0.9)).neverSays(Diagnosis.SLOW_BRANCH);
    }

    @Test
    void computingOnVirtualThreads() {
        Planted run = new Planted();
        run.source("feed").items(100_000).service(500).time(0.01, 0, 0.99).computing(1);
        run.map("price", How.virtual(2))
                .items(100_000)
                .service(195_000)
                .time(0.98, 0.02, 0)
                .computing(1)
                .queue(64, 64, 64)
                .waits(900, 0);
        AnalysisAssert.of(run).says("price VIRTUAL_COMPUTING").advises("price", "platform(2)");
    }

    @Test
    void waitingOnPlatformThreads() {
        Planted run = new Planted();
        run.source("feed").items(20_000).service(499_000).time(1, 0, 0).computing(0.01);
        run.map("call", How.platform(32))
                .items(20_000)
                .service(4_000_000)
                .time(0.25, 0.75, 0)
                .computing(0.01)
                .queue(128, 2, 9);
        AnalysisAssert.of(run).says("call PLATFORM_WAITING").advises("call", "virtual(32)");
    }

    @Test
    void processesAreNeverAdvised() {
        for (ExecutionModel model : ExecutionModel.values()) {
            assertThat(model.name()).doesNotContain("PROCESS");
        }
        assertThat(AnalysisAssert.of(crowd(16, 0.875)).analysis().toString())
                .doesNotContain("processes(");
    }
}
