// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.stage.Ending;
import io.penstock.stage.ListenerFaults;
import io.penstock.stage.Rate;
import io.penstock.stage.TokenBucket;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A pipeline that runs. Safe for use by any thread.
///
/// It ends by itself when its sources have, or when a stage fails; [#drain()] stops the sources and
/// lets what is inside go through; [#cancel] stops everything where it is. Leaving [#close] means
/// that every strand has ended, or that those that ignore their interrupt have been named.
///
/// There is no end before all stages have ended, so they must not wait for it: whatever waits is
/// refused to a strand of the run by an [IllegalStateException].
public final class Run implements AutoCloseable {
    /// One stage of a run, to be changed while it runs.
    public static final class Stage {
        private final String name;
        private final @Nullable TokenBucket bucket;

        private Stage(String name, @Nullable TokenBucket bucket) {
            this.name = name;
            this.bucket = bucket;
        }

        /// Changes the rate of a limit, at once.
        ///
        /// @throws IllegalStateException when the stage is no limit
        public void rate(Rate rate) {
            limit().rate(rate);
        }

        /// The rate of a limit.
        ///
        /// @throws IllegalStateException when the stage is no limit
        public Rate rate() {
            return limit().rate();
        }

        private TokenBucket limit() {
            if (bucket == null) {
                throw new IllegalStateException("only a limit has a rate: stage=" + name);
            }
            return bucket;
        }
    }

    private static final Logger LOGGER = System.getLogger(Run.class.getName());

    private final Pipeline pipeline;
    private final Scheduler scheduler;
    private final Duration grace;
    private final long startNs;
    private final Ending ending;
    private final Strands strands;
    private final ListenerFaults faults;
    private final StageParts parts;
    private final Wiring wiring;
    private final RunReport report;
    private final Watch watch;
    private final RunEvent event = new RunEvent();

    /// When it was to stop; NO_DEADLINE as long as it was not.
    private volatile long stopNs = Scheduler.NO_DEADLINE;

    private volatile @Nullable Ended ended;

    private Run(Pipeline pipeline, RunOptions options) {
        this.pipeline = pipeline;
        scheduler = options.scheduler();
        grace = options.grace();
        strands = new Strands(scheduler, this::conclude);
        ending = new Ending(this::stopping);
        faults = new ListenerFaults(pipeline.name());
        watch = new Watch(pipeline.name(), scheduler, options.watching(), this::statistics, faults);
        parts = new StageParts(pipeline, options, ending, faults);
        wiring = new Wiring(pipeline, options, parts, strands, watch);
        wiring.build();
        report = new RunReport(pipeline, wiring);
        startNs = scheduler.nanoTime();
    }

    static Run start(Pipeline pipeline, RunOptions options) {
        Run run = new Run(pipeline, options);
        LOGGER.log(Level.DEBUG, "started: pipeline={0}", pipeline.name());
        run.event.begin();
        try {
            run.watch.start(pipeline::explain);
            for (Wiring.Body body : run.wiring.bodies()) {
                run.strands.start(body.name(), body.kind(), body.stages(), body.run());
            }
        } catch (RuntimeException | Error e) { // the machine has no more threads
            run.ending.fail(pipeline.name(), null, e);
        } finally {
            run.strands.started();
        }
        return run;
    }

    /// Everything is to stop: on the strand that stops it. What that strand takes out of the edges
    /// belongs to the account, so there is no end before it is done.
    private void stopping() {
        stopNs = scheduler.nanoTime();
        if (!strands.hold()) {
            return;
        }
        try {
            wiring.stop();
            strands.interruptAll();
            strands.wakeWaiting();
        } finally {
            strands.letGo();
        }
    }

    /// All strands have ended: on the last of them.
    private void conclude() {
        try {
            ended = end();
        } catch (RuntimeException | Error e) { // or those who wait would wait for ever
            RunStatistics nothing = new RunStatistics(pipeline.name(), 0, List.of(), List.of());
            ended = new Ended.Failed(pipeline.name(), null, e, nothing);
        }
        Ended end = Objects.requireNonNull(ended, "ended");
        faults.sum();
        watch.stop(end);
        LOGGER.log(Level.DEBUG, "ended: pipeline={0}", pipeline.name());
        record(end);
    }

    private void record(Ended end) {
        if (event.shouldCommit()) {
            event.pipeline = pipeline.name();
            event.end = end.getClass().getSimpleName();
            event.failedStage = end instanceof Ended.Failed failed ? failed.stage() : "";
            event.strands = wiring.bodies().size();
            event.commit();
        }
    }

    private Ended end() {
        wiring.close();
        RunStatistics statistics = report.statistics(scheduler.nanoTime() - startNs);
        Ending.Failure failure = ending.failure();
        if (failure == null) {
            return ending.phase() == Ending.Phase.STOPPING
                    ? new Ended.Cancelled(statistics)
                    : new Ended.Done(statistics);
        }
        LOGGER.log(
                Level.WARNING,
                "failed: pipeline=" + pipeline.name() + ", stage=" + failure.stage(),
                failure.cause());
        return new Ended.Failed(failure.stage(), failure.item(), failure.cause(), statistics);
    }

