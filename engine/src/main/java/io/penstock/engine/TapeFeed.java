// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.EdgeStatistics;
import io.penstock.exchange.LatencyModel;
import io.penstock.market.EventKind;
import io.penstock.market.MarketEvent;
import io.penstock.market.Tape;
import io.penstock.trading.Venue;
import java.lang.foreign.MemorySegment;

/// Reads a tape in the order in which it was received, in place. An event reaches the strategy at
/// its receive time on the venue's clock (receive time less the tape's clock offset) plus the feed
/// latency of the run, drawn once for each packet, and never before an event in front of it.
/// Confined to one thread.
final class TapeFeed implements MarketFeed {
    private static final byte REFERENCE_CODE = EventKind.REFERENCE.code();

    private final Tape tape;
    private final MemorySegment events;
    private final long count;
    private final long clockOffsetNs;
    private final LatencyModel latency;
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
        prepare();
    }

    private void prepare() {
        while (index < count && MarketEvent.kindCode(events, offset()) == REFERENCE_CODE) {
            index++;
        }
        if (index == count) {
            dueNs = Venue.NEVER;
            return;
        }
        tape.touch(index);
        long offset = offset();
        if (isPacketStart) {
            packetLatencyNs = latency.nextNs();
        }
        isPacketStart = MarketEvent.isEndOfEvent(events, offset);
        long receivedNs = MarketEvent.receiveTime(events, offset) - clockOffsetNs;
        dueNs = Math.max(dueNs, receivedNs + packetLatencyNs);
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
        return new EdgeStatistics("feed → strategy", 0, released, released, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public void close() {
        // The tape belongs to whoever opened it.
    }
}
