// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.channel.Channel;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Sender;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.util.ArrayList;
import java.util.List;

/// A test of the usual kind: a producer, four consumers that share its items, and a collector,
/// between channels of 16. It makes everything anew and fails when an item is lost or doubled.
final class SmallPipeline {
    private static final int CONSUMERS = 4;
    private static final int CAPACITY = 16;

    private SmallPipeline() {}

    /// Runs it once.
    ///
    /// @throws AssertionError when the collector has not got every item once
    static void run(Scheduler scheduler, StrandKind kind, int items) {
        Channel<Integer> work =
                Channel.<Integer>builder("work", CAPACITY).oneToMany().scheduler(scheduler).build();
        Channel<Integer> results =
                Channel.<Integer>builder("results", CAPACITY)
                        .senders(CONSUMERS)
                        .scheduler(scheduler)
                        .build();
        List<Strand> strands = new ArrayList<>();
        strands.add(scheduler.start("producer", kind, () -> produce(work, items)));
        for (int i = 0; i < CONSUMERS; i++) {
            Sender<Integer> end = results.sender();
            strands.add(scheduler.start("consumer", kind, () -> consume(work, end)));
        }
        long[] sum = new long[1];
        strands.add(
                scheduler.start(
                        "collector", kind, () -> results.forEach(result -> sum[0] += result)));
        strands.forEach(strand -> scheduler.join(strand, Scheduler.NO_DEADLINE));
        long expected = (long) items * (items - 1);
        if (sum[0] != expected) {
            throw new AssertionError(
                    "each item must come once: sum=" + sum[0] + ", expected=" + expected);
        }
    }

    private static void produce(Channel<Integer> work, int items) {
        for (int i = 0; i < items; i++) {
            work.send(i);
        }
        work.done();
    }

    private static void consume(Channel<Integer> work, Sender<Integer> end) {
        try (end) {
            for (int item : work) {
                end.send(2 * item);
            }
        }
    }
}
