// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts of one decoding pass. Confined to the reading strand.
final class Tally {
    private static final int MAX_TYPES = 64;
    private static final int MAX_NAME = 60;

    private final Map<String, long[]> skipped = new HashMap<>();
    private final Map<String, Found> found = new LinkedHashMap<>();
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

    void skipped(String type) {
        lines++;
        String name = type.length() <= MAX_NAME ? type : type.substring(0, MAX_NAME);
        name = Text.printable(name);
        if (!skipped.containsKey(name) && skipped.size() >= MAX_TYPES) {
            name = "other";
        }
        skipped.computeIfAbsent(name, _ -> new long[1])[0]++;
    }

    /// Counts something that is wrong with a record and did not stop it from being read.
    ///
    /// @param what one of a few texts
    /// @param shown what stands there
    void found(String what, Place place, String shown) {
        Found of = found.get(what);
        if (of == null) {
            of = new Found(String.valueOf(place.error(shown, "").getMessage()));
            found.put(what, of);
        }
        of.count++;
    }

    private static final class Found {
        final String first;
        long count;

        Found(String first) {
            this.first = first;
        }
    }

    ConversionReport toReport() {
        Map<String, Long> counts = new HashMap<>();
        skipped.forEach((type, count) -> counts.put(type, count[0]));
        List<Finding> findings = new ArrayList<>();
        found.forEach((what, of) -> findings.add(new Finding(what, of.count, of.first)));
        return new ConversionReport(
                lines + bad.count(),
                decoded,
                events,
                counts,
                bad.count(),
                bad.first(),
                findings,
                bad.cutShort());
    }
}
