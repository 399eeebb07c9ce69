// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.EdgeStatistics;
import io.penstock.exchange.LatencyModel;
import io.penstock.market.EventKind;
import io.penstock.market.MarketEvent;
import io.penstock.market.StreamInfo;
import io.penstock.market.Tape;
import io.penstock.trading.Venue;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Reads a tape in the order in which it was received, in place. An event reaches the strategy at
/// its receive time on the venue's clock (receive time less the tape's clock offset) plus the feed
/// latency of the run, drawn once for each packet. It never does so before an event in front of it,
/// nor before it has happened at the venue: where the exchange times of a stream go back, an event
/// happens no earlier than those in front of it in its stream, as in the tape's exchange order.
/// Confined to one thread.
final class TapeFeed implements MarketFeed {
    private static final byte REFERENCE_CODE = EventKind.REFERENCE.code();

    private final Tape tape;
    private final MemorySegment events;
    private final long count;
    private final long clockOffsetNs;
    private final LatencyModel latency;
    private final int streams;
    private final long[] happenedNs;
    private long index;
    private long released;
    private long packetLatencyNs;
    private boolean isPacketStart = true;
    private long dueNs = Long.MIN_VALUE;

    TapeFeed(Tape tape, LatencyModel latency) {
        this.tape = tape;
        this.events = tape.events();
        this.count = tape.count();
        this.clockOffsetNs = tape.info().clockOffsetNs();
        this.latency = latency;
        this.streams =
                1 + tape.info().streams().stream().mapToInt(StreamInfo::stream).max().orElse(0);
        this.happenedNs = new long[streams * tape.instruments().size()];
        Arrays.fill(happenedNs, Long.MIN_VALUE);
        prepare();
    }

    private void prepare() {
        long head = 0;
        while (index < count) {
            tape.touch(index);
            head = MarketEvent.head(events, offset());
            if (MarketEvent.kindCodeOf(head) != REFERENCE_CODE) {
                break;
            }
            index++;
        }
        if (index == count) {
            dueNs = Venue.NEVER;
            return;
        }
        if (isPacketStart) {
            packetLatencyNs = latency.nextNs();
        }
        isPacketStart = MarketEvent.isEndOfEventIn(head);
        long receivedNs = MarketEvent.receiveTime(events, offset()) - clockOffsetNs;
        long reachedNs = Math.max(receivedNs, happened(head, receivedNs)) + packetLatencyNs;
        dueNs = Math.max(dueNs, reachedNs);
    }

    /// When the event happened at the venue: its place in the tape's exchange order.
    private long happened(long head, long receivedNs) {
        int stream = MarketEvent.instrumentOf(head) * streams + MarketEvent.streamOf(head);
        long exchangeNs = MarketEvent.exchangeTime(events, offset());
        long ownNs = exchangeNs == MarketEvent.NO_TIME ? receivedNs : exchangeNs;
        long happened = Math.max(happenedNs[stream], ownNs);
        happenedNs[stream] = happened;
        return happened;
    }

    @Override
    public long nextNs() {
        return dueNs;
    }

    @Override
    public MemorySegment segment() {
        return events;
    }

    @Override
    public long offset() {
        return Tape.offset(index);
    }

    @Override
    public void release() {
        index++;
        released++;
        prepare();
    }

    @Override
    public boolean isExhausted() {
        return dueNs == Venue.NEVER;
    }

    @Override
    public long total() {
        return count;
    }

    /// Events are read where they lie: the edge holds nothing, and what was sent was received.
    @Override
    public EdgeStatistics statistics() {
        return new EdgeStatistics(
                "feed → strategy", 0, released, released, 0, 0, 0, 0, 0, 0, released, 0, 0);
    }

    @Override
    public void close() {
        // The tape belongs to whoever opened it.
    }
}
