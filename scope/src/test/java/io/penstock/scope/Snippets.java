// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/// The samples of the documentation.
final class Snippets {
    interface Venue {
        long price(String symbol) throws InterruptedException;

        void abort();
    }

    record Book(long bid, long ask) {}

    private Snippets() {}

    static Book call(Venue bids, Venue asks)
            throws InterruptedException, ExecutionException, TimeoutException {
        return Scope.call(
                "book",
                ScopeOptions.within(Duration.ofMillis(200)),
                scope -> {
                    scope.onCancel(bids::abort);
                    Task<Long> bid = scope.fork("bid", () -> bids.price("BTC"));
                    Task<Long> ask = scope.fork("ask", () -> asks.price("BTC"));
                    return new Book(bid.get(), ask.get());
                });
    }

    static List<Long> gather(Venue venue, List<String> symbols)
            throws InterruptedException, ExecutionException, TimeoutException {
        return Scope.gather(
                "prices", ScopeOptions.within(Duration.ofSeconds(2)), symbols, venue::price);
    }

    static long sumOfThoseInTime(Venue venue, List<String> symbols) throws InterruptedException {
        List<Outcome<Long>> outcomes =
                Scope.gatherEach(
                        "prices",
                        ScopeOptions.DEFAULT.concurrency(10),
                        Duration.ofMillis(80),
                        symbols,
                        venue::price);
        long sum = 0;
        for (Outcome<Long> outcome : outcomes) {
            sum +=
                    switch (outcome) {
                        case Outcome.Ok<Long>(Long price) -> price;
                        case Outcome.Failed<Long> _ -> 0;
                        case Outcome.TimedOut<Long> _ -> 0;
                        case Outcome.Cancelled<Long> _ -> 0;
                    };
        }
        return sum;
    }

    static long fastest(List<Venue> venues)
            throws InterruptedException, ExecutionException, TimeoutException {
        return Scope.race("fastest", ScopeOptions.DEFAULT, venues, venue -> venue.price("BTC"));
    }
}
