// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.OverflowPolicy;
import io.penstock.pipeline.Batch;
import io.penstock.pipeline.Change;
import io.penstock.pipeline.How;
import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Plan;
import io.penstock.pipeline.RunStatistics;
import io.penstock.pipeline.Source;
import io.penstock.pipeline.Stages;
import io.penstock.stage.ExecutionModel;
import io.penstock.stage.StageStatistics;
import io.penstock.stage.StrandStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineTest {
    private static final long SECOND = 1_000_000_000L;

    /// Thousand items of thousand nanoseconds in each stage.
    private static Line line(Plan plan) {
        List<StageStatistics> stages = new ArrayList<>();
        for (Plan.Stage stage : plan.stages()) {
            long members =
                    plan.stages().stream().filter(s -> s.group().equals(stage.group())).count();
            StrandStatistics strands =
                    new StrandStatistics(
                            1, members * 1_000_000, members * 1_000_000, 0, 0, -1, -1, -1, 0);
            stages.add(
                    new StageStatistics(
                            stage.name(),
                            stage.group(),
                            "",
                            stage.how().parallelism(),
                            1_000,
                            1_000,
                            0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            1_000,
                            1_000_000,
                            1_000,
                            1_000,
                            -1,
                            -1,
                            strands));
        }
        RunStatistics statistics =
                new RunStatistics(
                        plan.pipeline(),
                        SECOND,
                        stages,
                        plan.edges().stream().map(LineTest::edge).toList());
        return Line.of(ProfileReader.read(plan, statistics), new Machine(2, 20));
    }

    private static EdgeStatistics edge(Plan.Edge edge) {
        return new EdgeStatistics(edge.name(), edge.capacity(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static Stages<Integer> feed() {
        return Pipeline.from("feed", Source.of(1, 2, 3));
    }

    private static Pipeline everything() {
        return feed().map("clean", n -> n)
                .map("enrich", n -> n, How.virtual(8))
                .filter("some", n -> n > 1)
                .map("own", n -> n, How.platform(1))
                .buffer("queue", 16, OverflowPolicy.BLOCK)
                .map("opened", n -> n, How.platform(1))
                .map("loop", n -> n, How.eventLoop("core"))
                .map("more", n -> n)
                .map("again", n -> n, How.eventLoop("core"))
                .batch("window", Batch.of(4).orAfter(Duration.ofMillis(1)))
                .unbatch("rows")
                .broadcast(
                        "both",
                        b -> b.map("left", n -> n).sink("store", _ -> {}, How.virtual(4)),
                        b -> b.sink("show", _ -> {}));
    }

    private static Pipeline timed() {
        return feed().batch("window", Batch.of(4).orAfter(Duration.ofMillis(1)))
                .sink("out", _ -> {});
    }

    /// A line decides which stages share a strand by itself, since it must do so for plans that are
    /// not made yet: it decides what the planner does.
    @Test
    void sharesStrandsAsThePlannerDoes() {
        for (Pipeline pipeline : List.of(everything(), timed(), feed().sink("out", _ -> {}))) {
            Plan plan = pipeline.explain();
            Line line = line(plan);
            List<List<String>> mine =
                    line.strands().values().stream()
                            .map(strand -> strand.stream().map(line::name).toList())
                            .toList();
            assertThat(mine).as(plan.toString()).containsExactlyInAnyOrderElementsOf(planned(plan));
        }
    }

    private static List<List<String>> planned(Plan plan) {
        Map<String, List<String>> strands = new LinkedHashMap<>();
        for (Plan.Group group : plan.groups()) {
            strands.computeIfAbsent(group.strands().getFirst(), _ -> new ArrayList<>())
                    .addAll(group.stages());
        }
        strands.values().removeIf(List::isEmpty);
        return List.copyOf(strands.values());
    }

    @Test
    void addsUpTheStagesOfAStrand() {
        Pipeline pipeline = feed().map("a", n -> n).map("b", n -> n).sink("out", _ -> {});
        // four stages of 1,000 ns, none of which has a strand of its own
        Limit limit = line(pipeline.explain()).limit();
        assertThat(limit.rate()).isCloseTo(250_000, within(1e-3));
        assertThat(limit.cause()).isEqualTo(Limit.Cause.SERIAL);
    }

    @Test
    void paysForHandOffsThatAppear() {
        Pipeline pipeline = feed().map("a", n -> n).map("b", n -> n).sink("out", _ -> {});
        Line line = line(pipeline.explain());
        Line moved = line.with(Change.model("b", ExecutionModel.PLATFORM, 1));
        assertThat(moved.station(1).workNs()).isCloseTo(1_010, within(1e-6));
        assertThat(moved.station(2).workNs()).isCloseTo(1_010, within(1e-6));
        assertThat(moved.station(3).workNs()).isCloseTo(1_000, within(1e-6));
        Line back = moved.with(Change.how("b", How.fused()));
        assertThat(back.limit().rate()).isCloseTo(line.limit().rate(), within(1e-3));
        Line parallel = line.with(Change.model("b", ExecutionModel.PLATFORM, 2));
        assertThat(parallel.strands()).hasSize(3);
        assertThat(parallel.station(3).workNs()).isCloseTo(1_010, within(1e-6));
    }

    @Test
    void losesAsMuchAfterAChangeAsBefore() {
        Pipeline pipeline = feed().map("a", n -> n).sink("out", _ -> {});
        Line line = line(pipeline.explain()).reaching(166_667);
        assertThat(line.efficiency()).isCloseTo(0.5, within(1e-3));
        assertThat(line.rate()).isCloseTo(166_667, within(1.0));
        Line apart = line.with(Change.model("a", ExecutionModel.VIRTUAL, 8));
        assertThat(apart.rate()).isCloseTo(apart.limit().rate() / 2, within(5.0));
    }
}
