// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.app.OptionValues.TimeLength;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/// Options of the strategy and of how it is run.
final class RunOptions {
    /// On which threads the stages run; it never changes the result.
    enum Placement {
        FUSED,
        AHEAD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Value of one of the strategy's parameters; may be repeated.")
    Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--placement",
            paramLabel = "fused|ahead",
            description = "Everything on one thread (default), or the feed ahead on its own.")
    Placement placement = Placement.FUSED;

    @Option(
            names = "--callback-limit",
            paramLabel = "TIME",
            description = "How long one callback of the strategy may run (default 10s).")
    TimeLength callbackLimit = new TimeLength(10_000_000_000L);
}
