// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The kinds of recorded market data that can be read.
public enum SourceFormat {
    /// Raw Binance streams: receive time in ns, a space, the JSON message as received, a line each.
    BINANCE("binance"),
    /// LOBSTER: a message file and its orderbook file.
    LOBSTER("lobster"),
    /// A tape of Penstock: recorded events, ready to run.
    TAPE("tape");

    private final String label;

    SourceFormat(String label) {
        this.label = label;
    }

    /// The name that `--format` takes.
    public String label() {
        return label;
    }

    /// All names that `--format` takes, for messages.
    public static String labels() {
        return Arrays.stream(values()).map(SourceFormat::label).collect(Collectors.joining(", "));
    }

    /// The format with this label.
    ///
    /// @throws IllegalArgumentException when there is none; the text lists the labels
    public static SourceFormat of(String label) {
        for (SourceFormat format : values()) {
            if (format.label.equals(label)) {
                return format;
            }
        }
        throw new IllegalArgumentException("the formats are " + labels() + ": format=" + label);
    }
}
