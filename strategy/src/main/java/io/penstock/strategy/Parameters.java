// SPDX-License-Identifier: Apache-2.0
package io.penstock.strategy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The named parameters of a strategy, as given with `--set name=value`. A strategy declares each
/// one by reading it in its constructor, with its default and bounds:
///
/// ```
/// fast = parameters.intValue("fast", 12, 1, 10_000);
/// window = parameters.durationNs("window", "500ms");
/// ```
///
/// A value that does not parse or is out of bounds is an [IllegalArgumentException] such as
/// `parameter fast must be 1 to 10000: fast=0`. A name is read once. Confined to one thread.
public final class Parameters {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,18})(ns|us|ms|s|m|h|d)");

    private final Map<String, String> given;
    private final Map<String, Declared> declared = new LinkedHashMap<>();

    /// One parameter that the strategy declared.
    ///
    /// @param name its name
    /// @param kind what it is: `integer`, `decimal`, `text`, `flag` or `duration`
    /// @param value the value in use, as text
    /// @param defaultValue the value that it has when it is not given
    /// @param bounds such as `1 to 10000`; empty where every value will do
    public record Declared(
            String name, String kind, String value, String defaultValue, String bounds) {
        /// True when the value was not given or is the default.
        public boolean isDefault() {
            return value.equals(defaultValue);
        }
    }

    /// The parameters with these values.
    ///
    /// @param given value by name
    public Parameters(Map<String, String> given) {
        this.given = new TreeMap<>(given);
    }

    /// No parameter given: every one has its default.
    public static Parameters none() {
        return new Parameters(Map.of());
    }

    /// A whole number.
    public int intValue(String name, int defaultValue, int least, int most) {
        return (int) longValue(name, defaultValue, least, most);
    }

    /// A whole number; underscores may group its digits.
    public long longValue(String name, long defaultValue, long least, long most) {
        String bounds = least + " to " + most;
        String text = read(name, "integer", Long.toString(defaultValue), bounds);
        long value;
        try {
            value = Long.parseLong(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw refuse(name, bounds, text, e);
        }
        if (value < least || value > most) {
            throw refuse(name, bounds, text, null);
        }
        return value;
    }

    /// A decimal number.
    public BigDecimal decimal(String name, BigDecimal defaultValue) {
        String text = read(name, "decimal", defaultValue.toPlainString(), "");
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw refuse(name, "a decimal number", text, e);
        }
    }

    /// A decimal number within bounds.
    public BigDecimal decimal(
            String name, BigDecimal defaultValue, BigDecimal least, BigDecimal most) {
        String bounds = least.toPlainString() + " to " + most.toPlainString();
        String text = read(name, "decimal", defaultValue.toPlainString(), bounds);
        BigDecimal value;
        try {
            value = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw refuse(name, bounds, text, e);
        }
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw refuse(name, bounds, text, null);
        }
        return value;
    }

    /// Any text.
    public String text(String name, String defaultValue) {
        return read(name, "text", defaultValue, "");
    }

    /// True or false, given as `true` or `false`.
    public boolean flag(String name, boolean defaultValue) {
        String text = read(name, "flag", Boolean.toString(defaultValue), "true or false");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refuse(name, "true or false", text, null);
        };
    }

    /// A length of time in ns, given as a whole number and one of `ns us ms s m h d`: `500ms`.
    ///
    /// @param defaultValue in the same form
    public long durationNs(String name, String defaultValue) {
        String form = "a whole number with ns, us, ms, s, m, h or d, up to 292 years";
        String text = read(name, "duration", defaultValue, "");
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw refuse(name, form, text, null);
        }
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), unitNs(matcher.group(2)));
        } catch (ArithmeticException e) {
            throw refuse(name, form, text, e);
        }
    }

    /// What was declared so far, in that order, with the values in use.
    public List<Declared> declared() {
        return List.copyOf(declared.values());
    }

    /// Refuses names that were given but nobody declared. To be called when the strategy has been
    /// constructed.
    ///
    /// @throws IllegalArgumentException with the unknown name and the known ones, the closest first
    public void requireAllUsed() {
        for (String name : given.keySet()) {
            if (!declared.containsKey(name)) {
                throw new IllegalArgumentException(
                        "no such parameter: "
                                + name
                                + "; "
                                + (declared.isEmpty()
                                        ? "the strategy has none"
                                        : "known: " + String.join(", ", closest(name))));
            }
        }
    }

    private List<String> closest(String name) {
        List<String> names = new ArrayList<>(declared.keySet());
        names.sort(
                Comparator.comparingInt((String known) -> distance(name, known))
                        .thenComparing(Comparator.naturalOrder()));
        return names;
    }

    private String read(String name, String kind, String defaultValue, String bounds) {
        String value = given.getOrDefault(name, defaultValue);
        Declared entry = new Declared(name, kind, value, defaultValue, bounds);
        if (declared.putIfAbsent(name, entry) != null) {
            throw new IllegalStateException("a parameter is declared once: name=" + name);
        }
        return value;
    }

    private static IllegalArgumentException refuse(
            String name, String rule, String value, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "parameter " + name + " must be " + rule + ": " + name + "=" + value, cause);
    }

    private static long unitNs(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 86_400_000_000_000L;
        };
    }

    /// Edits between two words, without regard to case (Levenshtein's distance, one row at a time).
    private static int distance(String first, String second) {
        String a = first.toLowerCase(Locale.ROOT);
        String b = second.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
