// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks;

import io.penstock.market.EventKind;
import io.penstock.market.MarketEvent;
import io.penstock.market.Quote;
import io.penstock.market.Trade;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Reads a million market events, three quotes to a trade in seeded order, from one native segment
/// aligned to cache lines. An operation is one event: the score is events per second.
///
/// The segment is larger than the caches of most machines, as a tape is. [#floor] is what the same
/// sum costs without views and kinds.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EventBenchmark {
    private static final int EVENTS = 1_000_000;
    private static final int CACHE_LINE = 64;
    private static final int QUOTES_OF_FOUR = 3;
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Arena arena = Arena.ofShared();
    private final MemorySegment events =
            arena.allocate((long) EVENTS * MarketEvent.BYTES, CACHE_LINE);
    private final Quote quote = new Quote();
    private final Trade trade = new Trade();

    /// Writes the events.
    @Setup
    public void write() {
        SplittableRandom random = new SplittableRandom(1);
        long price = 1_000_000;
        for (int i = 0; i < EVENTS; i++) {
            long offset = (long) i * MarketEvent.BYTES;
            boolean isQuote = random.nextInt(4) < QUOTES_OF_FOUR;
            price += random.nextInt(3) - 1;
            EventKind kind = isQuote ? EventKind.QUOTE : EventKind.TRADE;
            MarketEvent.putHead(events, offset, kind, MarketEvent.END_OF_EVENT, 0, 0);
            MarketEvent.putTimes(events, offset, i, i, i);
            if (isQuote) {
                MarketEvent.putPayload(events, offset, price - 1, 5, price + 1, 7);
            } else {
                MarketEvent.putPayload(events, offset, price, 2, i, 1);
            }
        }
    }

    /// Frees the events.
    @TearDown
    public void free() {
        arena.close();
    }

    /// Through the views that a strategy gets.
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long views() {
        long sum = 0;
        for (long offset = 0; offset < events.byteSize(); offset += MarketEvent.BYTES) {
            switch (MarketEvent.kind(events, offset)) {
                case QUOTE -> {
                    quote.wrap(events, offset);
                    sum += quote.bidPrice() + quote.askPrice();
                }
                case TRADE -> sum += trade.wrap(events, offset).price();
                case LEVEL,
                        CLEAR,
                        ORDER_ADD,
                        ORDER_REDUCE,
                        ORDER_DELETE,
                        ORDER_EXECUTE,
                        ORDER_REPLACE,
                        STATUS,
                        GAP,
                        TIMER,
                        REFERENCE ->
                        throw new IllegalStateException("not written here: offset=" + offset);
            }
        }
        return sum;
    }

    /// The hand-written loop: the same bytes, read by their offsets.
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long floor() {
        long sum = 0;
        byte quoteCode = EventKind.QUOTE.code();
        for (long offset = 0; offset < events.byteSize(); offset += MarketEvent.BYTES) {
            sum += events.get(LONG, offset + 32);
            if (events.get(ValueLayout.JAVA_BYTE, offset) == quoteCode) {
                sum += events.get(LONG, offset + 48);
            }
        }
        return sum;
    }
}
