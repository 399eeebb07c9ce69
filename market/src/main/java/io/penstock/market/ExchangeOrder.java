// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Puts the events of a tape into the order in which they happened at the exchange. Confined to one
/// thread, used once.
final class ExchangeOrder implements AutoCloseable {
    /*
     * A stream (one stream number of one instrument) must never be reordered: its book would break.
     * So this is no sort but a merge of the streams. The key of an event is the latest exchange
     * time that its stream has seen; for an event without an exchange time, receive − clock offset
     * counts as one: it cannot have reached anybody before. Thus the keys of a stream never fall,
     * even where its clock goes back. The streams are merged by key and, at
     * equal keys, by position on the tape; a packet is taken whole. REFERENCE rows belong to the
     * packet before them.
     *
     * Memory: 4 bytes an event, native: for each event the position of the next of its stream.
     */

    /// Takes the positions one by one.
    @FunctionalInterface
    interface Target {
        void accept(int position) throws IOException;
    }

    private static final int NONE = -1;
    private static final int REFERENCE = EventKind.REFERENCE.code();
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private final MemorySegment events;
    private final long clockOffsetNs;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment next;
    private final LongIntMap streamIndex = new LongIntMap(64);
    private int streams;
    private int[] head = new int[16];
    private int[] tail = new int[16];
    private long[] key = new long[16];
    private int[] heap = new int[0];
    private int heapSize;

    ExchangeOrder(MemorySegment events, int count, long clockOffsetNs) {
        this.events = events;
        this.clockOffsetNs = clockOffsetNs;
        next = arena.allocate(INT, Math.max(1, count));
        link(count);
    }

    /// Hands out the positions in exchange order.
    void writeTo(Target target) throws IOException {
        heap = new int[streams];
        for (int stream = 0; stream < streams; stream++) {
            advance(stream, head[stream]);
            heap[heapSize] = stream;
            siftUp(heapSize++);
        }
        while (heapSize > 0) {
            int stream = heap[0];
            takePacket(stream, target);
            if (head[stream] == NONE) {
                heap[0] = heap[--heapSize];
            }
            siftDown();
        }
    }

    @Override
    public void close() {
        arena.close();
    }

    private void link(int count) {
        long lastKey = Long.MIN_VALUE;
        int stream = NONE;
        for (int position = 0; position < count; position++) {
            long offset = Tape.offset(position);
            boolean reference = MarketEvent.kindCode(events, offset) == REFERENCE;
            long streamKey = TapeStatistics.streamKey(events, offset);
            if (stream == NONE || (!reference && streamKey != lastKey)) {
                stream = streamOf(streamKey);
                lastKey = streamKey;
            }
            if (head[stream] == NONE) {
                head[stream] = position;
            } else {
                next.setAtIndex(INT, tail[stream], position);
            }
            tail[stream] = position;
            next.setAtIndex(INT, position, NONE);
        }
    }

    private int streamOf(long streamKey) {
        int stream = streamIndex.get(streamKey);
        if (stream != LongIntMap.ABSENT) {
            return stream;
        }
        stream = streams++;
        if (stream == head.length) {
            head = Arrays.copyOf(head, stream * 2);
            tail = Arrays.copyOf(tail, stream * 2);
            key = Arrays.copyOf(key, stream * 2);
        }
        head[stream] = NONE;
        key[stream] = Long.MIN_VALUE;
        streamIndex.put(streamKey, stream);
        return stream;
    }

    private void takePacket(int stream, Target target) throws IOException {
        boolean ended = false;
        int position = head[stream];
        do {
            target.accept(position);
            ended |= MarketEvent.isEndOfEvent(events, Tape.offset(position));
            position = next.getAtIndex(INT, position);
            if (position != NONE) {
                advance(stream, position);
            }
        } while (position != NONE && (!ended || isReference(position)));
        head[stream] = position;
    }

    private boolean isReference(int position) {
        return MarketEvent.kindCode(events, Tape.offset(position)) == REFERENCE;
    }

    private void advance(int stream, int position) {
        long offset = Tape.offset(position);
        long exchange = MarketEvent.exchangeTime(events, offset);
        long receive = MarketEvent.receiveTime(events, offset);
        if (exchange != MarketEvent.NO_TIME) {
            key[stream] = Math.max(key[stream], exchange);
        } else if (receive != MarketEvent.NO_TIME) {
            key[stream] = Math.max(key[stream], receive - clockOffsetNs);
        }
    }

    private boolean isBefore(int stream, int other) {
        return key[stream] != key[other] ? key[stream] < key[other] : head[stream] < head[other];
    }

    private void siftUp(int from) {
        int place = from;
        int stream = heap[place];
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (!isBefore(stream, heap[parent])) {
                break;
            }
            heap[place] = heap[parent];
            place = parent;
        }
        heap[place] = stream;
    }

    private void siftDown() {
        int place = 0;
        int stream = heap[0];
        while (true) {
            int child = 2 * place + 1;
            if (child >= heapSize) {
                break;
            }
            if (child + 1 < heapSize && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], stream)) {
                break;
            }
            heap[place] = heap[child];
            place = child;
        }
        heap[place] = stream;
    }
}
