// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import io.penstock.market.MarketEvent;
import io.penstock.market.Tape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Reads a tape from its first event to its last: every field of every event goes into the sum.
final class ReadWorkload {
    private ReadWorkload() {}

    static Workload of(Tape tape) {
        return new Workload(
                Workloads.READ,
                "any event",
                tape.count(),
                _ -> subject(tape),
                _ -> floor(tape.events()));
    }

    private static long subject(Tape tape) {
        MemorySegment events = tape.events();
        long count = tape.count();
        long sum = 0;
        for (long i = 0; i < count; i++) {
            tape.touch(i);
            long offset = Tape.offset(i);
            sum += MarketEvent.kindCode(events, offset);
            sum += MarketEvent.flags(events, offset);
            sum += MarketEvent.stream(events, offset);
            sum += MarketEvent.instrument(events, offset);
            sum += MarketEvent.exchangeTime(events, offset);
            sum += MarketEvent.receiveTime(events, offset);
            sum += MarketEvent.sequence(events, offset);
            sum += MarketEvent.payload0(events, offset);
            sum += MarketEvent.payload1(events, offset);
            sum += MarketEvent.payload2(events, offset);
            sum += MarketEvent.payload3(events, offset);
        }
        return sum;
    }

    private static long floor(MemorySegment events) {
        long sum = 0;
        for (long o = 0, end = events.byteSize(); o < end; o += 64) {
            long head = events.get(ValueLayout.JAVA_LONG, o);
            sum += head & 0xff;
            sum += (head >>> 8) & 0xff;
            sum += (head >>> 16) & 0xffff;
            sum += head >> 32;
            sum += events.get(ValueLayout.JAVA_LONG, o + 8);
            sum += events.get(ValueLayout.JAVA_LONG, o + 16);
            sum += events.get(ValueLayout.JAVA_LONG, o + 24);
            sum += events.get(ValueLayout.JAVA_LONG, o + 32);
            sum += events.get(ValueLayout.JAVA_LONG, o + 40);
            sum += events.get(ValueLayout.JAVA_LONG, o + 48);
            sum += events.get(ValueLayout.JAVA_LONG, o + 56);
        }
        return sum;
    }
}
