// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.Channel;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.simulation.Faults;
import io.penstock.simulation.SimulatedScheduler;
import io.penstock.simulation.Simulation;
import io.penstock.stage.Emitter;
import io.penstock.stage.OnFailure;
import io.penstock.stage.Retry;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The program of one entry of the conformance suite. Its pipeline is built once and run any number
/// of times, one run after the other, each with a [ConformanceAccount] of its own.
///
/// Its functions are called by the strands of a simulated scheduler, of which one runs at a time,
/// so what they share is plain.
public final class ConformanceSubject implements SimulatedScheduler.Body {
    static final int COUNT = 7;
    static final int VICTIM = 5;
    private static final int MOST_DRAINED = 3 * COUNT;
    private static final int SENT_BY_DEAD_CONSUMER = 3;
    private static final Duration DEADLINE = Duration.ofMillis(100);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    private static final Duration STALL = Duration.ofMillis(3);

    /// Long enough for senders in a full edge to wait patiently, then urgently, then without end.
    private static final long PAUSE_NS = 5_000_000;

    /// What the parts throw on purpose. Without a stack, which nobody looks at.
    static final class Planned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Planned(String message) {
            super(message, null, false, false);
        }
    }

    private final ConformanceEntry entry;
    private final Operation operation;
    private final Trouble trouble;
    private @Nullable Pipeline pipeline;
    private @Nullable Plan plan;

    // Of the run under way.
    private Scheduler scheduler = Scheduler.real();
    private ConformanceAccount account = new ConformanceAccount();
    private @Nullable Channel<Integer> channel;
    private int asked;
    private boolean hangs;
    private Function<Integer, Integer> work = item -> item;
    private Consumer<Integer> sink = _ -> {};
    private Runnable pace = () -> {};

    ConformanceSubject(ConformanceEntry entry) {
        this.entry = entry;
        operation = entry.operation();
        trouble = entry.trouble();
    }

    /// The simulation of an operator, a model and a trouble, by their names: for those who know no
    /// classes of the suite.
    public static Simulation simulation(String operation, String model, String trouble) {
        ConformanceEntry entry =
                new ConformanceEntry(
                        null,
                        Operation.valueOf(operation),
                        Model.valueOf(model),
                        Trouble.valueOf(trouble));
        return new ConformanceSubject(entry).simulation();
    }

    /// All interleavings of the entry. Where a deadline of an item counts, the machine stalls for
    /// so short a time that none but the item that hangs is late.
    Simulation simulation() {
        Simulation all = Simulation.of(this).named(entry.toString());
        return trouble == Trouble.DEADLINE ? all.longestStall(Duration.ofMillis(1)) : all;
    }

    // ------------------------------------------------------------------ a run

    @Override
    public void run(SimulatedScheduler simulated) throws InterruptedException {
        begin(simulated);
        Strand feeder = operation == Operation.CHANNEL_SOURCE ? feeder() : null;
        Pipeline runnable = pipeline();
        // More grace than the longest stall of a simulated machine.
        RunOptions options =
                RunOptions.DEFAULT
                        .scheduler(scheduler)
                        .grace(MINUTE)
                        .undelivered(account::undelivered);
        Ended ended;
        try (Run run = runnable.start(options)) {
            if (trouble == Trouble.CANCEL) {
                awaitTrue(run, () -> hangs);
                run.cancel();
            }
            if (trouble == Trouble.DRAIN) {
                awaitTrue(run, () -> account.given.size() >= COUNT);
                ended = run.drain(MINUTE);
            } else {
                ended = run.await();
            }
        }
        if (feeder != null) {
            endFeeder(feeder);
        }
        if (operation == Operation.EMITTING_SOURCE) {
            // The last one may have been refused, or taken and lost: its account knows.
            account.keepGiven(ended.statistics().stage("source").in());
        }
        new ConformanceVerdict(entry, account, Objects.requireNonNull(plan)).check(ended);
    }

    private void begin(SimulatedScheduler simulated) {
        scheduler = simulated;
        account = new ConformanceAccount();
        hangs = false;
        asked = 0;
        work = this::workPlainly;
        sink = this::sinkPlainly;
        pace = () -> {};
        if (trouble == Trouble.FAULTS) {
            Faults faults = Faults.by(simulated);
            work =
                    faults.throwing(
                            "the stage throws",
                            () -> new Planned("chosen"),
                            faults.stalling("the stage stalls", STALL, (Integer item) -> item));
            Function<Integer, Integer> last =
                    faults.stalling("the sink stalls", STALL, (Integer item) -> item);
            sink = item -> sinkPlainly(last.apply(item));
            Function<Integer, Integer> stalling =
                    faults.stalling("the source stalls", STALL, number -> number);
            pace = () -> expectSame(stalling.apply(COUNT));
        }
    }

    /// The pipeline; anew where a part of it belongs to the run.
    private Pipeline pipeline() {
        Pipeline known = pipeline;
        if (known == null || operation == Operation.CHANNEL_SOURCE) {
            known = operation.build(this);
            pipeline = known;
            plan = known.explain(8);
        }
        return known;
    }

    /// Until it is so or the run has ended before.
    private static void awaitTrue(Run run, BooleanSupplier condition) throws InterruptedException {
        boolean isOver = false;
        while (!isOver && !condition.getAsBoolean()) {
            isOver = run.await(LOOK_AGAIN) != null;
        }
    }

    private void pause() {
        long untilNs = scheduler.nanoTime() + PAUSE_NS;
        while (scheduler.nanoTime() < untilNs && !scheduler.isInterrupted()) {
            scheduler.park(this, untilNs);
        }
    }

    private void awaitInterrupt() {
        while (!scheduler.isInterrupted()) {
            scheduler.park(this, Scheduler.NO_DEADLINE);
        }
    }

    // ------------------------------------------------------- parts of pipelines

    /// The source, and the stage before the operator where there is one.
    Stages<Integer> begin() {
        Stages<Integer> stages = Pipeline.from("source", source());
        Model before = entry.before();
        return before == null ? stages : stages.map("first", item -> item, roomy(before.how()));
    }

    /// How the stage "op" runs.
    How how() {
        How how = roomy(entry.model().how());
        return switch (trouble) {
            case SKIP -> how.onFailure(OnFailure.skip());
            case DEAD_LETTER, FAULTS ->
                    how.onFailure(
                            OnFailure.<Integer>deadLetter((item, _) -> account.letters.add(item)));
            case RETRY -> how.retry(Retry.times(1).backoff(Duration.ofMillis(1)));
            case DEADLINE -> how.eachWithin(DEADLINE).onFailure(OnFailure.skip());
            default -> how;
        };
    }

    /// The capacity of an edge that may have one: fewer than there are items.
    int room(int usual) {
        return trouble == Trouble.FULL_EDGE ? 1 : usual;
    }

    private How roomy(How how) {
        return trouble == Trouble.FULL_EDGE ? how.capacity(how.parallelism()) : how;
    }

    /// The end of the stages.
    Pipeline end(Stages<Integer> stages) {
        How how = trouble == Trouble.FULL_EDGE ? How.platform(1).capacity(1) : How.fused();
        return stages.sink("sink", this::sink, how);
    }

    /// A second source, which nothing happens to.
    Source<Integer> other() {
        return Source.of(() -> numbersFrom(100, 103)).atHand();
    }

    private Source<Integer> source() {
        if (operation == Operation.CHANNEL_SOURCE && channel != null) {
            return Source.from(channel);
        }
        if (operation == Operation.EMITTING_SOURCE) {
            return Source.emitting(this::emit);
        }
        return switch (trouble) {
            case DRAIN, BAD_SOURCE, FAULTS -> Source.from(this::next);
            default -> Source.of(() -> numbersFrom(0, COUNT)).atHand();
        };
    }

    private Iterator<Integer> numbersFrom(int first, int last) {
        return new Iterator<>() {
            private int given = first;

            @Override
            public boolean hasNext() {
                return given < last;
            }

            @Override
            public Integer next() {
                account.give(++given);
                return given;
            }
        };
    }

    /// The next item of a source that is asked; null at its end.
    private @Nullable Integer next() {
        int next = ++asked;
        if (!hasMore(next)) {
            return null;
        }
        account.give(next);
        return next;
    }

    private static void expectSame(int number) {
        if (number != COUNT) {
            throw new AssertionError("a stall must change nothing: number=" + number);
        }
    }

    /// Waits as long as the source does before an item.
    private boolean hasMore(int next) {
        if (trouble == Trouble.DRAIN) {
            if (next > MOST_DRAINED) {
                awaitInterrupt(); // strategies are not fair: the run must be able to be drained
                return false;
            }
            pause(); // or no time would pass
            return true;
        }
        pace.run();
        if (trouble == Trouble.BAD_SOURCE && next == VICTIM) {
            throw new Planned("source");
        }
        return next <= COUNT;
    }

    private void emit(Emitter<Integer> out) {
        for (int next = 1; hasMore(next); next++) {
            account.give(next);
            if (!out.emit(next)) {
                return;
            }
        }
    }

    private Strand feeder() {
        Channel<Integer> made =
                Channel.<Integer>builder("feed", 2).oneToOne().scheduler(scheduler).build();
        channel = made;
        return scheduler.start("feeder", StrandKind.VIRTUAL, () -> feed(made));
    }

    private void feed(Channel<Integer> to) {
        Predicate<Integer> send = to::send;
        Consumer<Integer> way = item -> offer(send, item);
        if (trouble == Trouble.FAULTS) {
            Faults faults = Faults.by(scheduler);
            Predicate<Integer> full = faults.full("the channel is full", send);
            way =
                    faults.losing(
                            "a message is lost",
                            faults.doubling("a message is doubled", item -> offer(full, item)));
        }
        try {
            for (int next = 1; hasMore(next) && !to.isCancelled(); next++) {
                way.accept(next);
            }
            to.done();
        } catch (Planned e) {
            to.fail(e);
        }
    }

    private void offer(Predicate<Integer> offer, int item) {
        if (offer.test(item)) {
            account.give(item);
        }
    }

    /// What the run has not taken stays in the channel.
    private void endFeeder(Strand feeder) {
        Channel<Integer> fed = channel;
        if (fed == null) {
            return;
        }
        fed.cancel();
        scheduler.interrupt(feeder);
        scheduler.join(feeder, Scheduler.NO_DEADLINE);
        fed.close();
        account.keepGiven(fed.statistics().received());
    }

    // ------------------------------------------------------------- the functions

    /// The work of the stage "op".
    Integer work(Integer item) {
        return work.apply(item);
    }

    private Integer workPlainly(Integer item) {
        switch (trouble) {
            case SLOW -> pause();
            case RETRY -> {
                if (account.seen.add(item)) {
                    throw new Planned("first attempt");
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
            case THROW, SKIP, DEAD_LETTER -> throw new Planned("item");
            case ERROR -> throw new AssertionError("item");
            case CANCEL, DEADLINE -> {
                hangs = true;
                awaitInterrupt();
                throw new Planned("interrupted");
            }
            case INTERRUPT -> scheduler.interrupt(scheduler.current());
            default -> {}
        }
    }

    /// The end of an item.
    void sink(Integer item) {
        sink.accept(item);
    }

    private void sinkPlainly(Integer item) {
        int most = operation.isLossy() ? 0 : SENT_BY_DEAD_CONSUMER;
        if (trouble == Trouble.DEAD_CONSUMER && account.received.size() == most) {
            throw new Planned("sink");
        }
        if (trouble == Trouble.FULL_EDGE) {
            pause();
        }
        account.received.add(item);
    }

    /// The end of an item of the second branch.
    void copied(Integer item) {
        account.copies.add(item);
    }
}
