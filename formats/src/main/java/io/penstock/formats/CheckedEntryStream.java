// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/// The bytes of a zip entry, with its checksum compared at the end: `ZipFile` itself does not.
final class CheckedEntryStream extends CheckedInputStream {
    private final long expectedCrc;

    CheckedEntryStream(InputStream in, ZipEntry entry) {
        super(in, new CRC32());
        expectedCrc = entry.getCrc();
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        return value < 0 ? atEnd(value) : value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        return count < 0 ? atEnd(count) : count;
    }

    private int atEnd(int result) throws ZipException {
        if (expectedCrc != -1 && getChecksum().getValue() != expectedCrc) {
            throw new ZipException("its checksum is wrong");
        }
        return result;
    }
}
