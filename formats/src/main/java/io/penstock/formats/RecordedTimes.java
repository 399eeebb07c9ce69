// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.MarketEvent;
import java.time.Instant;
import java.util.Arrays;

/// Finds times of a Binance recording that cannot be, and replaces them: one of them would
/// otherwise move every event behind it, for an event never happens before those in front of it.
/// Confined to the reading strand.
///
/// The first pass samples (receive − exchange) over the whole recording. In the second, a message
/// for which it is more than an hour away from the median has one wrong time: that which is further
/// from the times of the message before. A wrong exchange time is left out; a wrong receive time
/// becomes the exchange time plus the median, or that of the message before. Fewer than three
/// messages with both times are not judged.
final class RecordedTimes {
    static final String EXCHANGE = "exchange times more than an hour off, left out";
    static final String RECEIVE = "receive times more than an hour off, replaced by an estimate";

    /// Longer than any connection keeps a message: what looks later has a wrong time.
    private static final long MOST_UNDER_WAY_NS = 3_600_000_000_000L;

    private static final int SAMPLES = 4_096;
    private static final int LEAST_TO_JUDGE = 3;

    private final long[] receives = new long[SAMPLES];
    private final long[] exchanges = new long[SAMPLES];
    private int samples;
    private long stride = 1;
    private long passed;
    private long median;
    private long earliest;
    private long latest;
    private long lastReceive;
    private long lastExchange;

    /// Takes note of a message in the first pass.
    void saw(BinanceMessage message) {
        long exchange = message.exchangeTime();
        if (exchange == MarketEvent.NO_TIME || ++passed < stride) {
            return;
        }
        passed = 0;
        receives[samples] = message.receiveTime;
        exchanges[samples++] = exchange;
        if (samples == SAMPLES) {
            samples = SAMPLES / 2;
            stride *= 2;
            for (int i = 0; i < samples; i++) {
                receives[i] = receives[2 * i + 1];
                exchanges[i] = exchanges[2 * i + 1];
            }
        }
    }

    /// Ends the first pass, or begins the second again.
    void complete() {
        if (samples < LEAST_TO_JUDGE) {
            return;
        }
        long[] latencies = new long[samples];
        for (int i = 0; i < samples; i++) {
            latencies[i] = receives[i] - exchanges[i];
        }
        Arrays.sort(latencies);
        median = latencies[samples / 2];
        earliest = Long.MAX_VALUE;
        latest = Long.MIN_VALUE;
        for (int i = samples - 1; i >= 0; i--) {
            if (isPossible(receives[i], exchanges[i])) {
                lastReceive = receives[i];
                lastExchange = exchanges[i];
                earliest = Math.min(earliest, lastReceive);
                latest = Math.max(latest, lastReceive);
            }
        }
        // The samples do not reach quite to the ends.
        long margin = Math.max(MOST_UNDER_WAY_NS, (latest - earliest) / 8);
        earliest -= margin;
        latest += margin;
    }

    private boolean isPossible(long receive, long exchange) {
        return Math.abs(receive - exchange - median) <= MOST_UNDER_WAY_NS;
    }

    /// Replaces the times of a message that cannot be.
    void repair(BinanceMessage message, Place place, Tally tally) {
        if (samples < LEAST_TO_JUDGE) {
            return;
        }
        long receive = message.receiveTime;
        long exchange = message.exchangeTime();
        if (exchange == MarketEvent.NO_TIME) {
            if (receive < earliest || receive > latest) {
                tally.found(RECEIVE, place, text(receive));
                message.receiveTime = lastReceive;
            }
            return;
        }
        if (isPossible(receive, exchange)) {
            lastReceive = receive;
            lastExchange = exchange;
        } else if (Math.abs(receive - lastReceive) > Math.abs(exchange - lastExchange)) {
            tally.found(RECEIVE, place, text(receive));
            message.receiveTime = Math.max(lastReceive, exchange + median);
        } else {
            tally.found(EXCHANGE, place, text(exchange));
            message.forgetExchangeTime();
        }
    }

    private static String text(long ns) {
        return Instant.ofEpochSecond(
                        Math.floorDiv(ns, 1_000_000_000L), Math.floorMod(ns, 1_000_000_000L))
                .toString();
    }
}
