// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import java.util.Locale;

/// Numbers as people read them: three digits that count, and a unit.
final class Figures {
    private static final String[] UNITS = {"ns", "us", "ms", "s"};

    private Figures() {}

    /// `41,200/s`.
    static String rate(double perSecond) {
        return Double.isInfinite(perSecond) ? "unbounded" : number(perSecond) + "/s";
    }

    /// `3.40 ms`; `?` where unknown.
    static String time(double ns) {
        if (ns < 0) {
            return "?";
        }
        if (ns < 0.5) {
            return "0 ns";
        }
        double value = ns;
        int unit = 0;
        while (unit < UNITS.length - 1 && value >= 999.5) {
            value /= 1_000;
            unit++;
        }
        return (unit == 0 && value == Math.rint(value) ? whole(value) : number(value))
                + " "
                + UNITS[unit];
    }

    /// `3.4 kB`; `?` where unknown.
    static String bytes(double bytes) {
        if (bytes < 0) {
            return "?";
        }
        if (bytes < 1_000) {
            return whole(bytes) + " B";
        }
        return bytes < 1e6
                ? number(bytes / 1e3) + " kB"
                : bytes < 1e9 ? number(bytes / 1e6) + " MB" : number(bytes / 1e9) + " GB";
    }

    /// `38 %`; `?` where unknown.
    static String percent(double share) {
        if (share < 0) {
            return "?";
        }
        double value = 100 * share;
        return (value > 0 && value < 1 ? "<1" : whole(value)) + " %";
    }

    /// `+38 %`, `-4 %`, or `x 12` for what is more than doubled.
    static String gain(double gain) {
        return gain >= 1.5
                ? "x " + number(1 + gain)
                : String.format(Locale.ROOT, "%+.0f %%", 100 * gain);
    }

    /// Three digits that count.
    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 99.95 || size == 0) {
            double step = Math.pow(10, Math.max(0, Math.floor(Math.log10(Math.max(size, 1))) - 2));
            return whole(Math.rint(value / step) * step);
        }
        return String.format(Locale.ROOT, size >= 9.995 ? "%.1f" : "%.2f", value);
    }

    /// Without a fraction.
    static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    /// A whole number.
    static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// `1 item`, `2 items`.
    static String count(long count, String what) {
        return whole(count) + " " + what + (count == 1 ? "" : "s");
    }
}
