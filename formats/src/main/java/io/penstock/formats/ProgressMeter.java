// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import java.util.List;

/// Tells a [ConversionProgress] how far one pass is. Confined to the reading strand.
final class ProgressMeter {
    private static final int LINES_BETWEEN = 2048;

    private final ConversionProgress progress;
    private final int pass;
    private final int passes;
    private final long total;
    private long before;
    private int lines;

    ProgressMeter(ConversionProgress progress, int pass, int passes, List<Part> parts) {
        this.progress = progress;
        this.pass = pass;
        this.passes = passes;
        total = parts.stream().mapToLong(Part::sizeBytes).sum();
    }

    /// Counts a line of the part that is being read.
    void line(LineReader reader) {
        if (++lines == LINES_BETWEEN) {
            lines = 0;
            progress.at(pass, passes, Math.min(total, before + reader.storedBytes()), total);
        }
    }

    /// A part was read to its end.
    void partDone(Part part) {
        before += part.sizeBytes();
    }

    void done() {
        progress.at(pass, passes, total, total);
    }
}
