// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.OverflowPolicy;
import io.penstock.stage.ExecutionModel;
import io.penstock.stage.OrderGuarantee;
import io.penstock.stage.Rate;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Source<Integer> NUMBERS = Source.of(1, 2, 3);

    private static List<List<String>> groups(Plan plan) {
        return plan.groups().stream().map(Plan.Group::stages).toList();
    }

    private static List<Plan.Rule> rules(Plan plan) {
        return plan.warnings().stream().map(Plan.Warning::rule).toList();
    }

    @Test
    void fusesWhatAsksForNothing() {
        Plan plan =
                Pipeline.from("n", NUMBERS)
                        .map("a", i -> i)
                        .filter("b", i -> true)
                        .sink("s", i -> {})
                        .explain(2);
        assertThat(groups(plan)).containsExactly(List.of("n", "a", "b", "s"));
        assertThat(plan.edges()).isEmpty();
        assertThat(plan.worstCaseItems()).isEqualTo(1);
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void putsAnEdgeBeforeAStageWithAStrandOfItsOwn() {
        Plan plan =
                Pipeline.from("n", NUMBERS)
                        .map("a", i -> i, How.platform(1).capacity(10))
                        .sink("s", i -> {})
                        .explain(2);
        assertThat(groups(plan)).containsExactly(List.of("n"), List.of("a", "s"));
        assertThat(plan.edges())
                .containsExactly(
                        new Plan.Edge(
                                "n->a",
                                List.of("n"),
                                "a",
                                10,
                                Plan.Topology.ONE_TO_ONE,
                                OverflowPolicy.BLOCK));
        assertThat(plan.worstCaseItems()).isEqualTo(12);
        assertThat(plan.groups().get(1).strands()).containsExactly("n/a#1");
    }

    @Test
    void usesTheEdgeThatIsThereAlready() {
        Plan plan =
                Pipeline.from("n", NUMBERS)
                        .buffer("b", 5, OverflowPolicy.BLOCK)
                        .map("a", i -> i, How.virtual(1))
                        .sink("s", i -> {})
                        .explain(2);
        assertThat(groups(plan)).containsExactly(List.of("n"), List.of("b", "a", "s"));
        assertThat(plan.groups().get(1).model()).isEqualTo(ExecutionModel.VIRTUAL);
    }

    @Test
    void collectsTheResultsOfWorkersOnTheNextStrand() {
        Plan plan =
                Pipeline.from("n", NUMBERS)
                        .map("a", i -> i, How.platform(2))
                        .sink("s", i -> {}, How.platform(1))
                        .explain(4);
        assertThat(groups(plan)).containsExactly(List.of("n"), List.of("a"), List.of("s"));
        assertThat(plan.edges().getFirst().topology())
                .isEqualTo(Plan.Topology.ONE_TO_WORKERS_TO_ONE);
        assertThat(plan.groups().get(1).strands()).containsExactly("n/a#1", "n/a#2");
    }

    @Test
    void sharesOneEdgeBetweenTheWorkersOfASink() {
        Plan plan = Pipeline.from("n", NUMBERS).sink("s", i -> {}, How.platform(3)).explain(4);
        assertThat(plan.edges().getFirst().topology()).isEqualTo(Plan.Topology.ONE_TO_MANY);
        assertThat(plan.groups().get(1).workers()).isEqualTo(3);
    }

    @Test
    void fusesStagesOfOneEventLoopAndCountsItsThreadOnce() {
        Plan plan =
                Pipeline.from("n", NUMBERS)
                        .map("a", i -> i, How.eventLoop())
                        .map("b", i -> i, How.eventLoop())
                        .map("c", i -> i, How.platform(1))
                        .sink("s", i -> {}, How.eventLoop())
                        .explain(8);
        assertThat(groups(plan))
                .containsExactly(List.of("n"), List.of("a", "b"), List.of("c"), List.of("s"));
        assertThat(plan.groups().stream().mapToInt(Plan.Group::workers).sum()).isEqualTo(3);
    }

    @Test
    void givesATimedBatchAnEdgeToWaitAt() {
        Batch timed = Batch.of(10).orAfter(Duration.ofMillis(1));
        Plan plan = Pipeline.from("n", NUMBERS).batch("b", timed).sink("s", i -> {}).explain(2);
        assertThat(groups(plan)).containsExactly(List.of("n"), List.of("b", "s"));
        Plan counted =
                Pipeline.from("n", NUMBERS).batch("b", Batch.of(10)).sink("s", i -> {}).explain(2);
        assertThat(groups(counted)).hasSize(1);
    }

    @Test
    void keepsALimitOffAnEventLoop() {
        Plan plan =
                Pipeline.from("n", NUMBERS)
                        .map("a", i -> i, How.eventLoop())
                        .limit("l", Rate.perSecond(5))
                        .sink("s", i -> {})
                        .explain(8);
        assertThat(groups(plan)).containsExactly(List.of("n"), List.of("a"), List.of("l", "s"));
    }

    @Test
    void runsTheUnaskedOnVirtualThreadsAmongVirtualThreads() {
        Plan plan =
                Pipeline.from("n", NUMBERS)
                        .map("a", i -> i, How.virtual(4).eachWithin(Duration.ofSeconds(1)))
                        .sink("s", i -> {})
                        .explain(2);
        assertThat(plan.groups())
                .allSatisfy(g -> assertThat(g.model()).isEqualTo(ExecutionModel.VIRTUAL));
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void tellsWhatIsLeftOfTheOrder() {
        Plan plan =
                Pipeline.from("n", NUMBERS)
                        .map("a", i -> i, How.platform(2).orderedBy((Integer i) -> i))
                        .map("b", i -> i, How.platform(2))
                        .map("c", i -> i, How.platform(2).unordered())
                        .sink("s", i -> {})
                        .explain(99);
        assertThat(plan.stages().stream().map(Plan.Stage::order))
                .containsExactly(
                        OrderGuarantee.INPUT_ORDER,
                        OrderGuarantee.KEY_ORDER,
                        OrderGuarantee.KEY_ORDER,
                        OrderGuarantee.NONE,
                        OrderGuarantee.NONE);
    }

    @Test
    void countsTheItemsInBatches() {
        Plan plan =
                Pipeline.from("n", NUMBERS)
                        .batch("b", Batch.of(10))
                        .sink("s", i -> {}, How.platform(1).capacity(4))
                        .explain(2);
        assertThat(plan.worstCaseItems()).isEqualTo(4 * 10 + 10 + 1 + 10);
    }

    /// The strand behind the workers takes a whole batch before it takes that apart.
    @Test
    void countsTheBatchInHandOfWhoTakesItApart() {
        Plan plan =
                Pipeline.from("n", NUMBERS)
                        .batch("b", Batch.of(10))
                        .map("m", items -> items, How.platform(2).capacity(4))
                        .<Integer>unbatch("u")
                        .sink("s", i -> {})
                        .explain(2);
        assertThat(plan.worstCaseItems()).isEqualTo(4 * 10 + 10 + 1 + 10);
    }

    @Test
    void warnsOfWhatLooksWrong() {
        Plan plan =
                Pipeline.from("n", NUMBERS)
                        .buffer("drop", 4, OverflowPolicy.DROP_OLDEST)
                        .map("v", i -> i, How.virtual(1))
                        .map("p", i -> i, How.platform(1))
                        .map("e", i -> i, How.eventLoop().eachWithin(Duration.ofMillis(1)))
                        .sink("s", i -> {})
                        .explain(1);
        assertThat(rules(plan))
                .containsExactlyInAnyOrder(
                        Plan.Rule.MIXED_MODELS,
                        Plan.Rule.MORE_THREADS_THAN_CORES,
                        Plan.Rule.DROPS_BEHIND_A_PULLED_SOURCE,
                        Plan.Rule.WAITS_WITHOUT_A_DEADLINE,
                        Plan.Rule.BLOCKING_IN_A_LOOP);
    }

    @Test
    void warnsOfMoreRoomThanAMillion() {
        Stages<Integer> numbers = Pipeline.from("n", NUMBERS);
        for (int million : new int[] {1 << 20, (1 << 20) + 1}) {
            Plan plan =
                    numbers.buffer("room", million, OverflowPolicy.BLOCK)
                            .sink("s", i -> {})
                            .explain(4);
            assertThat(rules(plan).contains(Plan.Rule.MUCH_ROOM)).isEqualTo(million > 1 << 20);
        }
    }

    @Test
    void warnsOfALimitThatHoldsTheOtherBranches() {
        Function<Stages<Integer>, Pipeline> plain = s -> s.sink("plain", _ -> {});
        Rate rate = Rate.perSecond(10);
        Function<Stages<Integer>, Pipeline> fused =
                s -> s.map("m", i -> i).limit("pace", rate).sink("slow", _ -> {});
        Plan plan = Pipeline.from("n", NUMBERS).broadcast("both", plain, fused).explain(4);
        assertThat(rules(plan)).containsExactly(Plan.Rule.LIMIT_SHARES_A_STRAND);
        assertThat(plan.warnings().getFirst().stage()).isEqualTo("pace");
        assertThat(plan.warnings().getFirst().text()).contains("branches of both");
    }

    @Test
    void doesNotWarnOfALimitThatHoldsNobody() {
        Function<Stages<Integer>, Pipeline> plain = s -> s.sink("plain", _ -> {});
        Rate rate = Rate.perSecond(10);
        Function<Stages<Integer>, Pipeline> apart =
                s ->
                        s.buffer("room", 4, OverflowPolicy.BLOCK)
                                .limit("pace", rate)
                                .sink("slow", _ -> {});
        assertThat(rules(Pipeline.from("n", NUMBERS).broadcast("both", plain, apart).explain(4)))
                .isEmpty();
        Pipeline before =
                Pipeline.from("n", NUMBERS)
                        .map("m", i -> i)
                        .limit("pace", rate)
                        .broadcast("both", plain, s -> s.sink("other", _ -> {}));
        assertThat(rules(before.explain(4))).isEmpty();
    }

    @Test
    void isReadable() {
        String text =
                Pipeline.from("n", NUMBERS)
                        .map("a", i -> i, How.platform(1))
                        .sink("s", i -> {})
                        .explain(2)
                        .toString();
        assertThat(text)
                .isEqualTo(
                        """
                        pipeline n: 2 strands, 1 edge, at most 1026 items inside
                          stage  operator  how          group  order
                          n      source    fused        n      input order
                          a      map       platform(1)  a      input order
                          s      sink      fused        a      input order
                          edge  capacity  topology    when full
                          n->a  1024      one to one  BLOCK
                        """);
    }

    private static final Resource DB = new Resource("db", 8);

    @Test
    void warnsWhenMoreWorkersUseAResourceThanItAllows() {
        Stages<Integer> read = Pipeline.from("n", NUMBERS).map("read", i -> i, many(6).using(DB));
        Plan most = read.map("check", i -> i, How.platform(1)).sink("s", i -> {}).explain(4);
        assertThat(rules(most)).doesNotContain(Plan.Rule.MORE_WORKERS_THAN_RESOURCE);
        Plan plan =
                read.map("write", i -> i, How.platform(3).using(DB)).sink("s", i -> {}).explain(4);
        assertThat(plan.warnings())
                .contains(
                        new Plan.Warning(
                                Plan.Rule.MORE_WORKERS_THAN_RESOURCE,
                                "n",
                                "9 workers use db (read 6, write 3), which allows 8 at a time: the"
                                        + " others wait for it with an item in hand, or fail"));
        assertThat(plan.toString())
                .contains("virtual(6) ordered each within 1000.0 ms using db(8)");
    }

    @Test
    void countsStagesOfOneStrandOnce() {
        Resource one = new Resource("printer", 1);
        Plan plan =
                Pipeline.from("n", NUMBERS)
                        .map("a", i -> i, How.fused().using(one))
                        .map("b", i -> i, How.fused().using(one))
                        .sink("s", i -> {})
                        .explain(4);
        assertThat(rules(plan)).doesNotContain(Plan.Rule.MORE_WORKERS_THAN_RESOURCE);
    }

    private static How many(int workers) {
        return How.virtual(workers).eachWithin(Duration.ofSeconds(1));
    }
}
