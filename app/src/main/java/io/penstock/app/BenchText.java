// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.bench.Measurement;
import io.penstock.bench.Spread;
import io.penstock.report.NumberText;
import io.penstock.report.TextLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What was measured, as a table for the terminal.
final class BenchText {
    private static final String[] HEAD = {
        "", "events", "M events/s", "B/event", "floor M/s", "times the floor"
    };

    /// What came of a benchmark.
    ///
    /// @param data what it was measured on
    /// @param skipped what was not measured and why, a sentence each
    record Result(String data, List<Measurement> measurements, List<String> skipped) {}

    private BenchText() {}

    static String of(Result result) {
        TextLayout text = new TextLayout();
        text.title("Penstock bench", "Java " + Runtime.version().feature());
        text.entry("data", result.data()).blank();
        if (!result.measurements().isEmpty()) {
            List<String[]> rows = new ArrayList<>();
            rows.add(HEAD);
            result.measurements().forEach(m -> rows.add(row(m)));
            text.columns(rows).blank();
            text.entry("figures", "median [smallest - largest] of the rounds that count");
            text.entry("floor", "a hand-written loop over the same bytes, run in turn");
        }
        for (Measurement measurement : result.measurements()) {
            text.entry(measurement.name(), notes(measurement));
        }
        result.skipped().forEach(reason -> text.entry("skipped", reason));
        return text.toString();
    }

    private static String[] row(Measurement measurement) {
        Spread speed = measurement.eventsPerSecond();
        return new String[] {
            measurement.name(),
            NumberText.count(measurement.events()),
            millions(speed.median())
                    + " ["
                    + millions(speed.min())
                    + " - "
                    + millions(speed.max())
                    + "]",
            decimal(measurement.bytesPerEvent(), 3),
            millions(measurement.floorEventsPerSecond().median()),
            measurement.agrees() ? ratio(measurement.ratio()) : "-"
        };
    }

    private static String ratio(Spread ratio) {
        return decimal(ratio.median(), 2)
                + " ["
                + decimal(ratio.min(), 2)
                + " - "
                + decimal(ratio.max(), 2)
                + "]";
    }

    private static String notes(Measurement measurement) {
        StringBuilder notes = new StringBuilder("an event is ").append(measurement.event());
        notes.append("; a pass allocates ");
        notes.append(NumberText.bytes(Math.round(measurement.bytesPerPass())));
        if (!Double.isNaN(measurement.foreignCores())) {
            notes.append("; others used ").append(decimal(measurement.foreignCores(), 2));
            notes.append(" cores");
        }
        if (!measurement.agrees()) {
            notes.append(
                    "; the floor did not compute the same, because the data has gaps or levels that"
                            + " take orders away: no comparison");
        }
        return notes.toString();
    }

    private static String millions(double perSecond) {
        return decimal(perSecond / 1e6, perSecond < 99.95e6 ? 1 : 0);
    }

    private static String decimal(double value, int decimals) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
