// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.penstock.pipeline.Batch;
import io.penstock.pipeline.Change;
import io.penstock.pipeline.How;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Bottlenecks in order, room and batches, each planted in an account, with a near miss beside it.
class PlantedOrderTest {
    /// A parallel stage with its workers busy for so long although the source is blocked.
    private static Planted held(How how, double busy, long slowNs) {
        Planted run = new Planted();
        run.source("feed").items(8_000).service(1_000).time(0.01, 0, 0.99).computing(1);
        run.map("work", how)
                .items(8_000)
                .service(1_000_000 * busy * how.parallelism() / 0.8)
                .spread(1_000_000, slowNs)
                .time(busy, 1 - busy, 0)
                .computing(0.02)
                .queue(how.capacity(), how.capacity(), how.capacity())
                .waits(7_000, 100);
        run.sink("out", How.fused()).items(8_000).service(500).time(0.01, 0.99, 0).computing(1);
        return run;
    }

    @Test
    void aSkewedKey() {
        How how = How.virtual(8).orderedBy(item -> item);
        Planted run = held(how, 0.14, 1_200_000);
        run.specs().get(1).busiest(0.98);
        AnalysisAssert said = AnalysisAssert.of(run);
        said.isHeldUpBy("work").says("work SKEWED_KEY").neverSays(Diagnosis.BLOCKING);
        Advice advice = said.piece(Diagnosis.SKEWED_KEY);
        assertThat(advice.applicable()).isEmpty();
        assertThat(advice.why()).contains("More workers will not help").contains("only 1.12");
        assertThat(said.analysis().ceiling().cause()).isEqualTo(Limit.Cause.KEY);
        assertThat(said.analysis().ceiling().rate()).isCloseTo(800, within(8.0));
    }

    @Test
    void aSkewedKeyThatTheMeanHides() {
        // Two thirds of the items have the key of one worker, so that both together look busy.
        Planted run = held(How.platform(2).orderedBy(item -> item), 0.75, 1_200_000);
        run.specs().get(1).busiest(1);
        AnalysisAssert said = AnalysisAssert.of(run);
        said.isHeldUpBy("work").says("work SKEWED_KEY");
        assertThat(said.piece(Diagnosis.SKEWED_KEY).why()).contains("67 % of the work");
        assertThat(said.analysis().changes()).isEmpty();
        assertThat(said.analysis().ceiling().cause()).isEqualTo(Limit.Cause.KEY);
    }

    @Test
    void evenKeysThatWaitAreNotSkewed() {
        How how = How.virtual(8).orderedBy(item -> item).capacity(8);
        AnalysisAssert.of(held(how, 0.5, 1_200_000))
                .neverSays(Diagnosis.SKEWED_KEY)
                .says("work SMALL_WINDOW");
    }

    @Test
    void evenKeysAreWorkersThatAreAllBusy() {
        How how = How.virtual(8).orderedBy(item -> item);
        AnalysisAssert.of(held(how, 0.99, 1_200_000))
                .neverSays(Diagnosis.SKEWED_KEY)
                .says("work BLOCKING");
    }

    @Test
    void aSlowItemBeforeFinishedOnes() {
        AnalysisAssert said = AnalysisAssert.of(held(How.virtual(8), 0.4, 40_000_000));
        said.isHeldUpBy("work").says("work HEAD_OF_LINE");
        Advice advice = said.piece(Diagnosis.HEAD_OF_LINE);
        assertThat(advice.change()).isInstanceOf(Change.ToCapacity.class);
        assertThat(advice.why()).contains("40.0 ms against 1.00 ms");
        assertThat(advice.prediction().gain()).isCloseTo(1.5, within(0.01));
    }

    @Test
    void unorderedResultsHoldUpNobody() {
        AnalysisAssert.of(held(How.virtual(8).unordered(), 0.4, 40_000_000))
                .neverSays(Diagnosis.HEAD_OF_LINE);
    }

    @Test
    void aSmallWindow() {
        AnalysisAssert said = AnalysisAssert.of(held(How.virtual(8).capacity(8), 0.5, 1_200_000));
        said.says("work SMALL_WINDOW").advises("work", "capacity 32");
        assertThat(said.analysis().changes()).contains(Change.capacity("work", 32));
        assertThat(said.piece(Diagnosis.SMALL_WINDOW).prediction().gain())
                .isCloseTo(1, within(0.01));
    }

    @Test
    void aWindowWithRoomIsNotSmall() {
        AnalysisAssert.of(held(How.virtual(8).capacity(64), 0.5, 1_200_000))
                .neverSays(Diagnosis.SMALL_WINDOW);
    }

    @Test
    void idleWorkersUnderALightLoadAreNotHeldUp() {
        Planted run = new Planted();
        run.source("feed").items(8_000).service(1_249_000).time(1, 0, 0).computing(0.01);
        run.map("work", How.virtual(8).capacity(8))
                .items(8_000)
                .service(1_000_000)
                .time(0.1, 0.9, 0)
                .computing(0.02)
                .queue(8, 1, 3);
        AnalysisAssert said = AnalysisAssert.of(run).isHeldUpBy("feed");
        assertThat(said.diagnoses()).containsExactly("feed SLOW_SOURCE");
    }

