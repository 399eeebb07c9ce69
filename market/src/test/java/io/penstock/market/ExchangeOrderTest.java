// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testing.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeOrderTest {
    @TempDir Path folder;

    /// A packet: its key and its first position.
    private record Packet(long key, int first, int count) {}

    @Test
    void mergesTheStreamsByTimeAndNeverReordersOne() throws Exception {
        Seeds.check(
                60,
                400,
                (random, size) -> {
                    Events events = randomEvents(random, size);
                    try (Tape tape = events.writeTo(folder.resolve("t"))) {
                        assertThat(orderOf(tape)).isEqualTo(model(tape));
                    }
                });
    }

    @Test
    void keepsAStreamInItsOrderWhenItsClockGoesBack() {
        Events events = new Events();
        events.stream(0).times(100, 1).quote(1, 1, 2, 1);
        events.stream(1).times(95, 2).quote(1, 1, 2, 1);
        events.stream(0).times(90, 3).quote(1, 1, 2, 1);
        events.stream(1).times(100, 4).quote(1, 1, 2, 1);
        try (Tape tape = events.writeTo(folder.resolve("t"))) {
            assertThat(orderOf(tape)).containsExactly(1, 0, 2, 3);
        }
    }

    @Test
    void placesAStreamWithoutExchangeTimeByItsReceiveTime() {
        Events events = new Events();
        events.stream(0).times(1_000, 1_200).quote(1, 1, 2, 1);
        events.times(1_100, 1_250).quote(1, 1, 2, 1);
        events.stream(1).times(MarketEvent.NO_TIME, 1_200).quote(1, 1, 2, 1);
        events.times(MarketEvent.NO_TIME, 1_190).quote(1, 1, 2, 1);
        events.times(MarketEvent.NO_TIME, 1_260).quote(1, 1, 2, 1);
        try (Tape tape = events.writeTo(folder.resolve("t"))) {
            assertThat(tape.info().clockOffsetNs()).isEqualTo(150);
            assertThat(orderOf(tape)).containsExactly(0, 2, 3, 1, 4);
        }
    }

    @Test
    void keepsAPacketTogetherEvenWhereAnotherStreamCameBetween() {
        Events events = new Events();
        events.stream(0).times(100, 1);
        events.level(Side.BUY, 1, 1, 0, 0);
        events.stream(1).times(100, 1).quote(1, 1, 2, 1);
        events.stream(0).times(105, 1);
        events.level(Side.BUY, 2, 1, 0, MarketEvent.END_OF_EVENT);
        events.stream(7).add(EventKind.REFERENCE, 0, 1, 1, 2, 1);
        try (Tape tape = events.writeTo(folder.resolve("t"))) {
            assertThat(orderOf(tape)).containsExactly(0, 2, 3, 1);
        }
    }

    private static Events randomEvents(SplittableRandom random, int size) {
        Events events = new Events();
        long[] clock = new long[6];
        long receive = 1_000;
        while (events.count() < size) {
            int stream = random.nextInt(3);
            int instrument = random.nextInt(2);
            int place = instrument * 3 + stream;
            clock[place] += random.nextInt(12) - 2;
            receive += random.nextInt(3);
            boolean timed = stream != 2 && random.nextInt(4) > 0;
            events.instrumentId(instrument).stream(stream);
            events.times(timed ? clock[place] : MarketEvent.NO_TIME, receive);
            int parts = 1 + random.nextInt(3);
            for (int i = 1; i <= parts; i++) {
                int flags = i == parts ? MarketEvent.END_OF_EVENT : 0;
                events.level(Side.BUY, i, 1, MarketEvent.NO_SEQUENCE, flags);
            }
        }
        return events;
    }

    private static List<Integer> orderOf(Tape tape) {
        List<Integer> order = new ArrayList<>();
        for (long k = 0; k < tape.count(); k++) {
            order.add((int) tape.positionInExchangeOrder(k));
        }
        return order;
    }

    /// Stable sort of whole packets by the running key of their stream.
    private static List<Integer> model(Tape tape) {
        Map<Integer, Long> keys = new HashMap<>();
        List<Packet> packets = new ArrayList<>();
        for (int i = 0; i < tape.count(); ) {
            long at = Tape.offset(i);
            int stream =
                    MarketEvent.instrument(tape.events(), at) * 3
                            + MarketEvent.stream(tape.events(), at);
            long exchange = MarketEvent.exchangeTime(tape.events(), at);
            long key = keys.getOrDefault(stream, Long.MIN_VALUE);
            if (exchange != MarketEvent.NO_TIME) {
                key = Math.max(key, exchange);
            } else {
                long receive = MarketEvent.receiveTime(tape.events(), at);
                key = Math.max(key, receive - tape.info().clockOffsetNs());
            }
            keys.put(stream, key);
            int first = i;
            while (!MarketEvent.isEndOfEvent(tape.events(), Tape.offset(i++))) {
                assertThat(i).isLessThan((int) tape.count());
            }
            packets.add(new Packet(key, first, i - first));
        }
        packets.sort(Comparator.comparingLong(Packet::key));
        List<Integer> order = new ArrayList<>();
        for (Packet packet : packets) {
            for (int i = 0; i < packet.count(); i++) {
                order.add(packet.first() + i);
            }
        }
        return order;
    }
}
