// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The account of one conversion: `lines = decoded + skipped + badRecords` holds.
///
/// @param lines records read; blank lines are none
/// @param decoded records that became events
/// @param events events written
/// @param skipped well-formed records that are no events, by type; after 64 types the others count
///   as `other`
/// @param badRecords records that could not be used; more than 0 with [BadRecordPolicy#SKIP] only
/// @param firstBadRecords what was wrong with the first few, each with its place
/// @param findings what else is wrong in the recording and did not stop it from being read
/// @param cutShort how the first of its files that ends before its time does so, which
///   [BadRecordPolicy#SKIP] takes for its end; null when all are whole
public record ConversionReport(
        long lines,
        long decoded,
        long events,
        Map<String, Long> skipped,
        long badRecords,
        List<String> firstBadRecords,
        List<Finding> findings,
        @Nullable String cutShort) {

    public ConversionReport {
        skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
        firstBadRecords = List.copyOf(firstBadRecords);
        findings = List.copyOf(findings);
    }
}
