// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Recorded events, mapped read-only and read in place. Any number of threads may read one tape; it
/// is closed once, when none of them reads any more.
///
/// Opening checks the header, the block table and the info. The events are checked block by block
/// when they are first touched ([#touch]), the index when it is first used. The file must not
/// change while it is open: behind the end of a file that was cut, mapped memory cannot be read.
public final class Tape implements AutoCloseable {
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String source;
    private final Arena arena;
    private final MemorySegment file;
    private final MemorySegment events;
    private final TapeLayout layout;
    private final TapeLayout.Sums sums;
    private final TapeInfo info;

    /// Races are harmless: two threads that both find a block unchecked both check it.
    private final boolean[] checked;

    private boolean indexChecked;
    private boolean closed;

    private Tape(String source, Arena arena, MemorySegment file, TapeLayout.Header header) {
        this.source = source;
        this.arena = arena;
        this.file = file;
        layout = header.layout();
        sums = header.sums();
        events = file.asSlice(TapeLayout.HEADER_BYTES, layout.eventBytes());
        checked = new boolean[layout.blocks()];
        checkSection(
                "block table", layout.blockTableAt(), layout.blockTableBytes(), sums.blockTable());
        checkSection("info", layout.infoAt(), layout.infoBytes(), sums.info());
        info = readInfo();
    }

    /// Opens a tape.
    ///
    /// @throws DataException when the file cannot be read or is not a whole tape
    public static Tape open(Path path) {
        String source = path.toString();
        if (Files.isDirectory(path)) {
            throw new DataException(source, "", "this is a directory", "Name a tape");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long bytes = channel.size();
            TapeLayout.Header header = TapeLayout.decode(readHeader(channel), source, bytes);
            return map(channel, source, header);
        } catch (NoSuchFileException e) {
            throw new DataException(source, "", "there is no such file", "Check the name", e);
        } catch (IOException e) {
            throw new DataException(
                    source,
                    "",
                    "the tape cannot be read: " + TapeLayout.reason(e),
                    "Check the rights and the disk",
                    e);
        }
    }

    /// Byte offset of an event within [#events].
    public static long offset(long index) {
        return index << 6;
    }

    public List<Instrument> instruments() {
        return info.instruments();
    }

    public TapeInfo info() {
        return info;
    }

    /// Events on the tape.
    public long count() {
        return layout.count();
    }

    /// All events, from offset 0; [#offset] says where each begins.
    public MemorySegment events() {
        return events;
    }

    /// Index of the k-th event in exchange order: no stream is reordered, no packet torn.
    ///
    /// @throws IndexOutOfBoundsException when there is no k-th event
    /// @throws DataException when the index is damaged (at the first call only)
    public long positionInExchangeOrder(long k) {
        if (!indexChecked) {
            checkIndex();
        }
        if (k < 0 || k >= layout.count()) {
            throw new IndexOutOfBoundsException(k);
        }
        return file.get(INT, layout.indexAt() + 4 * k);
    }

    /// Checks the block of an event when nobody has touched it before; costs next to nothing
    /// otherwise. Call it before the first event of a block is read, or before each event.
    ///
    /// @throws IndexOutOfBoundsException when there is no such event
    /// @throws DataException when the block is damaged
    public void touch(long eventIndex) {
        if (!checked[(int) (eventIndex >>> TapeLayout.BLOCK_SHIFT)]) {
            checkBlock((int) (eventIndex >>> TapeLayout.BLOCK_SHIFT));
        }
    }

    /// Checks everything.
    ///
    /// @throws DataException when a part is damaged
    public void verify() {
        for (int block = 0; block < checked.length; block++) {
            checkBlock(block);
        }
        checkIndex();
    }

    /// Unmaps the tape; nobody may read it any more.
    ///
    /// @throws IllegalStateException when a thread is reading it
    @Override
    public void close() {
        if (!closed) {
            arena.close();
            closed = true;
        }
    }

    private static ByteBuffer readHeader(FileChannel channel) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(TapeLayout.HEADER_BYTES);
        while (header.hasRemaining()) {
            if (channel.read(header) < 0) {
                break;
            }
        }
        return header.flip();
    }

    private static Tape map(FileChannel channel, String source, TapeLayout.Header header)
            throws IOException {
        Arena arena = Arena.ofShared();
        try {
            MemorySegment file =
                    channel.map(
                            FileChannel.MapMode.READ_ONLY, 0, header.layout().fileBytes(), arena);
            return new Tape(source, arena, file, header);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private void checkBlock(int block) {
        long first = (long) block << TapeLayout.BLOCK_SHIFT;
        long bytes = Math.min(TapeLayout.BLOCK_BYTES, layout.eventBytes() - offset(first));
        int expected = file.get(INT, layout.blockTableAt() + 4L * block);
        if (TapeLayout.crc(events, offset(first), bytes) != expected) {
            throw TapeLayout.damaged(
                    source,
                    "byte " + (TapeLayout.HEADER_BYTES + offset(first)),
                    "the CRC of events "
                            + first
                            + " to "
                            + (first + bytes / MarketEvent.BYTES - 1)
                            + " does not match: the tape is damaged");
        }
        checked[block] = true;
    }

    private void checkIndex() {
        checkSection("index", layout.indexAt(), layout.indexBytes(), sums.index());
        indexChecked = true;
    }

    private void checkSection(String name, long at, long bytes, int expected) {
        if (TapeLayout.crc(file, at, bytes) != expected) {
            throw TapeLayout.damaged(
                    source,
                    "byte " + at,
                    "the CRC of the " + name + " does not match: the tape is damaged");
        }
    }

    private TapeInfo readInfo() {
        byte[] bytes =
                file.asSlice(layout.infoAt(), layout.infoBytes()).toArray(ValueLayout.JAVA_BYTE);
        try {
            TapeInfo read = TapeInfoCodec.decode(bytes);
            if (read.count() == layout.count()) {
                return read;
            }
        } catch (IOException | RuntimeException e) {
            throw new DataException(
                    source,
                    "byte " + layout.infoAt(),
                    "the info of the tape cannot be read: " + e.getMessage(),
                    "Convert the source again",
                    e);
        }
        throw TapeLayout.damaged(
                source, "byte " + layout.infoAt(), "the info counts other events than the header");
    }
}
