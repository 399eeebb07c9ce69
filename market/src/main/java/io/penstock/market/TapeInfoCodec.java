// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The info section of a tape as bytes, big-endian as [DataOutputStream] writes them. Lists have
/// their size first (4), text its length in bytes of UTF-8 (4).
final class TapeInfoCodec {
    /// Writes one element of a list.
    @FunctionalInterface
    private interface Writer<T> {
        void write(DataOutputStream out, T element) throws IOException;
    }

    /// Reads one element of a list.
    @FunctionalInterface
    private interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    private TapeInfoCodec() {}

    static byte[] encode(TapeInfo info) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        TapeHeader header = info.header();
        writeList(out, header.instruments(), TapeInfoCodec::writeInstrument);
        writeList(out, header.sources(), TapeInfoCodec::writeText);
        writeList(out, header.streams(), TapeInfoCodec::writeText);
        out.writeBoolean(header.keptReference());
        out.writeInt(header.visibleDepth());
        out.writeLong(info.count());
        for (EventKind kind : EventKind.values()) {
            out.writeLong(info.count(kind));
        }
        writeSpan(out, info.exchangeTimes());
        writeSpan(out, info.receiveTimes());
        out.writeLong(info.clockOffsetNs());
        writeList(out, info.streams(), TapeInfoCodec::writeStream);
        return bytes.toByteArray();
    }

    /// Reads what [#encode] wrote.
    ///
    /// @throws IOException when the bytes end too early or go on too long
    /// @throws RuntimeException when a value is not one that [#encode] writes
    static TapeInfo decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        TapeHeader header =
                new TapeHeader(
                        readList(in, TapeInfoCodec::readInstrument),
                        readList(in, TapeInfoCodec::readText),
                        readList(in, TapeInfoCodec::readText),
                        in.readBoolean(),
                        in.readInt());
        long count = in.readLong();
        Map<EventKind, Long> counts = new EnumMap<>(EventKind.class);
        for (EventKind kind : EventKind.values()) {
            long ofKind = in.readLong();
            if (ofKind > 0) {
                counts.put(kind, ofKind);
            }
        }
        TimeSpan exchangeTimes = readSpan(in);
        TimeSpan receiveTimes = readSpan(in);
        long offset = in.readLong();
        List<StreamInfo> streams = readList(in, TapeInfoCodec::readStream);
        if (in.read() >= 0) {
            throw new IOException("bytes after the end of the info");
        }
        return new TapeInfo(header, count, counts, exchangeTimes, receiveTimes, offset, streams);
    }

    private static <T> void writeList(DataOutputStream out, List<T> list, Writer<T> writer)
            throws IOException {
        out.writeInt(list.size());
        for (T element : list) {
            writer.write(out, element);
        }
    }

    private static <T> List<T> readList(DataInputStream in, Reader<T> reader) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > in.available()) {
            throw new IOException("a list of an impossible size: " + size);
        }
        List<T> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(reader.read(in));
        }
        return list;
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a text of an impossible length: " + length);
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static void writeInstrument(DataOutputStream out, Instrument instrument)
            throws IOException {
        out.writeInt(instrument.id());
        writeText(out, instrument.symbol());
        out.writeInt(instrument.priceDecimals());
        out.writeLong(instrument.tick());
        writeText(out, instrument.lot().toString());
        out.writeByte(instrument.origin().ordinal());
    }

    private static Instrument readInstrument(DataInputStream in) throws IOException {
        return new Instrument(
                in.readInt(),
                readText(in),
                in.readInt(),
                in.readLong(),
                new BigDecimal(readText(in)),
                Instrument.Origin.values()[in.readByte()]);
    }

    private static void writeSpan(DataOutputStream out, TimeSpan span) throws IOException {
        out.writeLong(span.first());
        out.writeLong(span.last());
    }

    private static TimeSpan readSpan(DataInputStream in) throws IOException {
        return new TimeSpan(in.readLong(), in.readLong());
    }

    private static void writeStream(DataOutputStream out, StreamInfo stream) throws IOException {
        out.writeInt(stream.instrument());
        out.writeInt(stream.stream());
        writeText(out, stream.name());
        out.writeLong(stream.count());
        out.writeLong(stream.exchangeTimeBack());
        out.writeLong(stream.receiveTimeBack());
    }

    private static StreamInfo readStream(DataInputStream in) throws IOException {
        return new StreamInfo(
                in.readInt(),
                in.readInt(),
                readText(in),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }
}
