// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import java.util.HashMap;
import java.util.Map;

/// Counts of one decoding pass. Confined to the reading strand.
final class Tally {
    private static final int MAX_TYPES = 64;
    private static final int MAX_NAME = 60;

    private final Map<String, long[]> skipped = new HashMap<>();
    private final BadRecords bad;
    private long lines;
    private long decoded;
    private long events;

    Tally(BadRecordPolicy policy) {
        bad = new BadRecords(policy);
    }

    BadRecords bad() {
        return bad;
    }

    void decoded(int newEvents) {
        lines++;
        decoded++;
        events += newEvents;
    }

    /// Counts events that belong to a record already counted.
    void extra(int newEvents) {
        events += newEvents;
    }

    void skipped(String type) {
        lines++;
        String name = type.length() <= MAX_NAME ? type : type.substring(0, MAX_NAME);
        name = Text.printable(name);
        if (!skipped.containsKey(name) && skipped.size() >= MAX_TYPES) {
            name = "other";
        }
        skipped.computeIfAbsent(name, _ -> new long[1])[0]++;
    }

    ConversionReport toReport() {
        Map<String, Long> counts = new HashMap<>();
        skipped.forEach((type, count) -> counts.put(type, count[0]));
        return new ConversionReport(
                lines + bad.count(), decoded, events, counts, bad.count(), bad.first());
    }
}
