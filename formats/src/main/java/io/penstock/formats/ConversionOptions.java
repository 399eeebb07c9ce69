// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// How a recording is converted.
///
/// @param instrumentFile file with tick, lot and price unit (see [InstrumentFile]), or null: the
///   finest steps seen in the data
/// @param date day of the recording in New York, for formats that give times of day only; null: the
///   date in the file's name
/// @param keepReference whether the answers that the recording itself carries are kept as REFERENCE
///   events
/// @param badRecords what happens to records that cannot be used
public record ConversionOptions(
        @Nullable Path instrumentFile,
        @Nullable LocalDate date,
        boolean keepReference,
        BadRecordPolicy badRecords) {

    /// Everything from the data, no reference rows, and the first bad record ends it.
    public static final ConversionOptions DEFAULT =
            new ConversionOptions(null, null, false, BadRecordPolicy.FAIL);

    /// The same with this instrument file.
    public ConversionOptions withInstrumentFile(@Nullable Path file) {
        return new ConversionOptions(file, date, keepReference, badRecords);
    }

    /// The same with this day.
    public ConversionOptions withDate(@Nullable LocalDate day) {
        return new ConversionOptions(instrumentFile, day, keepReference, badRecords);
    }

    /// The same with or without reference rows.
    public ConversionOptions withKeepReference(boolean keep) {
        return new ConversionOptions(instrumentFile, date, keep, badRecords);
    }

    /// The same with this policy.
    public ConversionOptions withBadRecords(BadRecordPolicy policy) {
        return new ConversionOptions(instrumentFile, date, keepReference, policy);
    }
}
