// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.channel.SlotSink;
import io.penstock.market.EventKind;
import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import io.penstock.market.TradingStatus;

/// Turns pairs of LOBSTER rows into events, a packet for each pair.
///
/// - 1: ORDER_ADD. 2: ORDER_REDUCE. 3: ORDER_DELETE. 4: ORDER_EXECUTE, then the TRADE, whose
///   aggressor is the other side. 5: TRADE with HIDDEN, likewise. 6 (auction): TRADE with HIDDEN
///   and no aggressor. 7: STATUS.
/// - The recording shows N levels a side. What comes into view is in the orderbook row only, so
///   each packet ends with LEVELs flagged REVEALED wherever a book made from the events alone would
///   not show the row's N levels; after every packet a book by order does.
/// - With reference rows, each packet is followed by one with the row's N levels as REFERENCE,
///   whose sequence is the number of the row.
///
/// The feed has one clock: exchange time and receive time are the same. Confined to the reading
/// strand.
final class LobsterDecoder implements LobsterReader.Handler, AutoCloseable {
    private final long midnightNs;
    private final boolean keepReference;
    private final SlotSink sink;
    private final Tally tally;
    private final LobsterUnits units;
    private final LobsterView view;
    private final PacketBuffer packet = new PacketBuffer();
    private boolean started;

    LobsterDecoder(
            Instrument instrument,
            long midnightNs,
            boolean keepReference,
            SlotSink sink,
            Tally tally) {
        this.midnightNs = midnightNs;
        this.keepReference = keepReference;
        this.sink = tally.bad().guard(sink);
        this.tally = tally;
        units = new LobsterUnits(instrument);
        view = new LobsterView(instrument);
    }

    @Override
    public void accept(LobsterMessage message, LobsterRow row, long number, Place place) {
        // All that can fail comes before the first change, so that a bad pair leaves no trace.
        message.convert(units, place);
        row.convert(units, place);
        long time = midnightNs + message.timeNs;
        int events = 0;
        if (!started) {
            started = true;
            begin(time, MarketEvent.NO_SEQUENCE);
            LobsterStart.add(packet, message, row);
            view.apply(packet);
            events += packet.flush(sink);
        }
        begin(time, MarketEvent.NO_SEQUENCE);
        addMessage(message);
        view.apply(packet);
        view.reveal(packet, row);
        packet.end();
        events += packet.flush(sink);
        if (keepReference) {
            begin(time, number);
            addReference(row);
            events += packet.flush(sink);
        }
        tally.decoded(events);
    }

    private void begin(long time, long sequence) {
        packet.begin(0, 0);
        packet.times(time, time, sequence);
    }

    private void addMessage(LobsterMessage message) {
        switch (message.type) {
            case LobsterMessage.ADD -> addOrder(EventKind.ORDER_ADD, message);
            case LobsterMessage.REDUCE -> addOrder(EventKind.ORDER_REDUCE, message);
            case LobsterMessage.DELETE -> addOrder(EventKind.ORDER_DELETE, message);
            case LobsterMessage.EXECUTE -> {
                addOrder(EventKind.ORDER_EXECUTE, message);
                addTrade(message, 0, -message.direction);
            }
            case LobsterMessage.EXECUTE_HIDDEN ->
                    addTrade(message, MarketEvent.HIDDEN, -message.direction);
            case LobsterMessage.CROSS -> addTrade(message, MarketEvent.HIDDEN, 0);
            default -> addStatus(message);
        }
    }

    private void addOrder(EventKind kind, LobsterMessage message) {
        packet.add(kind, 0, message.orderId, message.price, message.size, message.direction);
    }

    private void addTrade(LobsterMessage message, int flags, int aggressorSign) {
        packet.add(EventKind.TRADE, flags, message.price, message.size, 0, aggressorSign);
    }

    private void addStatus(LobsterMessage message) {
        TradingStatus status =
                message.price < 0
                        ? TradingStatus.HALTED
                        : message.price == 0 ? TradingStatus.QUOTING : TradingStatus.TRADING;
        packet.add(EventKind.STATUS, 0, status.code(), message.price, 0, 0);
    }

    private void addReference(LobsterRow row) {
        for (int level = 0; level < row.depth(); level++) {
            boolean bid = level < row.levels(1);
            boolean ask = level < row.levels(-1);
            packet.stream(level);
            packet.add(
                    EventKind.REFERENCE,
                    0,
                    bid ? row.price(1, level) : MarketEvent.NO_PRICE,
                    bid ? row.size(1, level) : 0,
                    ask ? row.price(-1, level) : MarketEvent.NO_PRICE,
                    ask ? row.size(-1, level) : 0);
        }
        packet.end();
    }

    @Override
    public void close() {
        packet.close();
    }
}
