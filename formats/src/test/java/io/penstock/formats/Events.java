// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.channel.SlotSink;
import io.penstock.market.EventKind;
import io.penstock.market.MarketEvent;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Keeps events as records, for tests.
final class Events implements SlotSink {
    /// One event, all fields.
    record Event(
            EventKind kind,
            int flags,
            int stream,
            int instrument,
            long exchangeTime,
            long receiveTime,
            long sequence,
            long p0,
            long p1,
            long p2,
            long p3) {

        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        /// Kind, flags and payload: what most tests look at.
        String brief() {
            return kind
                    + (flags == 0 ? "" : "/" + flags)
                    + " "
                    + text(p0)
                    + " "
                    + text(p1)
                    + " "
                    + text(p2)
                    + " "
                    + text(p3);
        }

        private static String text(long value) {
            return value == Long.MIN_VALUE ? "-" : Long.toString(value);
        }
    }

    final List<Event> list = new ArrayList<>();

    static Event read(MemorySegment segment, long offset) {
        return new Event(
                MarketEvent.kind(segment, offset),
                MarketEvent.flags(segment, offset),
                MarketEvent.stream(segment, offset),
                MarketEvent.instrument(segment, offset),
                MarketEvent.exchangeTime(segment, offset),
                MarketEvent.receiveTime(segment, offset),
                MarketEvent.sequence(segment, offset),
                MarketEvent.payload0(segment, offset),
                MarketEvent.payload1(segment, offset),
                MarketEvent.payload2(segment, offset),
                MarketEvent.payload3(segment, offset));
    }

    @Override
    public void accept(MemorySegment segment, long offset) {
        list.add(read(segment, offset));
    }

    List<String> briefs() {
        return list.stream().map(Event::brief).toList();
    }

    Map<EventKind, Long> counts() {
        Map<EventKind, Long> counts = new EnumMap<>(EventKind.class);
        list.forEach(event -> counts.merge(event.kind(), 1L, Long::sum));
        return counts;
    }
}
