// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Numbers, money and times as people read them, the same in the terminal and in the report.
public final class NumberText {
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final String[] COUNT_UNITS = {"", " k", " M", " G", " T"};
    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private NumberText() {}

    /// A count with its digits in groups: `1,234,567`.
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// A rate to three digits: `12.3 M`.
    public static String rate(double perSecond) {
        if (!Double.isFinite(perSecond)) {
            return "-";
        }
        double value = perSecond;
        int unit = 0;
        while (value >= 999.5 && unit < COUNT_UNITS.length - 1) {
            value /= 1_000;
            unit++;
        }
        return threeDigits(value) + COUNT_UNITS[unit];
    }

    /// A decimal, exact and in full, with its digits in groups.
    public static String exact(BigDecimal value) {
        BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, plain.scale()) + "f", plain);
    }

    /// Money for a glance: two decimals, or four digits when it is small.
    public static String money(BigDecimal value) {
        BigDecimal rounded = value.setScale(2, RoundingMode.HALF_EVEN);
        if (value.abs().compareTo(BigDecimal.TEN) < 0) {
            BigDecimal digits = value.round(new MathContext(4, RoundingMode.HALF_EVEN));
            int scale = Math.clamp(digits.stripTrailingZeros().scale(), 2, 8);
            rounded = digits.setScale(scale, RoundingMode.HALF_EVEN);
        }
        return rounded.signum() == 0
                ? "0"
                : String.format(Locale.ROOT, "%,." + rounded.scale() + "f", rounded);
    }

    /// A length of time to three digits with its unit: `1.23 ms`.
    public static String duration(double ns) {
        double size = Math.abs(ns);
        if (!Double.isFinite(ns)) {
            return "-";
        }
        if (size < 1e3) {
            return threeDigits(ns) + " ns";
        }
        if (size < 999.5e3) {
            return threeDigits(ns / 1e3) + " us";
        }
        if (size < 999.5e6) {
            return threeDigits(ns / 1e6) + " ms";
        }
        return size < 120e9 ? threeDigits(ns / 1e9) + " s" : clock(Math.round(ns / 1e9));
    }

    /// Seconds as `1 h 02 min 03 s`.
    private static String clock(long seconds) {
        String sign = seconds < 0 ? "-" : "";
        long rest = Math.abs(seconds);
        return rest < 3_600
                ? String.format(Locale.ROOT, "%s%d min %02d s", sign, rest / 60, rest % 60)
                : String.format(Locale.ROOT, "%s%d h %02d min", sign, rest / 3_600, rest / 60 % 60);
    }

    /// Bytes to three digits with their unit.
    public static String bytes(long bytes) {
        double value = (double) bytes;
        int unit = 0;
        while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
            value /= 1_024;
            unit++;
        }
        return threeDigits(value) + " " + BYTE_UNITS[unit];
    }

    /// A moment in UTC to the second.
    public static String time(long ns) {
        return DATE_TIME.format(Instant.ofEpochSecond(Math.floorDiv(ns, 1_000_000_000L)));
    }

    /// A period in UTC; the date of its end only when it is another one.
    public static String period(long fromNs, long toNs) {
        String from = time(fromNs);
        String to = time(toNs);
        boolean isOneDay = from.startsWith(to.substring(0, 10));
        return from + " to " + (isOneDay ? to.substring(11) : to) + " UTC";
    }

    /// An enum constant as words: `PARTIALLY_FILLED` is `partially filled`.
    public static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String threeDigits(double value) {
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e15) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        int decimals = size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
