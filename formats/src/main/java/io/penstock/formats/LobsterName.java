// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the name of a LOBSTER file says: `AAPL_2012-06-21_34200000_57600000_message_1.csv`.
final class LobsterName {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Pattern DATE = Pattern.compile("(?<!\\d)\\d{4}-\\d\\d-\\d\\d(?!\\d)");

    private LobsterName() {}

    /// The part before the first underscore or point.
    static String symbol(Part part) {
        String name = part.baseName();
        String symbol = name.split("[_.]", 2)[0];
        return symbol.isBlank() ? name : symbol;
    }

    /// Midnight of the recording's day in New York, ns since 1970 UTC. The offset is that of the
    /// afternoon: on the two days of a year when it changes, it does so before any trading.
    ///
    /// @throws DataException when neither the option nor the name gives the day
    static long midnightNs(Part part, @Nullable LocalDate given) {
        LocalDate date = given == null ? date(part) : given;
        ZoneOffset offset = date.atTime(LocalTime.NOON).atZone(NEW_YORK).getOffset();
        try {
            return Math.multiplyExact(date.atStartOfDay().toEpochSecond(offset), 1_000_000_000L);
        } catch (ArithmeticException e) {
            throw new DataException(part.name(), "", "no day of market data: " + date, "", e);
        }
    }

    private static LocalDate date(Part part) {
        Matcher matcher = DATE.matcher(part.baseName());
        if (!matcher.find()) {
            throw noDate(part, null);
        }
        try {
            return LocalDate.parse(matcher.group());
        } catch (DateTimeException e) {
            throw noDate(part, e);
        }
    }

    private static DataException noDate(Part part, @Nullable Exception cause) {
        return new DataException(
                part.name(),
                "",
                "the name has no date, and the rows give times of day only",
                "Give the day of the recording with --date YYYY-MM-DD",
                cause);
    }
}
