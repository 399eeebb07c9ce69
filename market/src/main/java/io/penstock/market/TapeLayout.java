// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.util.zip.CRC32C;

/// Where things are in the file of a tape. All numbers of the header are little-endian.
///
/// ```
///      0 magic (8)              8 version (4)         12 event size (4)
///     16 events in a block (4) 20 zero (4)            24 events (8)
///     32 bytes of the info (8) 40 bytes of the file (8)
///     48 CRC of the block table (4)  52 CRC of the index (4)  56 CRC of the info (4)
///     60 zero                4,092 CRC of the bytes before it (4)
///  4,096 events, 64 bytes each
///      … block table: CRC of each block of events (4 each), zero up to a multiple of 8
///      … index: positions of the events in exchange order (4 each), zero up to a multiple of 8
///      … info, to the end of the file
/// ```
///
/// Every CRC is CRC-32C.
///
/// @param count events
/// @param infoBytes bytes of the info
record TapeLayout(long count, long infoBytes) {
    static final int HEADER_BYTES = 4_096;
    static final int BLOCK_SHIFT = 14;
    static final int BLOCK_EVENTS = 1 << BLOCK_SHIFT;
    static final int BLOCK_BYTES = BLOCK_EVENTS * MarketEvent.BYTES;
    static final int VERSION = 1;

    /// `PENSTAPE` in ASCII.
    static final long MAGIC = 0x4550_4154_534E_4550L;

    /// The index counts with ints.
    static final long MAX_EVENTS = Integer.MAX_VALUE;

    private static final int HEADER_CRC_AT = HEADER_BYTES - 4;
    private static final int MAX_INFO_BYTES = 1 << 30;
    private static final String REMEDY =
            "Convert the source again, or take an undamaged copy of the tape";

    /// The CRCs that the header holds.
    record Sums(int blockTable, int index, int info) {}

    /// What the header holds.
    record Header(TapeLayout layout, Sums sums) {}

    int blocks() {
        return (int) ((count + BLOCK_EVENTS - 1) >>> BLOCK_SHIFT);
    }

    long eventBytes() {
        return count * MarketEvent.BYTES;
    }

    long blockTableAt() {
        return HEADER_BYTES + eventBytes();
    }

    long blockTableBytes() {
        return align(4L * blocks());
    }

    long indexAt() {
        return blockTableAt() + blockTableBytes();
    }

    long indexBytes() {
        return align(4L * count);
    }

    long infoAt() {
        return indexAt() + indexBytes();
    }

    long fileBytes() {
        return infoAt() + infoBytes;
    }

    static long align(long bytes) {
        return (bytes + 7) & -8L;
    }

    ByteBuffer encode(Sums sums) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(MAGIC).putInt(VERSION).putInt(MarketEvent.BYTES);
        header.putInt(BLOCK_EVENTS).putInt(0);
        header.putLong(count).putLong(infoBytes).putLong(fileBytes());
        header.putInt(sums.blockTable).putInt(sums.index).putInt(sums.info);
        header.putInt(HEADER_CRC_AT, headerCrc(header));
        return header.rewind();
    }

    /// Reads a header.
    ///
    /// @param header the first 4,096 bytes of the file, or all of a shorter file
    /// @param source the file as the user named it
    /// @throws DataException when it is not that of a whole tape of this version
    static Header decode(ByteBuffer header, String source, long actualBytes) {
        header.order(ByteOrder.LITTLE_ENDIAN);
        if (header.limit() < 12 || header.getLong(0) != MAGIC) {
            throw foreign(header, source);
        }
        if (header.getInt(8) != VERSION) {
            throw new DataException(
                    source,
                    "byte 8",
                    "a tape of version " + header.getInt(8) + "; this program reads " + VERSION,
                    "Convert the source again with this program");
        }
        if (header.limit() < HEADER_BYTES) {
            throw damaged(source, "byte " + actualBytes, "the tape ends within its header");
        }
        if (header.getInt(HEADER_CRC_AT) != headerCrc(header)) {
            throw damaged(source, "header", "its CRC does not match: the tape is damaged");
        }
        TapeLayout layout = new TapeLayout(header.getLong(24), header.getLong(32));
        layout.check(header, source, actualBytes);
        return new Header(
                layout, new Sums(header.getInt(48), header.getInt(52), header.getInt(56)));
    }

    /// Checks before anything is mapped that every section lies within the file: reading mapped
    /// memory behind the end of a file kills the process.
    private void check(ByteBuffer header, String source, long actualBytes) {
        if (header.getInt(12) != MarketEvent.BYTES || header.getInt(16) != BLOCK_EVENTS) {
            throw damaged(source, "byte 12", "events or blocks of another size");
        }
        if (count < 0 || count > MAX_EVENTS || infoBytes < 0 || infoBytes > MAX_INFO_BYTES) {
            throw damaged(source, "byte 24", "a section of an impossible size");
        }
        if (header.getLong(40) != fileBytes()) {
            throw damaged(source, "byte 40", "a length that does not fit the sections");
        }
        if (actualBytes != fileBytes()) {
            throw damaged(
                    source,
                    "byte " + Math.min(actualBytes, fileBytes()),
                    actualBytes < fileBytes()
                            ? "the tape ends here; its header says " + fileBytes() + " bytes"
                            : "the tape ends here; the file has " + actualBytes + " bytes");
        }
    }

    static DataException damaged(String source, String place, String problem) {
        return new DataException(source, place, problem, REMEDY);
    }

    /// What an exception of the file system says; some say only what they are.
    static String reason(IOException e) {
        String message = e.getMessage();
        if (message == null) {
            return e.getClass().getSimpleName();
        }
        // Of these the message alone is the name of a file.
        return e instanceof FileSystemException
                ? e.getClass().getSimpleName() + ": " + message
                : message;
    }

    /// CRC-32C of a part of a segment.
    static int crc(MemorySegment segment, long offset, long bytes) {
        CRC32C crc = new CRC32C();
        long end = offset + bytes;
        for (long at = offset; at < end; at += BLOCK_BYTES) {
            crc.update(segment.asSlice(at, Math.min(BLOCK_BYTES, end - at)).asByteBuffer());
        }
        return (int) crc.getValue();
    }

    private static DataException foreign(ByteBuffer header, String source) {
        if (header.limit() == 0) {
            return new DataException(source, "", "the file is empty", REMEDY);
        }
        boolean unfinished = true;
        for (int i = 0; i < header.limit(); i++) {
            unfinished &= header.get(i) == 0;
        }
        return unfinished
                ? damaged(source, "byte 0", "the tape was never finished")
                : new DataException(
                        source,
                        "byte 0",
                        "this is not a tape",
                        "Make one from a recording with: penstock tape convert");
    }

    private static int headerCrc(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().position(0).limit(HEADER_CRC_AT));
        return (int) crc.getValue();
    }
}
