// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.EventKind;
import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import io.penstock.market.OrderByOrderBook;
import io.penstock.market.Side;

/// The book that somebody has who sees the events alone, and what such a book needs to show the
/// levels of an orderbook row. Confined to the reading strand.
final class LobsterView {
    private final OrderByOrderBook book;

    LobsterView(Instrument instrument) {
        book = new OrderByOrderBook(instrument);
    }

    /// Applies all events of a packet.
    void apply(PacketBuffer packet) {
        packet.applyAll(book);
    }

    /// Adds to the packet, whose events have been applied, LEVELs flagged REVEALED until the book
    /// shows what the row shows. Levels deeper than the row are left as they were last known.
    void reveal(PacketBuffer packet, LobsterRow row) {
        reveal(packet, row, Side.BUY);
        reveal(packet, row, Side.SELL);
    }

    private void reveal(PacketBuffer packet, LobsterRow row, Side side) {
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
        packet.applyLast(book);
    }
}