    private static Planted bursts(double blocked, double idle) {
        Planted run = new Planted();
        run.source("feed")
                .items(100_000)
                .service(10_000)
                .time(1 - blocked, 0, blocked)
                .computing(0.05);
        run.map("work", How.platform(1))
                .items(100_000)
                .service((1 - idle) * 100_000)
                .time(1 - idle, idle, 0)
                .computing(1)
                .queue(16, 1, 16)
                .waits(1_000, 1_000);
        return run;
    }

    @Test
    void burstsInASmallQueue() {
        AnalysisAssert said = AnalysisAssert.of(bursts(0.3, 0.4)).isHeldUpBy("work");
        said.says("work SMALL_QUEUE");
        Advice advice = said.piece(Diagnosis.SMALL_QUEUE);
        assertThat(advice.change()).isEqualTo(Change.capacity("work", 256));
        assertThat(advice.prediction().isAtMost()).isTrue();
        assertThat(advice.confidence().level()).isNotEqualTo(Confidence.Level.HIGH);
    }

    @Test
    void aFullQueueBeforeABusyStageIsNotSmall() {
        AnalysisAssert.of(bursts(0.5, 0.02)).neverSays(Diagnosis.SMALL_QUEUE);
    }

    private static Planted batches(int size, double busy) {
        Planted run = new Planted();
        long batches = 100_000 / size;
        double blocked = busy > 0.7 ? 0.95 : 0;
        run.source("feed")
                .items(100_000)
                .service(500)
                .time(0.05, 0.95 - blocked, blocked)
                .computing(1);
        run.stage("group", "batch(" + size + ")", How.fused())
                .items(100_000)
                .giving(batches)
                .service(10);
        run.sink("insert", How.platform(1))
                .items(batches)
                .service(busy * Planted.ELAPSED_NS / batches)
                .time(busy, 1 - busy, 0)
                .computing(0.05)
                .queue(1_024, busy > 0.7 ? 1_024 : 1, 1_024)
                .waits(busy > 0.7 ? 20_000 : 0, 10);
        return run;
    }

    @Test
    void tinyBatches() {
        AnalysisAssert said = AnalysisAssert.of(batches(4, 1)).isHeldUpBy("insert");
        said.says("group TINY_BATCHES").advises("group", "batch(64)");
        assertThat(said.piece(Diagnosis.TINY_BATCHES).prediction().isAtMost()).isTrue();
        assertThat(said.analysis().changes().getFirst())
                .isEqualTo(Change.batch("group", Batch.of(64)));
    }

    @Test
    void largeBatchesAreNotTiny() {
        AnalysisAssert.of(batches(100, 1)).neverSays(Diagnosis.TINY_BATCHES);
    }

    @Test
    void tinyBatchesThatNobodyWaitsForAreFine() {
        AnalysisAssert.of(batches(4, 0.2)).neverSays(Diagnosis.TINY_BATCHES);
    }

    private static Planted wakes(long receiverWaits, double serviceNs) {
        Planted run = new Planted();
        run.source("feed").items(600_000).service(serviceNs).time(1, 0, 0).computing(1);
        run.sink("count", How.platform(1))
                .items(600_000)
                .service(300)
                .time(0.1, 0.9, 0)
                .computing(1)
                .waits(0, receiverWaits);
        return run;
    }

    @Test
    void aWakeUpForEachItem() {
        AnalysisAssert said = AnalysisAssert.of(wakes(590_000, 200));
        said.says("count UNBATCHED").advises("count", "fused");
        assertThat(said.piece(Diagnosis.UNBATCHED).prediction().gain()).isGreaterThan(5);
    }

    @Test
    void aWakeUpNowAndThen() {
        AnalysisAssert.of(wakes(9_000, 200)).neverSays(Diagnosis.UNBATCHED);
        AnalysisAssert.of(wakes(590_000, 16_000)).neverSays(Diagnosis.UNBATCHED);
    }

    /// A source that allows 10 million a second, and two stages with strands of their own.
    private static Planted hops(double serviceNs) {
        Planted run = new Planted();
        run.source("feed").items(10_000_000).service(300).time(0.5, 0, 0.5).computing(1);
        for (String name : List.of("clean", "round")) {
            run.map(name, How.platform(1))
                    .items(10_000_000)
                    .service(serviceNs)
                    .time(serviceNs / 1_000, 1 - serviceNs / 1_000, 0)
                    .computing(1);
        }
        run.sink("out", How.platform(1))
                .items(10_000_000)
                .service(900)
                .time(0.95, 0.05, 0)
                .computing(1)
                .queue(1_024, 1_000, 1_024)
                .waits(9_000, 10);
        return run;
    }

    @Test
    void moreHandOffsThanWork() {
        AnalysisAssert.of(hops(40))
                .says("clean TINY_STAGE")
                .says("round TINY_STAGE")
                .advises("clean", "fused");
    }

    @Test
    void enoughWorkForAStrandOfItsOwn() {
        AnalysisAssert.of(hops(400)).neverSays(Diagnosis.TINY_STAGE);
    }

    @Test
    void aTinyStageWhoseStrandIsNeeded() {
        Planted run = new Planted();
        // fused, both would need 280 ns an item on one strand: slower than apart
        run.source("feed").items(60_000_000).service(150).time(0.95, 0, 0.05).computing(1);
        run.sink("out", How.platform(1))
                .items(60_000_000)
                .service(140)
                .time(0.9, 0.1, 0)
                .computing(1)
                .waits(100, 100);
        AnalysisAssert.of(run).neverSays(Diagnosis.TINY_STAGE);
    }
}
