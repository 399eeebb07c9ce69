// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that say which data is read and how.
final class DataOptions {
    /// What happens to a record that cannot be used.
    enum OnBadRecord {
        FAIL,
        SKIP
    }

    @Option(
            names = "--data",
            arity = "1..*",
            paramLabel = "FILE",
            description = {
                "Recorded market: files of one recording, gz and zip as they are, or a tape. "
                        + "Without it a seeded market of agents is run."
            })
    List<Path> files = new ArrayList<>();

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
