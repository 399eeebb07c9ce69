// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.stage.OnFailure;
import io.penstock.stage.Rate;
import io.penstock.stage.Retry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Times that nanoseconds in a long cannot count mean for ever, not an overflow.
@Timeout(60)
class LongTimesTest {
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    @Test
    void runsWithTheLongestTimes() throws Exception {
        Retry retry = Retry.times(1).backoff(LONGEST).max(Duration.ofNanos(1));
        Pipeline pipeline =
                Pipeline.from("numbers", Source.of(1, 2, 3))
                        .map(
                                "work",
                                item -> 6 / (item - 2),
                                How.virtual(2)
                                        .eachWithin(LONGEST)
                                        .retry(retry)
                                        .onFailure(OnFailure.skip()))
                        .batch("pairs", Batch.of(2).orAfter(LONGEST))
                        .sink("sink", _ -> {});
        assertThat(pipeline.explain().toString()).contains("each within", "batch(2");
        Watching watching = Watching.NOTHING.items(LONGEST).loops(LONGEST).meters(_ -> {}, LONGEST);
        try (Run run = pipeline.start(RunOptions.DEFAULT.grace(LONGEST).watching(watching))) {
            assertThat(run.await(LONGEST)).isInstanceOf(Ended.Done.class);
        }
    }

    @Test
    void refusesAPeriodThatNoRateCanHave() {
        for (Duration period : List.of(Duration.ofDays(300 * 365L), LONGEST)) {
            assertThatThrownBy(() -> Rate.of(1, period))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("period must be at most 366 days: period=" + period);
        }
    }
}
