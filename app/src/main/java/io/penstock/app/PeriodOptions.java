// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that say which part of the market is run.
final class PeriodOptions {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Start: 2024-08-08T09:30:00Z, or 09:30[:00] of the first day, UTC.")
    @Nullable Moment from;

    @Option(names = "--to", paramLabel = "TIME", description = "End, in the same way.")
    @Nullable Moment to;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of everything random (default 1).")
    long seed = 1;
}
