// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.channel.SlotSink;
import io.penstock.market.EventKind;
import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import io.penstock.market.Side;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns the messages of a Binance recording into events.
///
/// - `depthUpdate`: one packet of LEVELs, bids then asks in the order of the message, with the last
///   update id as sequence; without levels, one LEVEL without a price.
/// - snapshot: CLEAR and LEVELs in the depth stream, then the packets received before it that reach
///   its update id once more ([RecentPackets]), for only now can a book apply them.
/// - `bookTicker`: QUOTE. `trade`, and `aggTrade` where single trades are not recorded: TRADE.
///
/// Futures streams report with field `X` also what met no order of the book, such as the insurance
/// fund or automatic deleveraging, and trades with price or quantity zero; these are counted and
/// left out. Confined to the reading strand.
final class BinanceDecoder implements BinanceReader.Handler, AutoCloseable {
    static final String CROSSED = "quotes with the bid above the ask, kept as they are";
    static final String PRICELESS = "quotes with a price of zero or less, that side left out";

    private final BinanceSurvey survey;
    private final SlotSink sink;
    private final Tally tally;
    private final List<Units> units = new ArrayList<>();
    private final List<@Nullable RecentPackets> recent = new ArrayList<>();
    private final Arena arena = Arena.ofConfined();
    private final PacketBuffer packet = new PacketBuffer();

    BinanceDecoder(BinanceSurvey survey, List<Instrument> instruments, SlotSink sink, Tally tally) {
        this.survey = survey;
        this.sink = tally.bad().guard(sink);
        this.tally = tally;
        for (Instrument instrument : instruments) {
            units.add(new Units(instrument));
            recent.add(null);
        }
    }

    @Override
    public void accept(BinanceMessage message, LineReader place) {
        if (message.kind() != BinanceKind.OTHER) {
            survey.times().repair(message, place, tally);
        }
        switch (message.kind()) {
            case DEPTH -> depth(message, place);
            case SNAPSHOT -> snapshot(message, place);
            case QUOTE -> quote(message, place);
            case TRADE -> trade(message, place);
            case AGGREGATE_TRADE -> aggregateTrade(message, place);
            case OTHER -> tally.skipped(message.kindName());
        }
    }

    private void depth(BinanceMessage message, LineReader place) {
        BinanceInstrument owner = survey.owner(message, place);
        int stream = survey.streams().of(message, place);
        if (stream != owner.depthStream()) {
            tally.skipped("depthUpdate of a second stream");
            return;
        }
        packet.begin(stream, owner.id());
        packet.times(message.exchangeTime(), message.receiveTime, message.lastUpdate);
        long before = message.sequenceBefore();
        Units unit = units.get(owner.id());
        addLevels(message.bids, Side.BUY, unit, 0, before, place);
        addLevels(message.asks, Side.SELL, unit, 0, before, place);
        if (packet.count() == 0) {
            packet.add(EventKind.LEVEL, 0, MarketEvent.NO_PRICE, 0, 0, before);
        }
        packet.end();
        recent(owner).add(packet);
        tally.decoded(packet.flush(sink));
    }

    private void snapshot(BinanceMessage message, LineReader place) {
        BinanceInstrument owner = survey.owner(message, place);
        Units unit = units.get(owner.id());
        packet.begin(owner.depthStream(), owner.id());
        packet.times(message.exchangeTime(), message.receiveTime, message.snapshotUpdate);
        packet.add(EventKind.CLEAR, MarketEvent.SNAPSHOT, 0, 0, 0, 0);
        long before = MarketEvent.NO_SEQUENCE;
        addLevels(message.bids, Side.BUY, unit, MarketEvent.SNAPSHOT, before, place);
        addLevels(message.asks, Side.SELL, unit, MarketEvent.SNAPSHOT, before, place);
        packet.end();
        int count = packet.flush(sink);
        count += recent(owner).repeat(message.snapshotUpdate, message.receiveTime, sink);
        tally.decoded(count);
    }

