// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What a tape says about itself.
///
/// @param header what its writer said
/// @param count events
/// @param counts events of each kind; a kind without events is not in the map
/// @param exchangeTimes earliest and latest exchange time
/// @param receiveTimes earliest and latest receive time
/// @param clockOffsetNs estimated offset of the recorder's clock: the lower envelope
///   ([LowEnvelope]) of (receive − exchange) over all packets that have both times (0 when there is
///   none), those flagged [MarketEvent#RECOVERED] left out. It is negative where a recording says
///   that events were received before they happened. (receive − exchange − offset) is the feed
///   latency beyond the least that was seen; it is below zero for the few events that the estimate
///   does not believe
/// @param streams the streams, in order of instrument and number; REFERENCE rows belong to none
public record TapeInfo(
        TapeHeader header,
        long count,
        Map<EventKind, Long> counts,
        TimeSpan exchangeTimes,
        TimeSpan receiveTimes,
        long clockOffsetNs,
        List<StreamInfo> streams) {

    public TapeInfo {
        Map<EventKind, Long> copy = new EnumMap<>(EventKind.class);
        copy.putAll(counts);
        counts = Collections.unmodifiableMap(copy);
        streams = List.copyOf(streams);
    }

    /// Events of one kind.
    public long count(EventKind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    public List<Instrument> instruments() {
        return header.instruments();
    }

    /// Where the events come from.
    public List<String> sources() {
        return header.sources();
    }

    /// Whether [EventKind#REFERENCE] rows are on the tape.
    public boolean keptReference() {
        return header.keptReference();
    }

    /// Levels a side that the recording shows, 0 when it shows all.
    public int visibleDepth() {
        return header.visibleDepth();
    }

    /// Earliest exchange time, or [MarketEvent#NO_TIME].
    public long firstExchangeTime() {
        return exchangeTimes.first();
    }

    /// Latest exchange time, or [MarketEvent#NO_TIME].
    public long lastExchangeTime() {
        return exchangeTimes.last();
    }

    /// Earliest receive time, or [MarketEvent#NO_TIME].
    public long firstReceiveTime() {
        return receiveTimes.first();
    }

    /// Latest receive time, or [MarketEvent#NO_TIME].
    public long lastReceiveTime() {
        return receiveTimes.last();
    }

    /// How often exchange time went back within a stream.
    public long exchangeTimeBack() {
        return streams.stream().mapToLong(StreamInfo::exchangeTimeBack).sum();
    }

    /// How often receive time went back within a stream.
    public long receiveTimeBack() {
        return streams.stream().mapToLong(StreamInfo::receiveTimeBack).sum();
    }
}
