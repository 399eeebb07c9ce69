// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.BookBuilder;
import io.penstock.market.EventKind;
import io.penstock.market.Instrument;
import io.penstock.market.LevelBook;
import io.penstock.market.MarketEvent;
import io.penstock.market.OrderByOrderBook;
import io.penstock.market.Side;

/// The books that somebody has who sees the events alone, by order and by level, and what such a
/// book needs to show the levels of an orderbook row. Confined to the reading strand.
final class LobsterView {
    private final BookBuilder byOrder;
    private final BookBuilder byLevel;

    LobsterView(Instrument instrument) {
        byOrder = new OrderByOrderBook(instrument);
        byLevel = new LevelBook(instrument);
    }

    /// Applies all events of a packet.
    void apply(PacketBuffer packet) {
        packet.applyAll(byOrder);
        packet.applyAll(byLevel);
    }

    /// Adds to the packet, whose events have been applied, LEVELs flagged REVEALED until both books
    /// show what the row shows. Levels deeper than the row are left as they were last known.
    void reveal(PacketBuffer packet, LobsterRow row) {
        reveal(packet, row, byOrder);
        // Both books agree on whole files; they may differ about orders that were never added.
        reveal(packet, row, byLevel);
    }

    private void reveal(PacketBuffer packet, LobsterRow row, BookBuilder book) {
        reveal(packet, row, book, Side.BUY);
        reveal(packet, row, book, Side.SELL);
    }

    private void reveal(PacketBuffer packet, LobsterRow row, BookBuilder book, Side side) {
        int shown = row.levels(side.sign());
        for (int level = 0; level < shown; level++) {
            long price = row.price(side.sign(), level);
            long size = row.size(side.sign(), level);
            long seen = book.price(side, level);
            while (seen != MarketEvent.NO_PRICE && side.isBetter(seen, price)) {
                add(packet, side, seen, 0);
                seen = book.price(side, level);
            }
            if (seen != price || book.quantity(side, level) != size) {
                add(packet, side, price, size);
            }
        }
        if (shown < row.depth()) {
            long seen;
            while ((seen = book.price(side, shown)) != MarketEvent.NO_PRICE) {
                add(packet, side, seen, 0);
            }
        }
    }

    private void add(PacketBuffer packet, Side side, long price, long size) {
        packet.add(
                EventKind.LEVEL,
                MarketEvent.REVEALED,
                price,
                size,
                side.sign(),
                MarketEvent.NO_SEQUENCE);
        packet.applyLast(byOrder);
        packet.applyLast(byLevel);
    }
}
