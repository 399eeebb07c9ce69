// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exchange.LatencyModel;
import io.penstock.formats.ConversionOptions;
import io.penstock.formats.ConversionProgress;
import io.penstock.formats.Source;
import io.penstock.market.EventKind;
import io.penstock.market.MarketEvent;
import io.penstock.market.Tape;
import io.penstock.testing.RecordedData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TapeFeedTest {
    /// Those that have no answers to be checked; [RecordedBacktestTest] has the others.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "binance-raw/spot/btcusdt_20240809.gz",
                "binance-raw/cm/btcusd_perp_20240809.gz",
            })
    void neverTellsOfAnEventBeforeItHappens(String file) {
        Source source = Source.of(RecordedData.require(file));
        try (TapeSource opened =
                TapeSource.open(source, ConversionOptions.DEFAULT, ConversionProgress.NONE)) {
            requireNoLookAhead(opened.tape());
        }
    }

    /// The venue plays the tape in exchange order; nobody may hear of an event before it has
    /// happened there.
    static void requireNoLookAhead(Tape tape) {
        long[] happenedNs = venueTimes(tape);
        try (TapeFeed feed = new TapeFeed(tape, LatencyModel.constant(0))) {
            long before = Long.MIN_VALUE;
            int heard = 0;
            for (; !feed.isExhausted(); feed.release()) {
                int index = (int) (feed.offset() / MarketEvent.BYTES);
                if (feed.nextNs() < happenedNs[index] || feed.nextNs() < before) {
                    assertThat(feed.nextNs())
                            .as("event " + index)
                            .isGreaterThanOrEqualTo(Math.max(before, happenedNs[index]));
                }
                before = feed.nextNs();
                heard++;
            }
            assertThat(heard).isEqualTo(tape.count() - tape.info().count(EventKind.REFERENCE));
        }
    }

    /// As [io.penstock.exchange.ReplayVenue] has it.
    private static long[] venueTimes(Tape tape) {
        long[] times = new long[(int) tape.count()];
        long nowNs = Long.MIN_VALUE;
        for (int k = 0; k < times.length; k++) {
            long index = tape.positionInExchangeOrder(k);
            long offset = Tape.offset(index);
            long exchangeNs = MarketEvent.exchangeTime(tape.events(), offset);
            long receivedNs =
                    MarketEvent.receiveTime(tape.events(), offset) - tape.info().clockOffsetNs();
            long ownNs = exchangeNs == MarketEvent.NO_TIME ? receivedNs : exchangeNs;
            nowNs = Math.max(nowNs, ownNs);
            times[(int) index] = nowNs;
        }
        return times;
    }
}
