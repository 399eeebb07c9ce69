// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.report.NumberText;
import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Shows how far something is: on a terminal one line that is redrawn at most ten times a second
/// and cleared at the end, elsewhere a line of its own every five seconds. It has no colours. Safe
/// for use by any thread.
final class Progress implements AutoCloseable {
    private static final long REDRAW_NS = 100_000_000L;
    private static final long LINE_NS = 5_000_000_000L;
    private static final long SETTLED_NS = 500_000_000L;
    private static final int BAR_WIDTH = 24;
    private static final int LINE_WIDTH = 79;

    private final Appendable out;
    private final boolean isTerminal;
    private final LongSupplier nanoTime;
    private String task = "";
    private long startNs;
    private long shownNs;
    private int shownLength;
    private boolean isClosed;

    /// @param out where it is shown
    /// @param isTerminal whether that understands carriage returns
    /// @param nanoTime elapsed time in ns, the scheduler's
    Progress(Appendable out, boolean isTerminal, LongSupplier nanoTime) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.nanoTime = nanoTime;
    }

    /// Shows this much, unless something was shown a moment ago. Another task begins at its first
    /// call.
    ///
    /// @param newTask what is being done, such as `reading`
    /// @param done units done
    /// @param total units in all; not positive when that is not known
    /// @param unit what a unit is, such as `events`
    synchronized void show(String newTask, long done, long total, String unit) {
        if (isClosed) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (!newTask.equals(task)) {
            task = newTask;
            startNs = now;
            shownNs = isTerminal ? now - REDRAW_NS : now;
        }
        if (now - shownNs < (isTerminal ? REDRAW_NS : LINE_NS)) {
            return;
        }
        shownNs = now;
        String line = line(done, total, unit, now - startNs);
        write(isTerminal ? redrawn(line) : line + System.lineSeparator());
    }

    /// Clears the line; nothing is shown any more.
    @Override
    public synchronized void close() {
        if (!isClosed && isTerminal && shownLength > 0) {
            write("\r" + " ".repeat(shownLength) + "\r");
        }
        isClosed = true;
    }

    private String line(long done, long total, String unit, long elapsedNs) {
        StringBuilder line = new StringBuilder(task);
        double share = total > 0 ? Math.clamp((double) done / total, 0, 1) : 0;
        if (total > 0) {
            if (isTerminal) {
                int filled = (int) (share * BAR_WIDTH);
                line.append(" [").repeat('#', filled).repeat('.', BAR_WIDTH - filled).append(']');
            }
            line.append(String.format(Locale.ROOT, " %3d %%", (int) (share * 100)));
        } else {
            line.append(' ').append(NumberText.count(done)).append(' ').append(unit);
        }
        // The first rates are noise.
        if (elapsedNs >= SETTLED_NS && done > 0) {
            double rate = done * 1e9 / elapsedNs;
            line.append(", ");
            if (unit.equals("bytes")) {
                line.append(NumberText.bytes(Math.round(rate))).append("/s");
            } else {
                line.append(NumberText.rate(rate)).append(' ').append(unit).append("/s");
            }
            if (share > 0 && share < 1) {
                double leftSeconds = Math.ceil(elapsedNs / 1e9 * (1 - share) / share);
                line.append(", ").append(NumberText.duration(leftSeconds * 1e9)).append(" left");
            }
        }
        return line.length() > LINE_WIDTH ? line.substring(0, LINE_WIDTH) : line.toString();
    }

    private String redrawn(String line) {
        String rest = " ".repeat(Math.max(0, shownLength - line.length()));
        shownLength = line.length();
        return "\r" + line + rest;
    }

    private void write(String text) {
        try {
            out.append(text);
            if (out instanceof Flushable flushable) {
                flushable.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
