// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.EventKind;
import io.penstock.market.MarketEvent;

/// The book before the first message, from the first orderbook row, which is the book after it: the
/// message is undone. Where it cannot be undone (an order added that the row does not show) the
/// start is the row itself.
final class LobsterStart {
    private LobsterStart() {}

    /// Adds CLEAR and the levels as a snapshot; message and row are in price units and lots.
    static void add(PacketBuffer packet, LobsterMessage first, LobsterRow row) {
        packet.add(EventKind.CLEAR, MarketEvent.SNAPSHOT, 0, 0, 0, 0);
        addSide(packet, first, row, 1);
        addSide(packet, first, row, -1);
        packet.end();
    }

    private static void addSide(
            PacketBuffer packet, LobsterMessage first, LobsterRow row, int sideSign) {
        boolean undone = first.changesBook() && first.direction == sideSign;
        long change = first.type == LobsterMessage.ADD ? -first.size : first.size;
        boolean found = false;
        for (int level = 0; level < row.levels(sideSign); level++) {
            long price = row.price(sideSign, level);
            long size = row.size(sideSign, level);
            if (undone && price == first.price) {
                found = true;
                // Less than nothing means that the row does not show the order.
                size = size + change < 0 ? size : size + change;
            }
            addLevel(packet, price, size, sideSign);
        }
        if (undone && !found && change > 0) {
            addLevel(packet, first.price, change, sideSign);
        }
    }

    private static void addLevel(PacketBuffer packet, long price, long size, int sideSign) {
        if (size > 0) {
            packet.add(
                    EventKind.LEVEL,
                    MarketEvent.SNAPSHOT,
                    price,
                    size,
                    sideSign,
                    MarketEvent.NO_SEQUENCE);
        }
    }
}
