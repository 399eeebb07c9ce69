// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.OverflowPolicy;
import io.penstock.stage.ExecutionModel;
import io.penstock.stage.Rate;
import io.penstock.stage.Retry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DescriptionTest {
    private static Stages<Integer> numbers(String name) {
        return Pipeline.from(name, Source.of(1, 2, 3));
    }

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
                .hasMessage("capacity must be from 1 to 16777216: merge=both, capacity=0");
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
    void keepsRoomThatWasChosenWhereAStageIsMoved() {
        assertThat(How.platform(1).capacity(5).movedTo(ExecutionModel.VIRTUAL, 2).capacity())
                .isEqualTo(5);
        assertThat(How.platform(1).capacity(5).movedTo(ExecutionModel.VIRTUAL, 8).capacity())
                .isEqualTo(8);
        assertThat(How.virtual(64).capacity(64).movedTo(ExecutionModel.VIRTUAL, 32).capacity())
                .isEqualTo(64);
        assertThat(How.virtual(2).movedTo(ExecutionModel.VIRTUAL, 32).capacity()).isEqualTo(128);
    }

    @Test
    void refusesARangeThatNoCountCanHold() {
        assertThatThrownBy(() -> Source.range(Long.MIN_VALUE, 1, Long::valueOf))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fewer than 2^63");
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
    void refusesRoomThatNoMachineShouldAllocate() {
        int tooMuch = How.MOST_CAPACITY + 1;
        Pipeline pipeline =
                numbers("n")
                        .buffer("room", How.MOST_CAPACITY, OverflowPolicy.BLOCK)
                        .sink("s", i -> {});
        List<ThrowingCallable> tries =
                List.of(
                        () -> numbers("n").buffer("room", tooMuch, OverflowPolicy.BLOCK),
                        () -> numbers("n").conflate("room", tooMuch, i -> i, (a, b) -> b),
                        () -> numbers("n").merge("room", tooMuch, numbers("m")),
                        () -> How.virtual(1).capacity(tooMuch),
                        () -> pipeline.with(Change.capacity("room", tooMuch)));
        for (ThrowingCallable each : tries) {
            assertThatThrownBy(each)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("capacity=" + tooMuch);
        }
    }

    @Test
    void refusesABranchThatIsNotOfItsBroadcast() {
        Pipeline foreign = numbers("m").sink("f", i -> {});
        assertThatThrownBy(
                        () ->
                                numbers("n")
                                        .broadcast("b", in -> in.sink("s", i -> {}), _ -> foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("broadcast=b, pipeline=m");
        Pipeline[] kept = new Pipeline[1];
        assertThatThrownBy(
                        () ->
                                numbers("n")
                                        .broadcast(
                                                "b",
                                                in -> kept[0] = in.sink("s", i -> {}),
                                                _ -> kept[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("broadcast=b, used=1");
        assertThatThrownBy(kept[0]::explain).hasMessageEndingWith("broadcast=b, used=1");
    }

    @Test
    void refusesABufferThatConflatesWithoutSayingHow() {
        assertThatThrownBy(() -> numbers("n").buffer("b", 1, OverflowPolicy.CONFLATE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("buffer=b");
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // that is the point
    void namesTheParameterThatIsNull() {
        Stages<Integer> stages = numbers("n");
        Map<ThrowingCallable, String> tries = new LinkedHashMap<>();
        tries.put(() -> stages.map(null, i -> i), "name");
        tries.put(() -> stages.sink(null, i -> {}), "name");
        tries.put(() -> stages.merge(null, numbers("m")), "name");
        tries.put(() -> Pipeline.from(null, Source.of(1)), "name");
        tries.put(() -> stages.sink("s", i -> {}).named(null), "name");
        tries.put(() -> Pipeline.from("n", (Source<Integer>) null), "source");
        tries.put(() -> Pipeline.from("n", Source.of(1), null), "how");
        tries.put(() -> stages.map("m", i -> i, null), "how");
        tries.put(() -> stages.filter("f", i -> true, null), "how");
        tries.put(() -> stages.batch("b", null), "batch");
        tries.put(() -> stages.buffer("b", 1, null), "overflow");
        tries.put(() -> stages.merge("m", (Stages<Integer>) null), "other");
        tries.put(() -> Change.model(null, ExecutionModel.VIRTUAL, 1), "stage");
        tries.put(() -> Change.model("s", null, 1), "model");
        tries.put(() -> Change.how("s", null), "how");
        tries.put(() -> Change.batch("s", null), "batch");
        tries.put(() -> Source.of(1, null), "an item must not be null: index=1");
        tries.forEach(
                (each, message) ->
                        assertThatThrownBy(each)
                                .isInstanceOf(NullPointerException.class)
                                .hasMessage(message));
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
