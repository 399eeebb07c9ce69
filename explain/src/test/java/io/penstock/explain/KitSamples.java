// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.channel.Channel;
import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.OverflowPolicy;
import io.penstock.pipeline.Batch;
import io.penstock.pipeline.Ended;
import io.penstock.pipeline.How;
import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Run;
import io.penstock.pipeline.RunOptions;
import io.penstock.pipeline.Source;
import io.penstock.pipeline.Watching;
import io.penstock.scope.Outcome;
import io.penstock.scope.Scope;
import io.penstock.scope.ScopeOptions;
import io.penstock.scope.Task;
import io.penstock.stage.OnFailure;
import io.penstock.stage.Rate;
import io.penstock.stage.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/// The samples of `docs/kit.md`, which shows nothing else.
final class KitSamples {
    record Tick(String symbol, long price) {}

    record Order(String symbol, long quantity) {}

    /// Something slow, far away.
    interface Venue {
        long price(String symbol) throws InterruptedException;

        void abort();
    }

    private KitSamples() {}

    static long oneProducerFourConsumers()
            throws InterruptedException, ExecutionException, TimeoutException {
        Channel<Integer> numbers = Channel.<Integer>builder("numbers", 200).oneToMany().build();
        LongAdder sum = new LongAdder();
        try (Scope scope = Scope.open("sum")) {
            for (int i = 0; i < 4; i++) {
                scope.fork(
                        "consumer-" + i,
                        () -> {
                            for (int number : numbers) { // ends when the channel is done
                                sum.add(number * 2L);
                            }
                            return null;
                        });
            }
            boolean isTaken = true;
            for (int i = 0; isTaken && i < 2_000; i++) {
                isTaken = numbers.send(i); // waits while 200 are inside
            }
            if (isTaken) {
                numbers.done();
            }
            scope.join(); // throws what made a consumer fail, or a send give up
        }
        return sum.sum();
    }

    static String conflated() {
        Channel<Tick> ticks =
                Channel.<Tick>builder("ticks", 1_024)
                        .conflate(Tick::symbol, (waiting, newer) -> newer)
                        .build();
        ticks.send(new Tick("A", 10));
        ticks.send(new Tick("B", 20));
        ticks.send(new Tick("A", 11)); // takes the place of the first
        EdgeStatistics account = ticks.statistics();
        return ticks.tryReceive()
                + " "
                + account.sent()
                + " = "
                + account.received()
                + " + "
                + account.dropped()
                + " + "
                + account.left();
    }

    static List<Order> dropped() {
        List<Order> lost = new ArrayList<>();
        Channel<Order> orders =
                Channel.<Order>builder("orders", 1)
                        .overflow(OverflowPolicy.DROP_OLDEST)
                        .undelivered(lost::add)
                        .build();
        orders.send(new Order("A", 1));
        orders.send(new Order("B", 2));
        orders.cancel(); // what is inside is undelivered, too
        orders.close();
        return lost;
    }

    static long bothOrNeither(Venue bids, Venue asks)
            throws InterruptedException, ExecutionException, TimeoutException {
        return Scope.call(
                "spread",
                ScopeOptions.within(Duration.ofMillis(200)),
                scope -> {
                    scope.onCancel(bids::abort); // for work that an interrupt cannot stop
                    Task<Long> bid = scope.fork("bid", () -> bids.price("BTC"));
                    Task<Long> ask = scope.fork("ask", () -> asks.price("BTC"));
                    return ask.get() - bid.get();
                });
    }

    static long sumOfThoseInTime(Venue venue, List<String> symbols) throws InterruptedException {
        List<Outcome<Long>> prices =
                Scope.gatherEach(
                        "prices",
                        ScopeOptions.DEFAULT,
                        Duration.ofMillis(80), // for each
                        symbols,
                        venue::price);
        long sum = 0;
        for (Outcome<Long> price : prices) { // in the order of the symbols
            if (price instanceof Outcome.Ok<Long>(Long value)) {
                sum += value;
            }
        }
        return sum;
    }

    static Pipeline pipeline(List<Tick> feed, Venue venue, List<Order> sent, List<Tick> letters) {
        return Pipeline.from("feed", Source.of(feed))
                .filter("positive", tick -> tick.price() > 0)
                .map(
                        "enrich",
                        tick -> new Tick(tick.symbol(), tick.price() + ask(venue, tick)),
                        How.virtual(64)
                                .ordered()
                                .eachWithin(Duration.ofMillis(500))
                                .retry(Retry.times(2).backoff(Duration.ofMillis(5)))
                                .onFailure(
                                        OnFailure.<Tick>deadLetter((tick, _) -> letters.add(tick))))
                .batch("window", Batch.of(100).orAfter(Duration.ofMillis(2)))
                .map("decide", ticks -> new Order(ticks.getFirst().symbol(), ticks.size()))
                .limit("pace", Rate.perSecond(1_000))
                .sink("oms", sent::add);
    }

    static String plan(Pipeline pipeline) {
        return pipeline.explain().toString();
    }

    static Ended run(Pipeline pipeline) throws InterruptedException {
        try (Run run = pipeline.start()) {
            return run.await();
        }
    }

    static Ended watched(Pipeline pipeline, List<String> stalls) throws InterruptedException {
        RunOptions options =
                RunOptions.DEFAULT.watching(
                        Watching.DEFAULT
                                .items(Duration.ofSeconds(1))
                                .onStall(stall -> stalls.add(stall.describe())));
        try (Run run = pipeline.start(options)) {
            return run.await();
        }
    }

    static Ended calibrated(Pipeline pipeline) throws InterruptedException {
        try (Run run = pipeline.start(RunOptions.DEFAULT.calibrating())) {
            return run.await();
        }
    }

    static String how(Ended ended) {
        return switch (ended) {
            case Ended.Done done -> "done, balanced: " + done.statistics().isBalanced();
            case Ended.Failed failed -> failed.stage() + " failed at " + failed.item();
            case Ended.Cancelled _ -> "cancelled";
            case Ended.Stuck stuck -> "stuck: " + stuck.where();
        };
    }

    static Pipeline tuned(Pipeline pipeline, Ended ended) throws InterruptedException {
        Machine machine = Machine.measured(); // its cores, and what a hand-off costs here
        Analysis analysis = Analysis.of(pipeline.explain(), ended.statistics(), machine);
        return pipeline.with(analysis.changes());
    }

    private static long ask(Venue venue, Tick tick) {
        try {
            return venue.price(tick.symbol());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
