// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.Scheduler;
import io.penstock.stage.OnFailure;
import io.penstock.stage.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One entry of the conformance suite: an operator, or two models one behind the other, something
/// that goes wrong, and what must be true at the end whatever the models are.
///
/// @param before the model of a stage before the one that is tried; null for none
/// @param operation what is tried
/// @param model how it runs
/// @param trouble what goes wrong in it
record ConformanceEntry(@Nullable Model before, Operation operation, Model model, Trouble trouble) {
    private static final int COUNT = 9;
    private static final int VICTIM = 5;

    @Override
    public String toString() {
        return (before == null ? operation + " on " : before + " then ") + model + ", " + trouble;
    }

    /// Runs it once on this scheduler.
    void run(Scheduler scheduler) throws InterruptedException {
        new Attempt(scheduler).run();
    }

    private boolean keepsOrder() {
        return operation.keepsOrder()
                && model.keepsOrder()
                && (before == null || before.keepsOrder());
    }

    /// One run of the entry.
    private final class Attempt {
        private final Scheduler scheduler;
        private final List<Integer> received = new ArrayList<>();
        private final Set<Integer> seen = new HashSet<>();
        private final AtomicInteger given = new AtomicInteger();
        private final AtomicBoolean hangs = new AtomicBoolean();

        Attempt(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        void run() throws InterruptedException {
            Pipeline pipeline = pipeline();
            Ended ended;
            // More grace than the longest stall of a simulated machine.
            RunOptions options =
                    RunOptions.DEFAULT.scheduler(scheduler).grace(Duration.ofMinutes(1));
            try (Run run = pipeline.start(options)) {
                if (trouble == Trouble.CANCEL) {
                    awaitTrue(hangs::get);
                    run.cancel();
                }
                if (trouble == Trouble.DRAIN) {
                    awaitTrue(() -> given.get() >= COUNT);
                    ended = run.drain(Duration.ofMinutes(1));
                } else {
                    ended = run.await();
                }
            }
            check(ended);
        }

        private Pipeline pipeline() {
            Stages<Integer> stages = Pipeline.from("source", source());
            if (before != null) {
                stages = stages.map("first", item -> item, roomy(before.how()));
            }
            How sink = trouble == Trouble.FULL_EDGE ? How.platform(1).capacity(1) : How.fused();
            return operation.add(stages, how(), this::work).sink("sink", this::sink, sink);
        }

        private Source<Integer> source() {
            Iterator<Integer> numbers = Operation.numbers(COUNT).iterator();
            return switch (trouble) {
                case DRAIN ->
                        Source.from(
                                () -> {
                                    pause(); // or no time would pass
                                    return given.incrementAndGet();
                                });
                case BAD_SOURCE ->
                        Source.from(
                                () -> {
                                    int next = numbers.next();
                                    if (next == VICTIM) {
                                        throw new IllegalStateException("source");
                                    }
                                    return next;
                                });
                default -> Source.of(Operation.numbers(COUNT));
            };
        }

        private How how() {
            How how = roomy(model.how());
            return switch (trouble) {
                case SKIP -> how.onFailure(OnFailure.skip());
                case RETRY -> how.retry(Retry.times(1).backoff(Duration.ofMillis(1)));
                case DEADLINE -> how.eachWithin(Duration.ofMinutes(1)).onFailure(OnFailure.skip());
                default -> how;
            };
        }

        private How roomy(How how) {
            return trouble == Trouble.FULL_EDGE ? how.capacity(how.parallelism()) : how;
        }

        private Integer work(Integer item) {
            switch (trouble) {
                case SLOW -> pause();
                case RETRY -> {
                    boolean first;
                    synchronized (seen) { // by several strands; never held while waiting
                        first = seen.add(item);
                    }
                    if (first) {
                        throw new IllegalStateException("first attempt");
                    }
                }
                default -> {
                    if (item == VICTIM) {
                        trouble();
                    }
                }
            }
            return item;
        }

        private void trouble() {
            switch (trouble) {
                case THROW, SKIP -> throw new IllegalStateException("item");
                case ERROR -> throw new AssertionError("item");
                case CANCEL, DEADLINE -> {
                    hangs.set(true);
                    while (!scheduler.isInterrupted()) {
                        scheduler.park(this, Scheduler.NO_DEADLINE);
                    }
                    throw new IllegalStateException("interrupted");
                }
                case INTERRUPT -> scheduler.interrupt(scheduler.current());
                default -> {}
            }
        }

        private void sink(Integer item) {
            if (trouble == Trouble.DEAD_CONSUMER && received.size() == 3) {
                throw new IllegalStateException("sink");
            }
            if (trouble == Trouble.FULL_EDGE) {
                pause();
            }
            received.add(item);
        }

        private void pause() {
            long untilNs = scheduler.nanoTime() + 1_000_000;
            while (scheduler.nanoTime() < untilNs && !scheduler.isInterrupted()) {
                scheduler.park(this, untilNs);
            }
        }

        private void awaitTrue(java.util.function.BooleanSupplier condition) {
            while (!condition.getAsBoolean()) {
                scheduler.park(this, scheduler.nanoTime() + 100_000);
            }
        }

        private void check(Ended ended) {
            for (EdgeStatistics edge : ended.statistics().edges()) {
                assertThat(edge.isBalanced()).as("balance of %s", edge).isTrue();
            }
            switch (trouble) {
                case NONE, SLOW, RETRY, FULL_EDGE -> checkDone(ended, operation.expected(COUNT));
                case SKIP, DEADLINE -> checkDone(ended, withoutVictim(operation.expected(COUNT)));
                case THROW, ERROR -> checkFailed(ended, "op", VICTIM);
                case DEAD_CONSUMER -> checkFailed(ended, "sink", null);
                case BAD_SOURCE -> checkFailed(ended, "source", null);
                case CANCEL -> {
                    assertThat(ended).isInstanceOf(Ended.Cancelled.class);
                    checkPart(withoutVictim(operation.expected(COUNT)));
                }
                case DRAIN -> checkDone(ended, operation.expected(given.get()));
                case INTERRUPT -> {
                    if (ended instanceof Ended.Done) {
                        checkDone(ended, operation.expected(COUNT));
                    } else {
                        checkPart(operation.expected(COUNT));
                    }
                }
            }
        }

        private void checkDone(Ended ended, List<Integer> expected) {
            assertThat(ended).as("end").isInstanceOf(Ended.Done.class);
            if (keepsOrder()) {
                assertThat(received).isEqualTo(expected);
            } else {
                assertThat(received).containsExactlyInAnyOrderElementsOf(expected);
                checkKeyOrder();
            }
        }

        private void checkFailed(Ended ended, String stage, @Nullable Integer item) {
            assertThat(ended).isInstanceOf(Ended.Failed.class);
            Ended.Failed failed = (Ended.Failed) ended;
            assertThat(failed.stage()).isEqualTo(stage);
            if (item != null) {
                assertThat(failed.item()).isEqualTo(item);
                checkPart(withoutVictim(operation.expected(COUNT)));
                if (keepsOrder()) {
                    assertThat(received).as("nothing passes a failed item").allMatch(i -> i < item);
                }
            }
        }

        private void checkPart(List<Integer> expected) {
            List<Integer> rest = new ArrayList<>(expected);
            for (Integer item : received) {
                assertThat(rest.remove((Object) item)).as("%s was sent once", item).isTrue();
            }
        }

        /// Those of one key stay in their order.
        private void checkKeyOrder() {
            boolean byKey = model == Model.VIRTUAL_3_BY_KEY || model.keepsOrder();
            boolean beforeToo =
                    before == null || before.keepsOrder() || before == Model.VIRTUAL_3_BY_KEY;
            if (byKey && beforeToo && operation.keepsOrder()) {
                for (int key = 0; key < 2; key++) {
                    int wanted = key;
                    assertThat(received.stream().filter(item -> item % 2 == wanted).toList())
                            .isSorted();
                }
            }
        }

        private static List<Integer> withoutVictim(List<Integer> items) {
            return items.stream().filter(item -> item != VICTIM).toList();
        }
    }

    /// Every operator on every model with everything that can go wrong.
    static List<ConformanceEntry> ofOperators() {
        List<ConformanceEntry> all = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            for (Model model : Model.values()) {
                for (Trouble trouble : Trouble.values()) {
                    if (operation.canRunAs(model)) {
                        all.add(new ConformanceEntry(null, operation, model, trouble));
                    }
                }
            }
        }
        return all;
    }

    /// Every ordered pair of models with everything that can go wrong in the second.
    static List<ConformanceEntry> ofPairs() {
        List<ConformanceEntry> all = new ArrayList<>();
        for (Model before : Model.values()) {
            for (Model model : Model.values()) {
                for (Trouble trouble : Trouble.values()) {
                    all.add(new ConformanceEntry(before, Operation.MAP, model, trouble));
                }
            }
        }
        return all;
    }
}
