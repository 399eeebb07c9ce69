// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the values of options that picocli does not know. Each refuses with one clear line.
final class OptionValues {
    private static final List<Unit> UNITS =
            List.of(
                    new Unit("ns", 1L),
                    new Unit("us", 1_000L),
                    new Unit("\u00b5s", 1_000L),
                    new Unit("ms", 1_000_000L),
                    new Unit("min", 60_000_000_000L),
                    new Unit("s", 1_000_000_000L),
                    new Unit("h", 3_600_000_000_000L));

    private record Unit(String name, long ns) {}

    /// A length of time in ns; its own class, so that picocli knows how to read it.
    record TimeLength(long ns) {}

    /// A price distance in 1/10,000 of the price.
    record BasisPoints(int value) {}

    private OptionValues() {}

    /// Teaches a command line all of them.
    static void register(CommandLine commandLine) {
        commandLine.registerConverter(TimeLength.class, reading(OptionValues::timeLength));
        commandLine.registerConverter(BasisPoints.class, reading(OptionValues::basisPoints));
        commandLine.registerConverter(Moment.class, reading(Moment::of));
        commandLine.registerConverter(FeeRate.class, reading(FeeRate::of));
    }

    private static <T> ITypeConverter<T> reading(Function<String, T> reader) {
        return text -> {
            try {
                return reader.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }

    /// Reads `500us`, `1.5ms`, `2s` or `0`.
    static TimeLength timeLength(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.equals("0")) {
            return new TimeLength(0);
        }
        for (Unit unit : UNITS) {
            if (lower.endsWith(unit.name())) {
                String number = lower.substring(0, lower.length() - unit.name().length()).strip();
                return new TimeLength(toNs(text, number, unit));
            }
        }
        throw refusedLength(text);
    }

    private static long toNs(String text, String number, Unit unit) {
        try {
            BigDecimal value = new BigDecimal(number);
            if (value.signum() < 0 || value.precision() > 30 || Math.abs(value.scale()) > 30) {
                throw refusedLength(text);
            }
            return value.multiply(BigDecimal.valueOf(unit.ns())).longValueExact();
        } catch (NumberFormatException _) {
            throw refusedLength(text);
        } catch (ArithmeticException _) {
            throw new IllegalArgumentException(
                    "a length of time is a whole number of ns, at most 292 years: " + text);
        }
    }

    private static IllegalArgumentException refusedLength(String text) {
        return new IllegalArgumentException(
                "a length of time is a number with a unit (ns, us, ms, s, min, h): " + text);
    }

    /// Reads `5%` or `50bp`.
    static BasisPoints basisPoints(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        try {
            if (lower.endsWith("%")) {
                BigDecimal percent = new BigDecimal(lower.substring(0, lower.length() - 1).strip());
                return checked(text, percent.movePointRight(2));
            }
            if (lower.endsWith("bp")) {
                return checked(
                        text, new BigDecimal(lower.substring(0, lower.length() - 2).strip()));
            }
        } catch (NumberFormatException | ArithmeticException _) {
            throw refusedDistance(text);
        }
        throw refusedDistance(text);
    }

    private static BasisPoints checked(String text, BigDecimal value) {
        int basisPoints = value.intValueExact();
        if (basisPoints < 0) {
            throw refusedDistance(text);
        }
        return new BasisPoints(basisPoints);
    }

    private static IllegalArgumentException refusedDistance(String text) {
        return new IllegalArgumentException(
                "a distance is like 5% or 50bp, in whole 1/100 of a percent: " + text);
    }
}
