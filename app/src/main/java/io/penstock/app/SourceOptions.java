// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that say how recorded data is read.
sealed class SourceOptions permits DataOptions, SourceOptions.Plain {
    /// These options alone.
    static final class Plain extends SourceOptions {}

    /// What happens to a record that cannot be used.
    enum OnBadRecord {
        FAIL,
        SKIP
    }

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "binance, lobster or tape; recognised from the content if not given.")
    @Nullable String format;

    @Option(
            names = "--instrument",
            paramLabel = "FILE",
            description = "Instrument file with tick and lot; else the finest steps in the data.")
    @Nullable Path instrument;

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description = "Day of a recording that has times of day only; else from its name.")
    @Nullable LocalDate date;

    @Option(
            names = "--on-bad-record",
            paramLabel = "fail|skip",
            description = "Stop at a record that cannot be used (default), or count it and go on.")
    OnBadRecord onBadRecord = OnBadRecord.FAIL;

    boolean isSkipping() {
        return onBadRecord == OnBadRecord.SKIP;
    }
}
