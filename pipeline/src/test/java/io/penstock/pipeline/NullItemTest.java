// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.stage.Retry;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who gave a null is told, and where.
@Timeout(60)
class NullItemTest {
    private static final List<Integer> WITH_NULL = Arrays.asList(1, 2, null, 4);

    static Stream<How> models() {
        return Models.all();
    }

    private static void assertSaid(String text, String stage, Pipeline pipeline) throws Exception {
        Ended ended = Models.run(pipeline);
        assertThat(ended).isInstanceOf(Ended.Failed.class);
        Ended.Failed failed = (Ended.Failed) ended;
        assertThat(failed.stage()).isEqualTo(stage);
        assertThat(failed.cause()).isInstanceOf(NullPointerException.class).hasMessage(text);
    }

    private static void assertSaidOf(Source<Integer> source, String text) throws Exception {
        assertSaid(text, "feed", Pipeline.from("feed", source).sink("sink", _ -> {}));
    }

    @Test
    @SuppressWarnings("UnnecessaryMethodReference") // an iterable that is no collection
    void namesTheSourceAndTheIndex() throws Exception {
        String text = "a source must not give null: source=feed, index=2";
        assertSaidOf(Source.of(WITH_NULL), text);
        assertSaidOf(Source.of(WITH_NULL::iterator), text);
        assertSaidOf(Source.<Integer>of(WITH_NULL::iterator).atHand(), text);
        assertSaidOf(Source.emitting(out -> out.emitAll(WITH_NULL)), text);
    }

    @Test
    void namesTheSourceWithoutAnIterator() throws Exception {
        Iterable<Integer> nothing = () -> null;
        String text = "a source must have an iterator: source=feed";
        assertSaidOf(Source.of(nothing), text);
        assertSaidOf(Source.of(nothing).atHand(), text);
    }

    @Test
    void namesTheSourceAndTheNumber() throws Exception {
        assertSaidOf(
                Source.range(10, 20, number -> number == 12 ? null : (int) number),
                "a function must not return null: source=feed, number=12");
    }

    @ParameterizedTest
    @MethodSource("models")
    void namesTheStageWhoseFunctionGivesNull(How how) throws Exception {
        Stages<Integer> feed = Pipeline.from("feed", Source.of(1));
        String where = how.isParallel() ? "ring=feed->work" : "stage=work";
        assertSaid(
                "a function must not return null: " + where,
                "work",
                feed.<Integer>map("work", _ -> null, how).sink("sink", _ -> {}));
        assertSaid(
                "a function must not return null: stage=work",
                "work",
                feed.<Integer>map("work", _ -> null, how.retry(Retry.times(1)))
                        .sink("sink", _ -> {}));
    }

    @Test
    void namesTheStageThatEmitsNull() throws Exception {
        assertSaid(
                "a function must not emit null: stage=rows",
                "rows",
                Pipeline.from("feed", Source.of(1))
                        .<Integer>flatMap("rows", (_, out) -> out.emit(null))
                        .sink("sink", _ -> {}));
    }

    @Test
    void namesTheStageThatGetsAListWithNull() throws Exception {
        assertSaid(
                "a list to unbatch must not hold null: stage=rows",
                "rows",
                Pipeline.from("feed", Source.of(List.of(WITH_NULL)))
                        .<Integer>unbatch("rows")
                        .sink("sink", _ -> {}));
    }
}
