// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Options that say where the result goes.
final class OutputOptions {
    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "The HTML report (default penstock-report.html).")
    Path report = Path.of("penstock-report.html");

    @Option(names = "--no-report", description = "Write no report.")
    boolean isWithoutReport;

    @Option(
            names = "--json",
            description = "The result as one JSON object on stdout, everything else on stderr.")
    boolean isJson;
}
