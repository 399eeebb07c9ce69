// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One timed run as its process told it: a flat JSON object on a line of its own. Immutable.
///
/// @param value in the unit of the workload's metric
/// @param foreignCores processors that others kept busy meanwhile, on average
/// @param stealCores processors that the host took away meanwhile, on average
/// @param pingPongNs one way of a cache line between two threads, just before; NaN where unknown
/// @param details other figures by name: `bytesPerItem`, `p90`, `p99`, `p999`, `cores`, …
public record Sample(
        double value,
        double foreignCores,
        double stealCores,
        double pingPongNs,
        Map<String, Double> details) {
    /// A sample for which others of the machine, or its host, used more cores is not clean.
    static final double MOST_LOST_CORES = 0.15;

    private static final Pattern FIELD =
            Pattern.compile("\"([A-Za-z0-9]+)\"\\s*:\\s*(-?[0-9][-+.0-9eE]*|null)");

    /// Reads a line; a field that is not named here becomes a detail.
    ///
    /// @throws IllegalArgumentException when there is no `value`
    static Sample parse(String line) {
        Map<String, Double> fields = new LinkedHashMap<>();
        Matcher matcher = FIELD.matcher(line);
        while (matcher.find()) {
            String number = matcher.group(2);
            fields.put(
                    matcher.group(1),
                    number.equals("null") ? Double.NaN : Double.parseDouble(number));
        }
        Double value = fields.remove("value");
        if (value == null) {
            throw new IllegalArgumentException("a sample has a value: line=" + line);
        }
        return new Sample(
                value,
                orNaN(fields.remove("foreignCores")),
                orNaN(fields.remove("stealCores")),
                orNaN(fields.remove("pingPongNs")),
                fields);
    }

    private static double orNaN(@Nullable Double number) {
        return number == null ? Double.NaN : number;
    }

    /// Whether the others and the host were quiet. Where the system does not tell, it is not clean.
    boolean isClean() {
        return foreignCores <= MOST_LOST_CORES && stealCores <= MOST_LOST_CORES;
    }

    /// A line that [#parse] reads.
    String json() {
        StringBuilder text = new StringBuilder("{");
        put(text, "value", value);
        put(text, "foreignCores", foreignCores);
        put(text, "stealCores", stealCores);
        put(text, "pingPongNs", pingPongNs);
        details.forEach((name, number) -> put(text, name, number));
        return text.append('}').toString();
    }

    private static void put(StringBuilder text, String name, double number) {
        text.append(text.length() == 1 ? "" : ", ").append('"').append(name).append("\": ");
        boolean isNumber = !Double.isNaN(number) && !Double.isInfinite(number);
        text.append(isNumber ? String.format(Locale.ROOT, "%.6g", number) : "null");
    }
}
