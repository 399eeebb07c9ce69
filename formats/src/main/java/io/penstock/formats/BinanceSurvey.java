// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;
import io.penstock.market.Instrument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The first pass over a Binance recording: instruments and streams in order of appearance, the
/// finest steps, and to whom nameless snapshots belong. Confined to the reading strand.
final class BinanceSurvey implements BinanceReader.Handler {
    private final @Nullable InstrumentFile file;
    private final Map<String, BinanceInstrument> bySymbol = new LinkedHashMap<>();
    private final StreamNames streams = new StreamNames();
    private final NamelessSnapshots nameless = new NamelessSnapshots();
    private final BinanceMarkets markets = new BinanceMarkets();
    private final RecordedTimes times = new RecordedTimes();

    BinanceSurvey(@Nullable InstrumentFile file) {
        this.file = file;
    }

    @Override
    public void accept(BinanceMessage message, LineReader place) {
        if (message.kind() == BinanceKind.OTHER) {
            return;
        }
        times.saw(message);
        String symbol = message.symbol;
        if (symbol == null) {
            nameless.add(message, place, bySymbol.values());
            return;
        }
        BinanceInstrument instrument = find(symbol, place);
        markets.saw(message, symbol, place);
        Steps.add(message, instrument.prices(), instrument.lots(), place);
        if (message.kind() != BinanceKind.SNAPSHOT) {
            sawStream(message, instrument, place);
        }
    }

    private void sawStream(BinanceMessage message, BinanceInstrument instrument, Place place) {
        int stream = streams.of(message, place);
        if (message.kind() == BinanceKind.TRADE) {
            instrument.sawTrade();
        } else if (message.kind() == BinanceKind.DEPTH) {
            if (instrument.depthStream() < 0) {
                instrument.depthStream(stream);
            }
            long before = message.sequenceBefore();
            instrument.sawUpdate(before, message.lastUpdate);
            nameless.sawUpdate(instrument, before, message.lastUpdate);
        }
    }

    private BinanceInstrument find(String symbol, Place place) {
        BinanceInstrument known = bySymbol.get(symbol);
        if (known != null) {
            return known;
        }
        InstrumentSpec spec = spec(symbol, place);
        BinanceInstrument added = new BinanceInstrument(bySymbol.size(), symbol, spec);
        bySymbol.put(symbol, added);
        return added;
    }

    private InstrumentSpec spec(String symbol, Place place) {
        return file == null ? InstrumentSpec.NONE : file.find(symbol, place);
    }

    /// Ends the pass.
    ///
    /// @param source the recording, for messages about the whole
    /// @throws DataException when it is no recording of instruments that can be told apart
    void complete(String source, BadRecords bad) {
        markets.check();
        times.complete();
        Place whole = (problem, remedy) -> new DataException(source, "", problem, remedy);
        if (bySymbol.isEmpty() && !nameless.isEmpty() && file != null) {
            String only = file.onlySymbol();
            if (only != null) {
                find(only, whole);
            }
        }
        nameless.resolve(bySymbol.values(), bad);
        if (bySymbol.isEmpty()) {
            throw whole.error("no depth, bookTicker or trade message in it", "");
        }
        if (file != null) {
            file.checkCount(bySymbol.size());
        }
        for (BinanceInstrument instrument : bySymbol.values()) {
            if (instrument.depthStream() < 0) {
                // A snapshot alone still needs a stream; without one the name is just unused.
                String name = instrument.symbol().toLowerCase(Locale.ROOT) + "@depth";
                instrument.depthStream(streams.number(name, whole));
            }
        }
    }

    /// The instruments with the units found.
    List<Instrument> instruments(String source) {
        List<Instrument> instruments = new ArrayList<>();
        for (BinanceInstrument each : bySymbol.values()) {
            instruments.add(
                    InstrumentFile.build(
                            new InstrumentFile.InstrumentId(each.id(), each.symbol(), source),
                            each.spec(),
                            each.prices(),
                            each.lots(),
                            0));
        }
        return instruments;
    }

    StreamNames streams() {
        return streams;
    }

    RecordedTimes times() {
        return times;
    }

    /// The instrument that a message is of.
    ///
    /// @throws DataException when it was refused in the first pass
    BinanceInstrument owner(BinanceMessage message, LineReader place) {
        String symbol = message.symbol;
        BinanceInstrument owner = symbol == null ? nameless.owner(place) : bySymbol.get(symbol);
        if (owner == null && symbol != null) {
            spec(symbol, place);
        }
        if (owner == null) {
            throw place.error("a message of no known instrument", "");
        }
        return owner;
    }
}
