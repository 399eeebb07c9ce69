// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a user names as the data of a run: one or several files of one recording, in order. Plain,
/// gzip and zip are told apart by their content, never by their names, and read as streams.
/// Immutable.
public final class Source {
    private final List<Path> files;
    private final List<Part> parts;
    private final SourceFormat format;

    private Source(List<Path> files, List<Part> parts, SourceFormat format) {
        this.files = files;
        this.parts = parts;
        this.format = format;
    }

    /// Looks at the beginning of each file and recognises the format.
    ///
    /// @param files the files of the recording, in order; for LOBSTER a zip with both files, or the
    ///   two files, or one of them when the other lies beside it
    /// @throws DataException when a file is missing, a directory, empty, unreadable, or of no known
    ///   format
    public static Source of(List<Path> files) {
        return of(files, null);
    }

    /// The same with a named format; null recognises it.
    public static Source of(List<Path> files, @Nullable SourceFormat format) {
        Recognition recognition = Recognition.of(List.copyOf(files), format);
        return new Source(List.copyOf(files), recognition.parts(), recognition.format());
    }

    /// The same for one file.
    public static Source of(Path file) {
        return of(List.of(file), null);
    }

    public SourceFormat format() {
        return format;
    }

    /// The files as the user named them.
    public List<Path> files() {
        return files;
    }

    /// All files in one line, for messages.
    public String name() {
        return files.stream().map(Path::toString).collect(Collectors.joining(" + "));
    }

    /// Bytes that one pass reads, as stored.
    public long sizeBytes() {
        return parts.stream().mapToLong(Part::sizeBytes).sum();
    }

    List<Part> parts() {
        return parts;
    }
}
