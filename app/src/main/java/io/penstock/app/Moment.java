// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/// A point in market time as a user names it: a date and time, or a time of the first day of the
/// recording, in UTC.
sealed interface Moment {
    /// In ns since 1970.
    ///
    /// @param firstDay day of the first event
    long toNs(LocalDate firstDay);

    /// `2024-08-08T09:30:00Z`.
    record At(Instant instant) implements Moment {
        @Override
        public long toNs(LocalDate firstDay) {
            return Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L),
                    instant.getNano());
        }
    }

    /// `09:30` or `09:30:15.5`.
    record OfFirstDay(LocalTime time) implements Moment {
        @Override
        public long toNs(LocalDate firstDay) {
            return new At(firstDay.atTime(time).toInstant(ZoneOffset.UTC)).toNs(firstDay);
        }
    }

    /// Reads one.
    ///
    /// @throws IllegalArgumentException when the text is neither
    static Moment of(String text) {
        try {
            if (text.indexOf('T') < 0) {
                return new OfFirstDay(LocalTime.parse(text));
            }
            At moment = new At(Instant.parse(text));
            moment.toNs(LocalDate.EPOCH);
            return moment;
        } catch (DateTimeException | ArithmeticException _) {
            throw new IllegalArgumentException(
                    "a time is like 2024-08-08T09:30:00Z, or 09:30:00 of the first day, in UTC: "
                            + text);
        }
    }
}
