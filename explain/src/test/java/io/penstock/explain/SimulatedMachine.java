// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.pipeline.Ended;
import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Plan;
import io.penstock.pipeline.Run;
import io.penstock.pipeline.RunOptions;
import io.penstock.simulation.Outcome;
import io.penstock.simulation.SimulatedScheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A machine with two cores on which time is simulated: work takes a core for a time, waiting takes
/// time alone. Strands are told what they have used of it, as on a real one. Confined to the
/// strands of one simulation, of which one runs at a time.
final class SimulatedMachine {
    static final Machine MACHINE = new Machine(2, 20);

    private final MeteredScheduler scheduler;
    private final Deque<Strand> runQueue = new ArrayDeque<>();
    private final Map<String, Long> lockNs = new HashMap<>();
    private final Deque<Strand> lockQueue = new ArrayDeque<>();
    private int freeCores = MACHINE.cores();
    private boolean isLocked;

    SimulatedMachine(Scheduler scheduler) {
        this.scheduler = new MeteredScheduler(scheduler);
    }

    /// Runs a pipeline to its end and explains it.
    ///
    /// @param changed applied to the pipeline before it runs
    static Analysis explain(
            Function<SimulatedMachine, Pipeline> made, Function<Pipeline, Pipeline> changed) {
        return explain(made, changed, RunOptions.DEFAULT);
    }

    /// The same, run in another way.
    static Analysis explain(
            Function<SimulatedMachine, Pipeline> made,
            Function<Pipeline, Pipeline> changed,
            RunOptions options) {
        List<Analysis> result = new ArrayList<>();
        Outcome outcome =
                SimulatedScheduler.ordinary()
                        .run(
                                scheduler -> {
                                    SimulatedMachine machine = new SimulatedMachine(scheduler);
                                    result.add(
                                            machine.run(
                                                    changed.apply(made.apply(machine)), options));
                                });
        if (result.isEmpty()) {
            throw new AssertionError("the simulation failed: " + outcome);
        }
        return result.getFirst();
    }

    private Analysis run(Pipeline pipeline, RunOptions options) throws InterruptedException {
        Plan plan = pipeline.explain();
        try (Run run = pipeline.start(options.scheduler(scheduler))) {
            Ended ended = run.await();
            if (!(ended instanceof Ended.Done)) {
                throw new AssertionError("the run must be done: " + ended);
            }
            return Analysis.of(plan, ended.statistics(), MACHINE, recorded(plan));
        }
    }

    /// A call that waits for something outside.
    void await(long ns) {
        long end = scheduler.nanoTime() + ns;
        while (end - scheduler.nanoTime() > 0) {
            if (scheduler.isInterrupted()) {
                throw new IllegalStateException("interrupted");
            }
            scheduler.park(this, end);
        }
    }

    /// A call that keeps a core busy. Waits in the run queue where there is none.
    void compute(long ns) {
        long start = scheduler.nanoTime();
        while (freeCores == 0) {
            runQueue.add(scheduler.current());
            scheduler.park(this, Scheduler.NO_DEADLINE);
        }
        freeCores--;
        scheduler.charge(ns, scheduler.nanoTime() - start, 0);
        await(ns);
        freeCores++;
        if (!runQueue.isEmpty()) {
            scheduler.unpark(runQueue.poll());
        }
    }

    void allocate(long bytes) {
        scheduler.charge(0, 0, bytes);
    }

    /// A call that holds the only lock for a time.
    void locked(String strand, long ns) {
        long start = scheduler.nanoTime();
        while (isLocked) {
            lockQueue.add(scheduler.current());
            scheduler.park(this, Scheduler.NO_DEADLINE);
        }
        isLocked = true;
        lockNs.merge(strand, scheduler.nanoTime() - start, Long::sum);
        await(ns);
        isLocked = false;
        if (!lockQueue.isEmpty()) {
            scheduler.unpark(lockQueue.poll());
        }
    }

    private Recorded recorded(Plan plan) {
        List<LockWait> waits = new ArrayList<>();
        for (Plan.Group group : plan.groups()) {
            Long ns = lockNs.get(group.name());
            if (ns != null) {
                waits.add(new LockWait(group.strands().getFirst(), "acme.Counter", 1, ns));
            }
        }
        return new Recorded(waits, 0);
    }
}
