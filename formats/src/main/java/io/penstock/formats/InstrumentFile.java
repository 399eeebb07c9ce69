// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;
import io.penstock.market.Instrument;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file that gives tick, lot and price unit of instruments, as properties, UTF-8, one a line:
///
/// ```
/// # one instrument                 # several instruments
/// symbol = BTCUSDT                 BTCUSDT.tick = 0.10
/// tick = 0.10                      BTCUSDT.lot = 0.001
/// lot = 0.001                      ETHUSDT.tick = 0.01
/// price-unit = 0.01                ETHUSDT.lot = 0.001
/// ```
///
/// `tick` is the step that order prices keep and `lot` the least quantity, both decimals. The
/// `price-unit` is what recorded prices count: a power of ten, 1 to 10^-12, that divides the tick;
/// without it, it is the last decimal of the tick or of the finest price seen, whichever is finer.
/// A key that is left out is found in the data. Without `symbol` the keys without a prefix are for
/// the only instrument of the recording. Lines that begin with `#` are comments; any other key is
/// an error, so that a misspelt one is not ignored.
final class InstrumentFile {
    private static final Set<String> KEYS = Set.of("tick", "lot", "price-unit");
    private static final String REMEDY =
            "The keys are symbol, tick, lot and price-unit; for several instruments SYMBOL.tick"
                    + " and so on";

    private final Path file;
    private final Map<String, InstrumentSpec> bySymbol = new LinkedHashMap<>();
    private InstrumentSpec unnamed = InstrumentSpec.NONE;
    private boolean hasUnnamed;
    private @Nullable String symbol;

    private InstrumentFile(Path file) {
        this.file = file;
    }

