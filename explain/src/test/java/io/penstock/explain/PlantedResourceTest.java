// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.pipeline.Change;
import io.penstock.pipeline.How;
import io.penstock.pipeline.Resource;
import io.penstock.stage.ExecutionModel;
import io.penstock.stage.OnFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Advice never asks for more of a resource than there is.
class PlantedResourceTest {
    private static final Resource DB = new Resource("db", 8);

    /// Lookups of a millisecond that fill the time of all their workers.
    private static Planted lookups(How how, long items) {
        Planted run = new Planted();
        run.source("feed").items(items).service(300).time(0.01, 0, 0.99).computing(1);
        run.map("lookup", how)
                .items(items)
                .service(1_000_000)
                .time(0.99, 0.01, 0)
                .computing(0.01)
                .queue(1_024, 1_024, 1_024)
                .waits(900, 0);
        return run;
    }

    @Test
    void capsWorkersThatWait() {
        AnalysisAssert said = AnalysisAssert.of(lookups(How.virtual(1).using(DB), 9_900));
        said.says("lookup BLOCKING").advises("lookup", "virtual(8)");
        assertThat(said.piece(Diagnosis.BLOCKING).why())
                .endsWith("db allows 8 at a time, and this stage 8: more would wait for it.");
        assertThat(said.analysis().ceiling().cause()).isEqualTo(Limit.Cause.RESOURCE);
        assertThat(said.analysis().toString()).contains("set by resource db, all of it in use");
    }

    @Test
    void leavesToOthersWhatTheyUse() {
        Planted run = lookups(How.virtual(1).using(DB), 9_900);
        run.sink("store", How.platform(3).using(DB))
                .items(9_900)
                .service(100_000)
                .time(0.1, 0.9, 0)
                .computing(0.1);
        AnalysisAssert.of(run).advises("lookup", "virtual(5)");
    }

    @Test
    void saysThatAllOfItIsInUse() {
        AnalysisAssert said = AnalysisAssert.of(lookups(How.virtual(8).using(DB), 79_200));
        said.isHeldUpBy("lookup").says("lookup RESOURCE");
        assertThat(said.analysis().changes()).isEmpty();
        AnalysisAssert.of(lookups(How.virtual(8), 79_200))
                .says("lookup BLOCKING")
                .neverSays(Diagnosis.RESOURCE);
    }

    @Test
    void capsWhatALoopIsMovedTo() {
        Planted run = lookups(How.eventLoop().using(new Resource("db", 1)), 9_000);
        run.specs().getLast().time(0.9, 0.1, 0).queue(1_024, 0, 3).waits(0, 900);
        run.specs().getFirst().time(0.01, 0.99, 0);
        AnalysisAssert.of(run).says("lookup BLOCKED_LOOP").advises("lookup", "virtual(1)");
    }

    @Test
    void capsTheBestOfSeveralRuns() {
        List<Analysis> runs = new ArrayList<>();
        for (int workers : new int[] {1, 2, 3, 4}) {
            long items = (long) (9_900 * workers / (1 + 0.02 * workers * (workers - 1)));
            Resource five = new Resource("db", 5);
            runs.add(lookups(How.virtual(workers).using(five), items).analysis());
        }
        WorkerHistory history = WorkerHistory.of("lookup", runs);
        assertThat(history.best().orElseThrow()).isGreaterThan(5);
        assertThat(history.advice().orElseThrow().change())
                .isEqualTo(Change.model("lookup", ExecutionModel.VIRTUAL, 5));
    }

    @Test
    void aStageThatIsFusedKeepsWhatItWasPromised() {
        Planted run = new Planted();
        run.source("feed").items(1_000_000).service(10_000).time(0.99, 0, 0.01).computing(1);
        run.map("tag", How.platform(1).using(DB).onFailure(OnFailure.skip()))
                .items(1_000_000)
                .service(10)
                .time(0.001, 0.999, 0)
                .computing(1);
        AnalysisAssert said = AnalysisAssert.of(run).says("tag TINY_STAGE");
        assertThat(said.analysis().changes())
                .containsExactly(Change.model("tag", ExecutionModel.FUSED, 1));
    }
}
