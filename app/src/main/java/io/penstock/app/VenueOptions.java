// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.app.OptionValues.TimeLength;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of the simulated venue and of the way to it and back.
final class VenueOptions {
    /// Where in a recorded queue without single orders cancellations happen.
    enum Queue {
        PESSIMISTIC,
        PROPORTIONAL,
        OPTIMISTIC;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--feed-latency",
            paramLabel = "TIME",
            description =
                    "Market data from venue to strategy, like 500us; added to what recorded "
                            + "receive times say (default 200us).")
    TimeLength feedLatency = new TimeLength(200_000);

    @Option(
            names = "--order-latency",
            paramLabel = "TIME",
            description = "Requests from strategy to venue (default 500us).")
    TimeLength orderLatency = new TimeLength(500_000);

    @Option(
            names = "--report-latency",
            paramLabel = "TIME",
            description = "Reports from venue to strategy (default 500us).")
    TimeLength reportLatency = new TimeLength(500_000);

    @Option(
            names = "--latency-jitter",
            paramLabel = "TIME",
            description =
                    "Up to this much more on each message, drawn by the seed (default 200us).")
    TimeLength latencyJitter = new TimeLength(200_000);

    @Option(
            names = "--maker-fee",
            paramLabel = "FEE",
            description = "When an order rested: 0.02%%, 2bp or -0.01/lot (default 0).")
    FeeRate makerFee = FeeRate.NONE;

    @Option(
            names = "--taker-fee",
            paramLabel = "FEE",
            description = "When an order took, in the same way (default 0).")
    FeeRate takerFee = FeeRate.NONE;

    @Option(
            names = "--queue-model",
            paramLabel = "NAME",
            description =
                    "Where cancellations happen in a queue of which only the total is known: "
                            + "pessimistic, proportional (default) or optimistic.")
    Queue queueModel = Queue.PROPORTIONAL;

    @Option(
            names = "--quote-size",
            paramLabel = "QUANTITY",
            description = "What a recorded quote without sizes is good for.")
    @Nullable BigDecimal quoteSize;
}
