// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Counts what a tape says about itself while its events pass. Allocates only for a new stream.
/// Confined to one thread.
final class TapeStatistics {
    private static final int REFERENCE = EventKind.REFERENCE.code();
    private static final int KINDS = EventKind.values().length;

    private final TapeHeader header;
    private final long[] countByCode = new long[KINDS + 1];
    private final LongIntMap streamIndex = new LongIntMap(64);
    private StreamClock[] streams = new StreamClock[16];
    private long lastStreamKey = -1;
    private int lastStream;
    private long count;
    private long firstExchange = Long.MAX_VALUE;
    private long lastExchange = MarketEvent.NO_TIME;
    private long firstReceive = Long.MAX_VALUE;
    private long lastReceive = MarketEvent.NO_TIME;
    private final LowEnvelope latencies = new LowEnvelope();

    TapeStatistics(TapeHeader header) {
        this.header = header;
    }

    /// The key under which a stream of an instrument is found.
    static long streamKey(MemorySegment segment, long offset) {
        return ((long) MarketEvent.instrument(segment, offset) << 16)
                | MarketEvent.stream(segment, offset);
    }

    long count() {
        return count;
    }

    /// Counts an event.
    ///
    /// @throws IllegalArgumentException when its kind or its instrument does not exist
    void add(MemorySegment segment, long offset) {
        int code = MarketEvent.kindCode(segment, offset);
        int instrument = MarketEvent.instrument(segment, offset);
        if (code < 1 || code > KINDS) {
            throw new IllegalArgumentException("no event kind has this code: code=" + code);
        }
        if (instrument < 0 || instrument >= header.instruments().size()) {
            throw new IllegalArgumentException(
                    "no instrument of the tape has this id: instrument=" + instrument);
        }
        countByCode[code]++;
        count++;
        long exchange = MarketEvent.exchangeTime(segment, offset);
        long receive = MarketEvent.receiveTime(segment, offset);
        int flags = MarketEvent.flags(segment, offset);
        boolean recovered = (flags & MarketEvent.RECOVERED) != 0;
        addTimes(exchange, receive);
        if (!recovered && (flags & MarketEvent.END_OF_EVENT) != 0) {
            addLatency(exchange, receive);
        }
        if (code != REFERENCE) {
            stream(segment, offset).add(exchange, receive, recovered);
        }
    }

    TapeInfo toInfo() {
        Map<EventKind, Long> counts = new EnumMap<>(EventKind.class);
        for (int code = 1; code <= KINDS; code++) {
            if (countByCode[code] > 0) {
                counts.put(EventKind.of((byte) code), countByCode[code]);
            }
        }
        return new TapeInfo(
                header,
                count,
                counts,
                span(firstExchange, lastExchange),
                span(firstReceive, lastReceive),
                latencies.orElse(0),
                streamInfos());
    }

    private static TimeSpan span(long first, long last) {
        return last == MarketEvent.NO_TIME ? TimeSpan.NONE : new TimeSpan(first, last);
    }

    private List<StreamInfo> streamInfos() {
        List<StreamInfo> infos = new ArrayList<>();
        for (int i = 0; i < streamIndex.size(); i++) {
            infos.add(streams[i].toInfo(header));
        }
        infos.sort(
                Comparator.comparingInt(StreamInfo::instrument)
                        .thenComparingInt(StreamInfo::stream));
        return infos;
    }

    private void addTimes(long exchange, long receive) {
        if (exchange != MarketEvent.NO_TIME) {
            firstExchange = Math.min(firstExchange, exchange);
            lastExchange = Math.max(lastExchange, exchange);
        }
        if (receive != MarketEvent.NO_TIME) {
            firstReceive = Math.min(firstReceive, receive);
            lastReceive = Math.max(lastReceive, receive);
        }
    }

    /// Once a packet: one message with a wrong time must not weigh as much as it has levels.
    private void addLatency(long exchange, long receive) {
        if (exchange != MarketEvent.NO_TIME && receive != MarketEvent.NO_TIME) {
            latencies.add(receive - exchange);
        }
    }

    private StreamClock stream(MemorySegment segment, long offset) {
        long key = streamKey(segment, offset);
        if (key != lastStreamKey) {
            int index = streamIndex.get(key);
            if (index == LongIntMap.ABSENT) {
                index = streamIndex.size();
                if (index == streams.length) {
                    streams = Arrays.copyOf(streams, index * 2);
                }
                streams[index] = new StreamClock((int) (key >> 16), (int) (key & 0xffff));
                streamIndex.put(key, index);
            }
            lastStreamKey = key;
            lastStream = index;
        }
        return streams[lastStream];
    }

    /// The latest times of one stream. Events that were received before a snapshot and repeated
    /// after it go back by their nature: they are not judged.
    private static final class StreamClock {
        private final int instrument;
        private final int stream;
        private long count;
        private long exchange = MarketEvent.NO_TIME;
        private long receive = MarketEvent.NO_TIME;
        private long exchangeBack;
        private long receiveBack;

        StreamClock(int instrument, int stream) {
            this.instrument = instrument;
            this.stream = stream;
        }

        void add(long newExchange, long newReceive, boolean recovered) {
            count++;
            if (recovered) {
                return;
            }
            if (newExchange != MarketEvent.NO_TIME) {
                if (newExchange < exchange) {
                    exchangeBack++;
                }
                exchange = newExchange;
            }
            if (newReceive != MarketEvent.NO_TIME) {
                if (newReceive < receive) {
                    receiveBack++;
                }
                receive = newReceive;
            }
        }

        StreamInfo toInfo(TapeHeader header) {
            return new StreamInfo(
                    instrument,
                    stream,
                    header.streamName(stream),
                    count,
                    exchangeBack,
                    receiveBack);
        }
    }
}
