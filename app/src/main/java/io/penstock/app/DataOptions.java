// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// Options that say which data a backtest reads, and how.
final class DataOptions extends SourceOptions {
    @Option(
            names = "--data",
            arity = "1..*",
            paramLabel = "FILE",
            description = {
                "Recorded market: files of one recording, gz and zip as they are, or a tape. "
                        + "Without it a seeded market of agents is run."
            })
    List<Path> files = new ArrayList<>();
}
