// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import io.penstock.channel.SlotSink;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Writes a tape. The events go into `name.partial` beside the target, which gets the target's name
/// only when everything is on the disk: a crash leaves no file that looks whole. Confined to one
/// thread; allocates nothing per event.
public final class TapeWriter implements SlotSink, AutoCloseable {
    private final Path target;
    private final Path partial;
    private final FileChannel channel;
    private final TapeStatistics statistics;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment block = arena.allocate(TapeLayout.BLOCK_BYTES, 64);
    private final ByteBuffer blockBytes = block.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private int[] blockSums = new int[64];
    private int blocks;
    private long blockOffset;
    private boolean finished;
    private boolean closed;

    private TapeWriter(Path target, Path partial, FileChannel channel, TapeHeader header) {
        this.target = target;
        this.partial = partial;
        this.channel = channel;
        statistics = new TapeStatistics(header);
    }

    /// Begins a tape; a file that has the target's name stays until [#finish].
    ///
    /// @throws DataException when it cannot be written there, or another writer is at it
    public static TapeWriter create(Path target, TapeHeader header) {
        if (Files.isDirectory(target)) {
            throw new DataException(
                    target.toString(), "", "this is a directory", "Name a file to write to");
        }
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            partial,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            lock(channel, target);
            channel.truncate(0);
            channel.position(TapeLayout.HEADER_BYTES);
            return new TapeWriter(target, partial, channel, header);
        } catch (IOException e) {
            closeQuietly(channel);
            throw failed(target, e);
        } catch (DataException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    /// Appends an event.
    ///
    /// @throws IllegalArgumentException when its kind or its instrument does not exist
    /// @throws IllegalStateException after [#finish] or [#close]
    /// @throws DataException when it cannot be written, because the disk is full for instance
    @Override
    public void accept(MemorySegment segment, long offset) {
        if (finished) {
            throw new IllegalStateException("the tape is finished: target=" + target);
        }
        statistics.add(segment, offset);
        MemorySegment.copy(segment, offset, block, blockOffset, MarketEvent.BYTES);
        blockOffset += MarketEvent.BYTES;
        if (blockOffset == TapeLayout.BLOCK_BYTES) {
            flushBlock();
        }
    }

    /// Events appended so far.
    public long count() {
        return statistics.count();
    }

    /// Completes the tape and gives it its name; the writer can then only be closed. Sorting into
    /// exchange order takes 4 bytes of native memory for each event.
    ///
    /// @throws DataException when it cannot be written
    public TapeInfo finish() {
        if (finished || closed) {
            throw new IllegalStateException("a tape is finished once: target=" + target);
        }
        flushBlock();
        if (count() > TapeLayout.MAX_EVENTS) {
            throw new DataException(
                    target.toString(),
                    "",
                    "a tape holds at most 2,147,483,647 events",
                    "Split the recording");
        }
        TapeInfo info = statistics.toInfo();
        try {
            writeSections(info);
            channel.force(true);
            Files.move(
                    partial,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            finished = true;
            forceDirectory();
        } catch (IOException e) {
            throw failed(target, e);
        }
        return info;
    }

    /// Gives everything back. Without [#finish] the partial file is deleted.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        arena.close();
        try {
            if (!finished) {
                Files.deleteIfExists(partial);
            }
            channel.close();
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    private void writeSections(TapeInfo info) throws IOException {
        byte[] infoBytes = TapeInfoCodec.encode(info);
        TapeLayout layout = new TapeLayout(info.count(), infoBytes.length);
        int tableSum = writeBlockTable();
        int indexSum = writeIndex(layout, info.clockOffsetNs());
        ByteBuffer section = ByteBuffer.wrap(infoBytes);
        crc.reset();
        crc.update(infoBytes);
        write(section);
        write(layout.encode(new TapeLayout.Sums(tableSum, indexSum, (int) crc.getValue())), 0);
    }

    private int writeBlockTable() throws IOException {
        int size = (int) TapeLayout.align(4L * blocks);
        ByteBuffer table = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < blocks; i++) {
            table.putInt(4 * i, blockSums[i]);
        }
        crc.reset();
        crc.update(table);
        write(table.rewind());
        return (int) crc.getValue();
    }

    private int writeIndex(TapeLayout layout, long clockOffsetNs) throws IOException {
        crc.reset();
        blockBytes.clear();
        try (Arena mapping = Arena.ofConfined()) {
            MemorySegment events =
                    channel.map(
                            FileChannel.MapMode.READ_ONLY,
                            TapeLayout.HEADER_BYTES,
                            layout.eventBytes(),
                            mapping);
            try (ExchangeOrder order =
                    new ExchangeOrder(events, (int) layout.count(), clockOffsetNs)) {
                order.writeTo(this::putPosition);
            }
        }
        if ((layout.count() & 1) != 0) {
            putPosition(0);
        }
        flushIndex();
        return (int) crc.getValue();
    }

    private void putPosition(int position) throws IOException {
        blockBytes.putInt(position);
        if (!blockBytes.hasRemaining()) {
            flushIndex();
        }
    }

    private void flushIndex() throws IOException {
        blockBytes.flip();
        crc.update(blockBytes);
        blockBytes.rewind();
        write(blockBytes);
        blockBytes.clear();
    }

    private void flushBlock() {
        if (blockOffset == 0) {
            return;
        }
        blockBytes.clear().limit((int) blockOffset);
        crc.reset();
        crc.update(blockBytes);
        blockBytes.rewind();
        if (blocks == blockSums.length) {
            blockSums = Arrays.copyOf(blockSums, blocks * 2);
        }
        blockSums[blocks++] = (int) crc.getValue();
        blockOffset = 0;
        try {
            write(blockBytes);
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void write(ByteBuffer bytes, long at) throws IOException {
        long position = at;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    /// Makes the new name durable where the system lets a directory be opened.
    private void forceDirectory() {
        Path directory = target.toAbsolutePath().getParent();
        if (directory == null) {
            return;
        }
        try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        } catch (IOException e) {
            // Windows has no such call; there the rename itself is written through.
            return;
        }
    }

    private static void lock(FileChannel channel, Path target) throws IOException {
        boolean locked;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        }
        if (!locked) {
            throw new DataException(
                    target.toString(),
                    "",
                    "another writer is writing this tape",
                    "Wait for it, or name another file");
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // The error that led here is the one to tell.
                return;
            }
        }
    }

    private static DataException failed(Path target, IOException e) {
        return new DataException(
                target.toString(),
                "",
                "the tape cannot be written: " + TapeLayout.reason(e),
                "Check the folder, its rights and the free space of the disk",
                e);
    }
}