    private void addLevels(
            LevelList levels, Side side, Units unit, int flags, long before, Place place) {
        for (int i = 0; i < levels.size(); i++) {
            packet.add(
                    EventKind.LEVEL,
                    flags,
                    unit.price(levels.price(i), levels.priceScale(i), place),
                    unit.lots(levels.quantity(i), levels.quantityScale(i), place),
                    side.sign(),
                    before);
        }
    }

    private RecentPackets recent(BinanceInstrument owner) {
        RecentPackets packets = recent.get(owner.id());
        if (packets == null) {
            packets = new RecentPackets(arena);
            recent.set(owner.id(), packets);
        }
        return packets;
    }

    private void quote(BinanceMessage message, LineReader place) {
        Units unit = begin(message, message.lastUpdate, place);
        long bidLots = lots(message, BinanceField.BID_QUANTITY, unit, place);
        long askLots = lots(message, BinanceField.ASK_QUANTITY, unit, place);
        long bid = price(message, BinanceField.BID, unit, place);
        long ask = price(message, BinanceField.ASK, unit, place);
        boolean hasBid = isSide(bid, bidLots, place);
        boolean hasAsk = isSide(ask, askLots, place);
        if (hasBid && hasAsk && bid > ask) {
            tally.found(CROSSED, place, "bid above ask");
        }
        packet.add(
                EventKind.QUOTE,
                0,
                hasBid ? bid : MarketEvent.NO_PRICE,
                hasBid ? bidLots : 0,
                hasAsk ? ask : MarketEvent.NO_PRICE,
                hasAsk ? askLots : 0);
        packet.end();
        tally.decoded(packet.flush(sink));
    }

    /// Whether a side of a quote is there: it has a quantity, and prices here are above zero.
    private boolean isSide(long price, long lots, Place place) {
        if (lots > 0 && price <= 0) {
            tally.found(PRICELESS, place, "a quantity without a price above zero");
            return false;
        }
        return lots > 0;
    }

    private void trade(BinanceMessage message, LineReader place) {
        String execution = message.execution;
        if (execution != null && !execution.equals("MARKET")) {
            tally.skipped("trade outside the book: " + execution);
            return;
        }
        addTrade(message, message.tradeId, place);
    }

    private void aggregateTrade(BinanceMessage message, LineReader place) {
        if (survey.owner(message, place).hasTrades()) {
            tally.skipped("aggTrade beside trade");
            return;
        }
        addTrade(message, message.decimal(BinanceField.ASK), place);
    }

    private void addTrade(BinanceMessage message, long tradeId, LineReader place) {
        Units unit = begin(message, MarketEvent.NO_SEQUENCE, place);
        long price = price(message, BinanceField.PRICE, unit, place);
        long lots = lots(message, BinanceField.QUANTITY, unit, place);
        if (price == 0 || lots == 0) {
            tally.skipped("trade without price or quantity");
            return;
        }
        Side aggressor = Boolean.TRUE.equals(message.buyerIsMaker) ? Side.SELL : Side.BUY;
        packet.add(EventKind.TRADE, 0, price, lots, tradeId, aggressor.sign());
        packet.end();
        tally.decoded(packet.flush(sink));
    }

    private Units begin(BinanceMessage message, long sequence, LineReader place) {
        BinanceInstrument owner = survey.owner(message, place);
        packet.begin(survey.streams().of(message, place), owner.id());
        packet.times(message.exchangeTime(), message.receiveTime, sequence);
        return units.get(owner.id());
    }

    private static long price(BinanceMessage message, BinanceField field, Units unit, Place place) {
        return unit.price(message.decimal(field), message.scale(field), place);
    }

    private static long lots(BinanceMessage message, BinanceField field, Units unit, Place place) {
        return unit.lots(message.decimal(field), message.scale(field), place);
    }

    @Override
    public void close() {
        packet.close();
        arena.close();
    }
}
