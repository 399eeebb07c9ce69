// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/// The unpacked bytes of a [Part]. Confined to one strand.
final class PartStream implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Counted stored;
    private final double storedPerByte;
    private final InputStream unpacked;
    private final Closeable owner;

    private PartStream(
            Counted stored, double storedPerByte, InputStream unpacked, Closeable owner) {
        this.stored = stored;
        this.storedPerByte = storedPerByte;
        this.unpacked = unpacked;
        this.owner = owner;
    }

    /// Unpacks what is gzip.
    ///
    /// @param storedPerByte stored bytes for each byte that comes out of the stream
    /// @param owner closed after the stream
    static PartStream of(InputStream in, double storedPerByte, Closeable owner) throws IOException {
        Counted counted = new Counted(in);
        try {
            BufferedInputStream buffered = new BufferedInputStream(counted, BUFFER_BYTES);
            InputStream unpacked =
                    isGzip(buffered) ? new GZIPInputStream(buffered, BUFFER_BYTES) : buffered;
            return new PartStream(counted, storedPerByte, unpacked, owner);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static boolean isGzip(BufferedInputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip;
    }

    /// Reads some bytes, -1 at the end.
    int read(byte[] buffer, int offset, int length) throws IOException {
        return unpacked.read(buffer, offset, length);
    }

    /// Stored bytes taken so far, for progress.
    long storedBytes() {
        return (long) (stored.count * storedPerByte);
    }

    @Override
    public void close() throws IOException {
        try (owner) {
            unpacked.close();
        }
    }

    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count += Math.max(0, read);
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