    /// Reads the file.
    ///
    /// @throws DataException when it cannot be read or says something wrong
    static InstrumentFile read(Path file) {
        InstrumentFile result = new InstrumentFile(file);
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                result.add(line, "line " + (i + 1));
            }
        }
        result.complete();
        return result;
    }

    private static List<String> lines(Path file) {
        if (Files.isDirectory(file)) {
            throw new DataException(
                    file.toString(), "", "this is a directory", "Name an instrument file");
        }
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new DataException(file.toString(), "", "there is no such file", "", e);
        } catch (CharacterCodingException e) {
            throw new DataException(
                    file.toString(), "", "an instrument file is UTF-8 text", REMEDY, e);
        } catch (IOException e) {
            throw new DataException(
                    file.toString(), "", "it cannot be read (" + e.getMessage() + ")", "", e);
        }
    }

    private void add(String line, String place) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            throw error(place, "no key = value: \"" + line + "\"", REMEDY);
        }
        String key = line.substring(0, equals).strip();
        String value = line.substring(equals + 1).strip();
        if (key.equals("symbol")) {
            if (symbol != null || value.isEmpty()) {
                throw error(place, symbol == null ? "an empty symbol" : "a second symbol", REMEDY);
            }
            symbol = value;
            return;
        }
        int dot = key.lastIndexOf('.');
        String name = key.substring(dot + 1);
        if (!KEYS.contains(name) || dot == 0) {
            throw error(place, "an unknown key: \"" + key + "\"", REMEDY);
        }
        put(dot < 0 ? null : key.substring(0, dot), name, number(name, value, place), place);
    }

    private void put(@Nullable String owner, String key, BigDecimal value, String place) {
        InstrumentSpec before =
                owner == null ? unnamed : bySymbol.getOrDefault(owner, InstrumentSpec.NONE);
        if (before.value(key) != null) {
            throw error(place, "the key " + key + " comes twice", "");
        }
        if (owner == null) {
            unnamed = before.with(key, value);
            hasUnnamed = true;
        } else {
            bySymbol.put(owner, before.with(key, value));
        }
    }

    private BigDecimal number(String key, String value, String place) {
        BigDecimal number;
        try {
            number = value.length() > 40 ? BigDecimal.ZERO : new BigDecimal(value);
        } catch (NumberFormatException e) {
            throw error(place, "a " + key + " that is no number: \"" + value + "\"", "");
        }
        if (number.signum() <= 0 || !fits(number.stripTrailingZeros())) {
            throw error(place, "a " + key + " is a positive decimal: \"" + value + "\"", "");
        }
        BigDecimal stripped = number.stripTrailingZeros();
        boolean unit = key.equals("price-unit");
        if (unit && (!isOne(stripped.unscaledValue()) || !isScale(stripped.scale()))) {
            throw error(place, "a price-unit is 1, 0.1, ... 10^-12: \"" + value + "\"", "");
        }
        return stripped;
    }

    /// At most 18 decimals, and a long holds it in units of its last one.
    private static boolean fits(BigDecimal stripped) {
        int scale = stripped.scale();
        return scale <= Decimal.MAX_SCALE
                && scale >= -Decimal.MAX_SCALE
                && stripped.movePointRight(Math.max(0, scale)).toBigInteger().bitLength() < 63;
    }

    private static boolean isOne(BigInteger value) {
        return value.equals(BigInteger.ONE);
    }

    private static boolean isScale(int scale) {
        return scale >= 0 && scale <= 12;
    }

    private void complete() {
        if (symbol != null) {
            if (bySymbol.containsKey(symbol)) {
                throw error("", "the instrument " + symbol + " comes twice", "");
            }
            bySymbol.put(symbol, unnamed);
        } else if (hasUnnamed && !bySymbol.isEmpty()) {
            throw error("", "keys without an instrument beside others", "Give a symbol");
        }
        if (!hasUnnamed && bySymbol.isEmpty()) {
            throw error("", "it says nothing", REMEDY);
        }
    }

    /// What it says about an instrument.
    ///
    /// @throws DataException at the place when it does not know the instrument
    InstrumentSpec find(String name, Place place) {
        InstrumentSpec spec = bySymbol.get(name);
        if (spec != null) {
            return spec;
        }
        if (!bySymbol.isEmpty()) {
            throw place.error(
                    "an unknown instrument: " + name + " is not in the instrument file " + file,
                    "Add " + name + ".tick and " + name + ".lot to it");
        }
        return unnamed;
    }

    /// The only symbol that it names, or null.
    @Nullable String onlySymbol() {
        return bySymbol.size() == 1 ? bySymbol.keySet().iterator().next() : null;
    }

    /// Refuses more than one instrument when the keys do not say which is meant.
    void checkCount(int instruments) {
        if (bySymbol.isEmpty() && instruments > 1) {
            throw error(
                    "",
                    "keys without an instrument, but the recording has " + instruments,
                    "Write SYMBOL.tick and so on");
        }
    }

    /// The instrument with what the file says, and from the data what it leaves out.
    ///
    /// @param prices steps of the prices in the data
    /// @param lots steps of the quantities in the data
    /// @param leastDecimals decimals of a price that the format implies
    static Instrument build(
            InstrumentId id,
            InstrumentSpec spec,
            StepFinder prices,
            StepFinder lots,
            int leastDecimals) {
        BigDecimal tick = spec.tick() == null ? prices.step() : spec.tick();
        BigDecimal lot = spec.lot() == null ? lots.step() : spec.lot();
        BigDecimal unit = spec.priceUnit();
        int decimals =
                unit != null
                        ? unit.scale()
                        : Math.max(
                                Math.max(leastDecimals, prices.scale()),
                                tick.stripTrailingZeros().scale());
        if (decimals > 12) {
            throw new DataException(
                    id.source(),
                    "",
                    id.symbol() + ": prices with more than 12 decimals",
                    "Give a price-unit in an instrument file");
        }
        return new Instrument(
                id.id(), id.symbol(), decimals, ticks(id, tick, decimals), lot, origin(spec));
    }

    private static Instrument.Origin origin(InstrumentSpec spec) {
        return spec.tick() != null && spec.lot() != null
                ? Instrument.Origin.GIVEN
                : Instrument.Origin.DETECTED;
    }

    private static long ticks(InstrumentId id, BigDecimal tick, int decimals) {
        try {
            return tick.movePointRight(decimals).longValueExact();
        } catch (ArithmeticException e) {
            throw new DataException(
                    id.source(),
                    "",
                    id.symbol() + ": the tick " + tick + " is no whole number of price units",
                    "Give a finer price-unit in the instrument file",
                    e);
        }
    }

    /// Which instrument is built.
    ///
    /// @param source file to name in errors
    record InstrumentId(int id, String symbol, String source) {}

    private DataException error(String place, String problem, String remedy) {
        return new DataException(file.toString(), place, Text.printable(problem), remedy);
    }
}
