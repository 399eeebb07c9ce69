// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.SlotSink;
import io.penstock.exchange.LatencyModel;
import io.penstock.market.Clock;
import io.penstock.market.MarketEvent;
import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;

/// The feed of a venue that publishes its events as it makes them: they reach the strategy a feed
/// latency later, and their receive time says so. Confined to the loop's thread.
final class PublishedFeed implements MarketFeed, SlotSink {
    private static final long RECEIVE_TIME_FIELD = 16;
    private static final int CAPACITY = 1 << 17;

    private final TimedEdge edge;
    private BooleanSupplier hasEnded = () -> false;

    PublishedFeed(LatencyModel latency, Clock clock) {
        edge =
                new TimedEdge(
                        "feed → strategy",
                        new TimedEdge.Shape(MarketEvent.BYTES, RECEIVE_TIME_FIELD, CAPACITY),
                        latency,
                        clock);
    }

    @Override
    public void accept(MemorySegment segment, long offset) {
        edge.accept(segment, offset);
    }

    @Override
    public long nextNs() {
        return edge.dueNs();
    }

    @Override
    public MemorySegment segment() {
        return edge.segment();
    }

    @Override
    public long offset() {
        return edge.head();
    }

    @Override
    public void release() {
        edge.release();
    }

    /// @param ended whether the venue publishes nothing any more
    void endsWith(BooleanSupplier ended) {
        hasEnded = ended;
    }

    @Override
    public boolean isExhausted() {
        return edge.isEmpty() && hasEnded.getAsBoolean();
    }

    @Override
    public long total() {
        return -1;
    }

    @Override
    public EdgeStatistics statistics() {
        return edge.statistics();
    }

    @Override
    public void close() {
        edge.close();
    }
}
