// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.exchange.LatencyConfiguration;
import io.penstock.exchange.ReplayConfiguration;
import io.penstock.exchange.ReplayVenue;
import io.penstock.market.Instrument;
import io.penstock.market.Tape;
import io.penstock.trading.Venue;
import java.util.Collections;
import java.util.List;

/// The market of a session: where its events come from and its orders go.
///
/// @param instruments the instruments, each at the place of its id
/// @param sources what each instrument's events are made of
/// @param feed the market events; [MarketFeed#nextNs] may wait, and NEVER is the end. Confined to
///   the strand of the feed
/// @param venue where orders are executed. Confined to the strand of the venue
/// @param startNs market time of the start
record SessionMarket(
        List<Instrument> instruments,
        List<MarketView.MarketSource> sources,
        MarketFeed feed,
        Venue venue,
        long startNs) {

    /// A recording, as fast as the stages take it, and a venue that plays it back.
    static SessionMarket recorded(Tape tape, ReplayConfiguration venue) {
        List<Instrument> instruments = tape.instruments();
        return new SessionMarket(
                instruments,
                Collections.nCopies(instruments.size(), MarketView.MarketSource.of(tape.info())),
                new TapeFeed(tape, LatencyConfiguration.none().feed()),
                new ReplayVenue(tape, venue),
                tape.info().firstReceiveTime() - tape.info().clockOffsetNs());
    }
}
