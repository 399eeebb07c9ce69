// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// One stream of bytes of a recording: a file, or one entry of a zip file. What is gzip inside is
/// unpacked as it is read.
///
/// @param file the file
/// @param entry the entry of the zip file, null when the file itself is meant
/// @param sizeBytes its size as stored, compressed where it is compressed
record Part(Path file, @Nullable String entry, long sizeBytes) {

    /// How messages name it: the file as the user named it, and the entry after a `!`.
    String name() {
        return entry == null ? file.toString() : file + "!" + entry;
    }

    /// The last element of its path, from which some formats take symbol and date.
    String baseName() {
        String path = entry == null ? String.valueOf(file.getFileName()) : entry;
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// Starts to read it from the beginning.
    PartStream open() {
        try {
            if (entry == null) {
                return PartStream.of(Files.newInputStream(file), 1, () -> {});
            }
            return openEntry();
        } catch (IOException e) {
            throw failure(e, "");
        }
    }

    @SuppressWarnings("resource") // the stream owns the zip file and closes it
    private PartStream openEntry() throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        try {
            ZipEntry zipEntry = zip.getEntry(entry);
            if (zipEntry == null) {
                throw new ZipException("no such entry");
            }
            InputStream checked = new CheckedEntryStream(zip.getInputStream(zipEntry), zipEntry);
            double ratio = (double) sizeBytes / Math.max(1, zipEntry.getSize());
            return PartStream.of(checked, ratio, zip);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    /// What to tell the user when reading it fails.
    ///
    /// @param place where the reading stood, empty at the start
    DataException failure(IOException cause, String place) {
        String reason = String.valueOf(cause.getMessage());
        if (cause instanceof java.nio.file.AccessDeniedException) {
            return new DataException(
                    name(), place, "it may not be read", "Give read permission", cause);
        }
        if (cause instanceof java.nio.file.NoSuchFileException) {
            return new DataException(name(), place, "there is no such file", "", cause);
        }
        if (cause instanceof EOFException) {
            return new DataException(
                    name(),
                    place,
                    "the compressed data ends early; the file is truncated",
                    "Copy it again, or keep what can be read with --on-bad-record skip",
                    cause);
        }
        if (cause instanceof ZipException) {
            return new DataException(
                    name(),
                    place,
                    "the compressed data is damaged (" + reason + ")",
                    "Copy it again",
                    cause);
        }
        return new DataException(name(), place, "it cannot be read (" + reason + ")", "", cause);
    }
}
