// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Finds the streams of bytes in files.
final class Containers {
    private static final int HEAD_BYTES = 1 << 14;
    private static final int ZSTD = 0x28b52ffd;
    private static final int XZ = 0xfd377a58;

    private Containers() {}

    /// The file itself, or all entries of a zip file in the order of its directory.
    ///
    /// @throws DataException when it is missing, no file, or cannot be read
    static List<Part> parts(Path file) {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw new DataException(
                    name,
                    "",
                    "this is a directory",
                    "Name the files in it: a Binance recording, or a LOBSTER zip or its message"
                            + " and orderbook files");
        }
        if (!Files.exists(file)) {
            throw new DataException(name, "", "there is no such file", "");
        }
        Part whole = new Part(file, null, size(file));
        return isZip(whole) ? entries(whole) : List.of(whole);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new Part(file, null, 0).failure(e, "");
        }
    }

    private static boolean isZip(Part part) {
        try (InputStream in = Files.newInputStream(part.file())) {
            byte[] magic = in.readNBytes(4);
            return magic.length == 4
                    && magic[0] == 'P'
                    && magic[1] == 'K'
                    && (magic[2] == 3 || magic[2] == 5);
        } catch (IOException e) {
            throw part.failure(e, "");
        }
    }

    private static List<Part> entries(Part whole) {
        List<Part> parts = new ArrayList<>();
        try (ZipFile zip = new ZipFile(whole.file().toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (!entry.isDirectory()) {
                    parts.add(new Part(whole.file(), entry.getName(), entry.getCompressedSize()));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException(
                    whole.name(),
                    "",
                    "the zip file is truncated or damaged (" + e.getMessage() + ")",
                    "Copy it again",
                    e);
        }
        if (parts.isEmpty()) {
            throw new DataException(whole.name(), "", "the zip file is empty", "");
        }
        return parts;
    }

    /// The first bytes of a part, unpacked; fewer when the data ends or is damaged there.
    static byte[] head(Part part) {
        byte[] head = new byte[HEAD_BYTES];
        int filled = 0;
        try (PartStream in = part.open()) {
            while (filled < head.length) {
                int read = in.read(head, filled, head.length - filled);
                if (read < 0) {
                    break;
                }
                filled += read;
            }
        } catch (IOException e) {
            if (filled == 0) {
                throw part.failure(e, "byte 0");
            }
        }
        return Arrays.copyOf(head, filled);
    }

    /// What to say about data of no known format.
    static String describe(byte[] head, String firstLine) {
        int magic = 0;
        for (int i = 0; i < Math.min(4, head.length); i++) {
            magic |= (head[i] & 0xff) << (24 - 8 * i);
        }
        if (magic == ZSTD || magic == XZ || magic >>> 8 == 0x425a68) {
            return "it is compressed with zstd, xz or bzip2, which are not read: unpack it first";
        }
        if (firstLine.startsWith("{")) {
            return "no receive times: a raw recording has, before the JSON of each line, the time"
                    + " of receipt in ns since 1970 and a space";
        }
        if (firstLine.matches("\\d+ \\{.*")) {
            return "receive times and JSON, but no message of a Binance stream; it begins with \""
                    + firstLine
                    + '"';
        }
        return firstLine.isEmpty()
                ? "there is nothing in it"
                : "no known format; it begins with \"" + firstLine + "\"";
    }
}
