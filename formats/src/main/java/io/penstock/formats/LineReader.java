// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/// The lines of a [Part], one at a time in a buffer that is used again. Confined to one strand.
final class LineReader implements Closeable, Place {
    /// The longest line that is read. The largest messages of the formats read here, snapshots of
    /// 5,000 levels, have about 0.4 MB.
    static final int MAX_LINE_BYTES = 8 << 20;

    private final Part part;
    private final PartStream in;
    private byte[] buffer = new byte[1 << 16];
    private int lineStart;
    private int lineEnd;
    private int next;
    private int filled;
    private long bytesBefore;
    private long line;
    private boolean ended;
    private boolean damaged;
    private boolean half;
    private boolean terminated = true;

    LineReader(Part part) {
        this.part = part;
        in = part.open();
    }

    /// Moves to the next line.
    ///
    /// @return false at the end
    /// @throws DataException when the data is damaged (no more lines follow then) or the line is
    ///   too long (the next call moves past it)
    boolean next() {
        int scan = next;
        lineStart = next;
        lineEnd = next;
        while (true) {
            for (; scan < filled; scan++) {
                if (buffer[scan] == '\n') {
                    return take(scan, scan + 1, true);
                }
            }
            if (ended) {
                return scan > lineStart && take(scan, scan, false);
            }
            int length = scan - lineStart;
            if (length >= MAX_LINE_BYTES) {
                throw overlong();
            }
            fill();
            scan = lineStart + length;
        }
    }

    private boolean take(int end, int newNext, boolean isTerminated) {
        line++;
        terminated = isTerminated;
        lineEnd = end > lineStart && buffer[end - 1] == '\r' ? end - 1 : end;
        next = newNext;
        return true;
    }

    private void fill() {
        if (filled == buffer.length) {
            if (lineStart > 0) {
                System.arraycopy(buffer, lineStart, buffer, 0, filled - lineStart);
                bytesBefore += lineStart;
                filled -= lineStart;
                lineStart = 0;
                next = 0;
            } else {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
        }
        int read = read();
        if (read < 0) {
            ended = true;
        } else {
            filled += read;
        }
    }

    private int read() {
        try {
            return in.read(buffer, filled, buffer.length - filled);
        } catch (IOException e) {
            ended = true;
            damaged = true;
            next = filled;
            throw part.failure(e, "line " + (line + 1) + ", byte " + (bytesBefore + filled));
        }
    }

    private DataException overlong() {
        line++;
        DataException problem =
                error("a line longer than " + MAX_LINE_BYTES + " bytes", "Is it a text recording?");
        skipLine();
        return problem;
    }

    private void skipLine() {
        while (true) {
            bytesBefore += filled;
            filled = 0;
            lineStart = 0;
            next = 0;
            int read = read();
            if (read < 0) {
                ended = true;
                return;
            }
            filled = read;
            for (int i = 0; i < filled; i++) {
                if (buffer[i] == '\n') {
                    next = i + 1;
                    return;
                }
            }
        }
    }

    /// The buffer that holds the line.
    byte[] buffer() {
        return buffer;
    }

    /// Where the line starts in the buffer.
    int start() {
        return lineStart;
    }

    /// Where the line ends in the buffer; the line's end characters are outside.
    int end() {
        return lineEnd;
    }

    boolean isBlank() {
        for (int i = lineStart; i < lineEnd; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /// True when the data ended before its time.
    boolean isDamaged() {
        return damaged;
    }

    /// True when the data ended before its time, or in the middle of its last record.
    boolean isCut() {
        return damaged || half;
    }

    /// Number of the line, from 1.
    long line() {
        return line;
    }

    Part part() {
        return part;
    }

    /// Stored bytes taken so far, for progress.
    long storedBytes() {
        return in.storedBytes();
    }

    @Override
    public DataException error(String problem, String remedy) {
        return new DataException(part.name(), "line " + line, Text.printable(problem), remedy);
    }

    @Override
    public DataException malformed(String problem, String remedy) {
        if (terminated) {
            return error(problem, remedy);
        }
        half = true;
        return error(
                "half a record at the end of the file: " + problem,
                "Complete the file, or leave it out with --on-bad-record skip");
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw part.failure(e, "");
        }
    }
}
