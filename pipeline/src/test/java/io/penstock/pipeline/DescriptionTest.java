// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.OverflowPolicy;
import io.penstock.stage.ExecutionModel;
import io.penstock.stage.Rate;
import io.penstock.stage.Retry;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class DescriptionTest {
    private static Stages<Integer> numbers(String name) {
        return Pipeline.from(name, Source.of(1, 2, 3));
    }

    private static void ignore(Object item) {}

    @Test
    void refusesAParallelismOfZero() {
        assertThatThrownBy(() -> How.platform(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parallelism=0");
        assertThatThrownBy(() -> How.virtual(-1)).hasMessageContaining("parallelism=-1");
    }

    @Test
    void refusesACapacityOfZero() {
        assertThatThrownBy(() -> How.platform(1).capacity(0)).hasMessageContaining("capacity=0");
        assertThatThrownBy(() -> How.platform(8).capacity(7))
                .hasMessageContaining("capacity=7, parallelism=8");
        assertThatThrownBy(() -> numbers("n").buffer("b", 0, OverflowPolicy.BLOCK))
                .hasMessageContaining("buffer=b, capacity=0");
    }

    @Test
    void refusesAnEmptyBatchAndABatchWithoutTime() {
        assertThatThrownBy(() -> Batch.of(0)).hasMessageContaining("count=0");
        assertThatThrownBy(() -> Batch.of(1).orAfter(Duration.ZERO)).hasMessageContaining("after");
    }

    @Test
    void refusesTwoStagesOfOneName() {
        assertThatThrownBy(() -> numbers("n").map("n", i -> i).sink("s", i -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stage=n");
    }

    @Test
    void refusesAStageWithoutAName() {
        assertThatThrownBy(() -> numbers(" ")).hasMessageContaining("must have a name");
    }

    @Test
    void refusesAMergeWithoutRoom() {
        Stages<Integer> one = numbers("one");
        assertThatThrownBy(() -> one.merge("both", 0, numbers("other")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("capacity must be positive: merge=both, capacity=0");
    }

    @Test
    void refusesAStreamThatIsUsedTwice() {
        Stages<Integer> stream = numbers("n");
        assertThatThrownBy(
                        () ->
                                stream.map("a", i -> i)
                                        .merge("m", stream.map("b", i -> i))
                                        .sink("s", i -> {}))
                .hasMessageContaining("stage=n, uses=2");
    }

    @Test
    void refusesABranchThatLeadsElsewhere() {
        Pipeline lost =
                numbers("n")
                        .broadcast(
                                "both",
                                branch -> branch.sink("a", DescriptionTest::ignore),
                                _ -> numbers("other").sink("b", DescriptionTest::ignore));
        assertThatThrownBy(lost::explain).hasMessageContaining("broadcast=both, used=1");
    }

    @Test
    void refusesAFlatMapWithSeveralWorkers() {
        assertThatThrownBy(
                        () ->
                                numbers("n")
                                        .<Integer>flatMap(
                                                "f", (i, out) -> out.emit(i), How.platform(2)))
                .hasMessageContaining("operator=flatMap, parallelism=2");
    }

    @Test
    void changesOneStageAndKeepsTheOthers() {
        Pipeline pipeline =
                numbers("n")
                        .map("a", i -> i + 1, How.virtual(4).unordered())
                        .batch("b", Batch.of(2))
                        .sink("s", i -> {});
        Pipeline changed =
                pipeline.with(
                        Change.model("a", ExecutionModel.PLATFORM, 2),
                        Change.capacity("a", 500),
                        Change.batch("b", Batch.of(9)));
        assertThat(changed.explain().stages().get(1).how())
                .isEqualTo(How.platform(2).unordered().capacity(500));
        assertThat(changed.explain().stages().get(2).operator()).isEqualTo("batch(9)");
        assertThat(pipeline.explain().stages().get(1).how()).isEqualTo(How.virtual(4).unordered());
    }

    @Test
    void changesTheRoomOfWhateverHasSome() {
        Pipeline pipeline =
                numbers("n")
                        .batch("timed", Batch.of(2).orAfter(Duration.ofMillis(1)))
                        .<Integer>unbatch("rows")
                        .map("loop", i -> i, How.eventLoop())
                        .limit("pace", Rate.perSecond(1))
                        .map("work", i -> i, How.virtual(2))
                        .buffer("room", 7, OverflowPolicy.BLOCK)
                        .merge("all", numbers("m"))
                        .sink("s", i -> {}, How.platform(2));
        List<String> stages = List.of("timed", "loop", "pace", "work", "room", "all", "s");
        List<Change> changes = stages.stream().map(stage -> Change.capacity(stage, 5)).toList();
        assertThat(pipeline.with(changes).explain().edges())
                .hasSameSizeAs(stages)
                .allMatch(edge -> edge.capacity() == 5);
    }

    @Test
    void refusesAChangeOfRoomThatAStageHasNot() {
        Pipeline pipeline =
                numbers("n")
                        .map("fused", i -> i)
                        .buffer("room", 7, OverflowPolicy.BLOCK)
                        .map("own", i -> i, How.platform(1))
                        .sink("s", i -> {});
        for (String stage : List.of("n", "fused", "own", "s")) {
            assertThatThrownBy(() -> pipeline.with(Change.capacity(stage, 5)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("stage=" + stage);
        }
        assertThatThrownBy(() -> pipeline.with(Change.capacity("own", 5)))
                .hasMessageEndingWith("the edge of stage=room");
        assertThatThrownBy(() -> pipeline.with(Change.capacity("fused", 5)))
                .hasMessageContaining("how=fused")
                .hasMessageContaining("Change.model");
        Pipeline moved =
                pipeline.with(
                        Change.capacity("fused", 5),
                        Change.model("fused", ExecutionModel.PLATFORM, 1));
        assertThat(moved.explain().edges().getFirst().capacity()).isEqualTo(5);
        Change fuse = Change.model("fused", ExecutionModel.FUSED, 1);
        assertThat(moved.with(Change.capacity("fused", 9), fuse).explain().edges()).hasSize(1);
    }

    @Test
    void refusesCareThatASourceDoesNotHave() {
        How careful = How.virtual(1).retry(Retry.times(1));
        assertThatThrownBy(() -> Pipeline.from("n", Source.of(1), careful))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("retried 1 times");
        Pipeline pipeline = numbers("n").sink("s", i -> {});
        assertThatThrownBy(() -> pipeline.with(Change.how("n", careful)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAChangeOfAnUnknownStage() {
        Pipeline pipeline = numbers("n").sink("s", i -> {});
        assertThatThrownBy(() -> pipeline.with(Change.how("x", How.virtual(1))))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageEndingWith("stage=x, stages=[n, s]");
        assertThatThrownBy(() -> pipeline.with(Change.how("n", How.virtual(2))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pipeline.with(Change.batch("s", Batch.of(1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAResourceWithoutANameOrALimitOrWithTwo() {
        assertThatThrownBy(() -> new Resource(" ", 1)).hasMessageContaining("must have a name");
        assertThatThrownBy(() -> new Resource("db", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit must be positive: resource=db, limit=0");
        Stages<Integer> read =
                numbers("n").map("read", i -> i, How.virtual(4).using(new Resource("db", 8)));
        assertThatThrownBy(
                        () ->
                                read.sink(
                                        "write",
                                        i -> {},
                                        How.platform(1).using(new Resource("db", 9))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a resource must have one limit: resource=db, limits=8 and 9, stage=write");
    }

    @Test
    void keepsItsResourcesOnSomethingElse() {
        Resource db = new Resource("db", 8);
        How how = How.virtual(4).using(db).unordered().capacity(9).movedTo(ExecutionModel.FUSED, 1);
        assertThat(how.resources()).containsExactly(db);
        assertThat(how.describe()).isEqualTo("fused using db(8)");
    }
}
