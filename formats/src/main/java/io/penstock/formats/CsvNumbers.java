// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;
import java.nio.charset.StandardCharsets;

/// Reads the whole numbers of a comma-separated line one after the other. Confined to one strand.
final class CsvNumbers {
    private static final int SHOWN = 40;

    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private int field;
    private Place place = (problem, remedy) -> new DataException("", "", "", "");

    /// Begins a line.
    void begin(LineReader line) {
        begin(line.buffer(), line.start(), line.end(), line);
    }

    void begin(byte[] newBytes, int start, int newEnd, Place newPlace) {
        bytes = newBytes;
        at = start;
        end = newEnd;
        place = newPlace;
        field = 0;
    }

    boolean hasNext() {
        return at <= end;
    }

    /// Number of fields of the line, counted from its commas.
    int count() {
        int count = 1;
        for (int i = at; i < end; i++) {
            count += bytes[i] == ',' ? 1 : 0;
        }
        return count;
    }

    /// The next field.
    ///
    /// @throws DataException when there is none, or no whole number of 64 bits
    long next(String name) {
        int start = begin(name);
        int i = start;
        boolean negative = i < end && bytes[i] == '-';
        if (negative) {
            i++;
        }
        int firstDigit = i;
        long value = 0;
        for (; i < end && bytes[i] != ','; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                throw invalid(name, start);
            }
            value = value * 10 + digit;
        }
        if (i == firstDigit) {
            throw invalid(name, start);
        }
        at = i + 1;
        return negative ? -value : value;
    }

    /// The next field as seconds with decimals, in nanoseconds. Files that went through a floating
    /// point number have more decimals (`43002.632812672004`): they go to the nearest nanosecond.
    ///
    /// @throws DataException when it is no time below the maximum
    long nextSeconds(String name, long maxSeconds) {
        int start = begin(name);
        int i = start;
        long seconds = 0;
        for (; i < end && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            seconds = Math.min(Long.MAX_VALUE / 20, seconds * 10 + (bytes[i] - '0'));
        }
        boolean whole = i > start && seconds < maxSeconds;
        long nanos = 0;
        int decimals = 0;
        if (whole && i < end && bytes[i] == '.') {
            for (i++; i < end && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
                int digit = bytes[i] - '0';
                if (decimals < 9) {
                    nanos = nanos * 10 + digit;
                } else if (decimals == 9 && digit >= 5) {
                    nanos++;
                }
                decimals++;
            }
        }
        if (!whole || (i < end && bytes[i] != ',')) {
            throw invalid(name, start);
        }
        at = i + 1;
        return seconds * 1_000_000_000L + nanos * Decimal.powerOfTen(9 - Math.min(9, decimals));
    }

    private int begin(String name) {
        field++;
        if (at > end) {
            throw place.malformed("the field " + name + " (" + field + ") is missing", "");
        }
        return at;
    }

    /// Refuses fields after the last one read.
    void end() {
        if (hasNext()) {
            throw place.malformed("more than " + field + " fields", "");
        }
    }

    private static boolean isNumber(String text) {
        return text.matches("-?\\d+(\\.\\d+)?");
    }

    private DataException invalid(String name, int start) {
        int stop = start;
        while (stop < end && bytes[stop] != ',' && stop - start < SHOWN) {
            stop++;
        }
        String text = new String(bytes, start, stop - start, StandardCharsets.ISO_8859_1);
        String problem = isNumber(text) ? " that does not fit: \"" : " that does not parse: \"";
        return place.malformed(Text.article(name) + problem + Text.printable(text) + '"', "");
    }
}