    /// The account at this moment.
    public RunStatistics statistics() {
        Ended end = ended;
        return end != null ? end.statistics() : report.statistics(scheduler.nanoTime() - startNs);
    }

    /// A stage, to be changed while it runs.
    ///
    /// @throws NoSuchElementException when there is none of this name
    public Stage stage(String name) {
        return new Stage(name, parts.bucketOrNull(pipeline.graph().node(name)));
    }

    /// Waits for the end.
    ///
    /// @return how it ended; stuck when it was to end and a strand ignored its interrupt for the
    ///   time of grace
    /// @throws InterruptedException when the caller was interrupted; the run goes on
    public Ended await() throws InterruptedException {
        Ended end = awaitUntil(Scheduler.NO_DEADLINE);
        if (end == null) {
            throw new IllegalStateException("there must be an end: pipeline=" + pipeline.name());
        }
        return end;
    }

    /// Waits for the end, but no longer than a time.
    ///
    /// @return how it ended; null when it goes on
    /// @throws InterruptedException when the caller was interrupted; the run goes on
    public @Nullable Ended await(Duration time) throws InterruptedException {
        return awaitUntil(Scheduler.after(scheduler.nanoTime(), time));
    }

    private @Nullable Ended awaitUntil(long deadlineNs) throws InterruptedException {
        Strand self = scheduler.current();
        checkOutside(self);
        strands.addWaiting(self);
        try {
            while (true) {
                Ended end = ended;
                if (end != null) {
                    long joinNs = Scheduler.after(scheduler.nanoTime(), grace);
                    strands.joinAll(joinNs);
                    watch.join(joinNs);
                    return end;
                }
                long now = scheduler.nanoTime();
                long stoppedNs = stopNs;
                boolean isStopping = stoppedNs != Scheduler.NO_DEADLINE;
                long stuckNs =
                        isStopping ? Scheduler.after(stoppedNs, grace) : Scheduler.NO_DEADLINE;
                if (Scheduler.isDue(stuckNs, now)) {
                    return stuck();
                }
                if (Scheduler.isDue(deadlineNs, now)) {
                    return null;
                }
                if (scheduler.clearInterrupt()) {
                    throw new InterruptedException("interrupted: pipeline=" + pipeline.name());
                }
                scheduler.park(this, Scheduler.earlier(deadlineNs, stuckNs));
            }
        } finally {
            strands.removeWaiting(self);
        }
    }

    private void checkOutside(Strand self) {
        List<String> stages = strands.stagesOn(self);
        if (!stages.isEmpty()) {
            throw new IllegalStateException(
                    "a stage must not wait for the end of its own run (cancel() and drain() do"
                            + " not wait): pipeline="
                            + pipeline.name()
                            + ", stages="
                            + stages);
        }
    }

    private Ended stuck() {
        List<StageDump> where = strands.dumps();
        Ended end = ended;
        if (end != null) {
            return end;
        }
        Ending.Failure failure = ending.failure();
        return new Ended.Stuck(where, failure == null ? null : failure.cause(), statistics());
    }

    /// Stops the sources and lets what is inside go through. Does not wait.
    public void drain() {
        ending.drain();
        wiring.stopSources();
    }

    /// Stops the sources and lets what is inside go through; cancels when that takes too long.
    ///
    /// @return how it ended
    /// @throws InterruptedException when the caller was interrupted; the run goes on draining
    public Ended drain(Duration timeout) throws InterruptedException {
        checkOutside(scheduler.current());
        drain();
        Ended end = await(timeout);
        if (end != null) {
            return end;
        }
        cancel();
        return await();
    }

    /// Stops everything where it is. Waits for nothing of the user's: at most for a moment, for a
    /// strand that is just putting an item into an edge of several senders, and, where all others
    /// have ended, for that of the deadlines. Items in hand are worked on to their end, and so are
    /// up to 255 behind them where they are quick and from a source at hand.
    public void cancel() {
        ending.stop();
    }

    /// Cancels when it still runs, and waits until every strand has ended; those that ignore their
    /// interrupt for the time of grace are logged with their stacks. An interrupt of the caller
    /// does not shorten the wait; its flag is set again.
    @Override
    public void close() {
        if (ended == null) {
            cancel();
        }
        boolean interrupted = false;
        while (true) {
            try {
                if (await() instanceof Ended.Stuck stuck) {
                    for (StageDump dump : stuck.where()) {
                        LOGGER.log(Level.ERROR, "stuck: {0}", dump.describe());
                    }
                }
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            scheduler.interrupt(scheduler.current());
        }
    }
}
