// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// All execution models that a stage can run on, and what tests of a run share.
final class Models {
    /// Longer than any of these runs takes; only a run that hangs meets it.
    static final Duration LONG = Duration.ofSeconds(30);

    private Models() {}

    /// One strand, or the strand of the stage before.
    static Stream<How> single() {
        return Stream.of(
                How.fused(),
                How.platform(1),
                How.virtual(1),
                How.eventLoop(),
                How.eventLoop("other"));
    }

    /// Several strands, in each order.
    static Stream<How> parallel() {
        return Stream.of(How.platform(3), How.virtual(5))
                .flatMap(
                        how ->
                                Stream.of(
                                        how.ordered(),
                                        how.unordered(),
                                        how.orderedBy((Integer item) -> item % 7)));
    }

    /// All of them.
    static Stream<How> all() {
        return Stream.concat(single(), parallel());
    }

    /// The numbers from 0.
    static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    /// Runs to the end; an end that does not come fails the test.
    static Ended run(Pipeline pipeline) throws InterruptedException {
        try (Run run = pipeline.start()) {
            return ended(run);
        }
    }

    /// The end of a run; one that does not come fails the test.
    static Ended ended(Run run) throws InterruptedException {
        Ended ended = run.await(LONG);
        if (ended == null) {
            throw new AssertionError("the run must end: " + run.statistics());
        }
        return ended;
    }
}
