// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds out what files hold by looking at their beginning.
///
/// @param parts what is to be read, in order; for LOBSTER the message part and the orderbook part
record Recognition(SourceFormat format, List<Part> parts) {
    private static final byte[] TAPE_MAGIC = "PENSTAPE".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern BINANCE = Pattern.compile("\\d+ \\{.*", Pattern.DOTALL);

    /// A field that messages of Binance have, whatever they are about.
    private static final Pattern BINANCE_FIELD =
            Pattern.compile("\"(e|u|stream|lastUpdateId)\"\\s*:");

    private static final Pattern MESSAGE =
            Pattern.compile("\\d+(\\.\\d+)?,\\d,-?\\d+,-?\\d+,-?\\d+,-?\\d+");
    private static final Pattern ORDERBOOK =
            Pattern.compile("-?\\d+,\\d+,-?\\d+,\\d+(,-?\\d+,\\d+,-?\\d+,\\d+)*");
    private static final int MAX_SHOWN = 40;

    /// Looks at the files.
    ///
    /// @throws DataException when they are of no known format, or not of the one named
    static Recognition of(List<Path> files, @Nullable SourceFormat named) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a source has at least one file: files=" + files);
        }
        if (new HashSet<>(files).size() < files.size()) {
            throw new DataException(
                    files.getFirst().toString(), "", "a file is named twice", "Name it once");
        }
        List<Part> parts = new ArrayList<>();
        for (Path file : files) {
            parts.addAll(Containers.parts(file));
        }
        List<Part> known = new ArrayList<>();
        List<PartKind> kinds = new ArrayList<>();
        for (Part part : parts) {
            PartKind kind = kind(part, named);
            // An archive may hold a note beside the data; a file that is named may not.
            if (kind != PartKind.UNKNOWN && (kind != PartKind.EMPTY || part.entry() == null)) {
                known.add(part);
                kinds.add(kind);
            } else if (part.entry() == null) {
                throw unknown(part);
            }
        }
        if (known.isEmpty()) {
            throw unknown(parts.getFirst());
        }
        return combine(known, kinds);
    }

    private static Recognition combine(List<Part> parts, List<PartKind> kinds) {
        return switch (kinds.getFirst()) {
            case BINANCE -> {
                requireAll(parts, kinds, PartKind.BINANCE);
                yield new Recognition(SourceFormat.BINANCE, parts);
            }
            case TAPE -> {
                if (parts.size() > 1) {
                    throw error(parts.getLast(), "a second file beside a tape", "Name one tape");
                }
                yield new Recognition(SourceFormat.TAPE, parts);
            }
            case LOBSTER_MESSAGE, LOBSTER_ORDERBOOK ->
                    new Recognition(SourceFormat.LOBSTER, LobsterFiles.pair(parts, kinds));
            case EMPTY, UNKNOWN -> throw unknown(parts.getFirst());
        };
    }

    private static void requireAll(List<Part> parts, List<PartKind> kinds, PartKind kind) {
        for (int i = 0; i < parts.size(); i++) {
            if (kinds.get(i) != kind) {
                throw error(
                        parts.get(i),
                        "it is no Binance recording as " + parts.getFirst().name() + " is",
                        "Name files of one recording");
            }
        }
    }

    private static PartKind kind(Part part, @Nullable SourceFormat named) {
        byte[] head = Containers.head(part);
        if (head.length == 0) {
            if (part.entry() == null) {
                throw error(part, "the file is empty", "");
            }
            return PartKind.EMPTY;
        }
        PartKind seen = kind(head);
        if (named == null || format(seen) == named) {
            return seen;
        }
        return switch (named) {
            // The line with the problem is named when it is read.
            case BINANCE -> PartKind.BINANCE;
            case LOBSTER -> lobsterByName(part);
            case TAPE -> throw error(part, "it is no tape", "Leave --format out");
        };
    }

    private static PartKind lobsterByName(Part part) {
        String name = part.baseName();
        if (name.contains("orderbook")) {
            return PartKind.LOBSTER_ORDERBOOK;
        }
        return name.contains("message") ? PartKind.LOBSTER_MESSAGE : PartKind.UNKNOWN;
    }

    private static @Nullable SourceFormat format(PartKind kind) {
        return switch (kind) {
            case BINANCE -> SourceFormat.BINANCE;
            case LOBSTER_MESSAGE, LOBSTER_ORDERBOOK -> SourceFormat.LOBSTER;
            case TAPE -> SourceFormat.TAPE;
            case EMPTY, UNKNOWN -> null;
        };
    }

    static PartKind kind(byte[] head) {
        if (startsWith(head, TAPE_MAGIC)) {
            return PartKind.TAPE;
        }
        String line = firstLine(head);
        if (line.isEmpty()) {
            return PartKind.UNKNOWN;
        }
        if (BINANCE.matcher(line).matches()) {
            return BINANCE_FIELD.matcher(text(head)).find() ? PartKind.BINANCE : PartKind.UNKNOWN;
        }
        if (MESSAGE.matcher(line).matches()) {
            return PartKind.LOBSTER_MESSAGE;
        }
        return ORDERBOOK.matcher(line).matches() ? PartKind.LOBSTER_ORDERBOOK : PartKind.UNKNOWN;
    }

    private static boolean startsWith(byte[] head, byte[] magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= head.length || head[i] != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] head) {
        return new String(head, StandardCharsets.ISO_8859_1);
    }

    private static String firstLine(byte[] head) {
        return text(head).lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
    }

    private static DataException unknown(Part part) {
        byte[] head = Containers.head(part);
        String line = firstLine(head);
        String shown = line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) + "..." : line;
        return error(
                part,
                Containers.describe(head, Text.printable(shown)),
                "The formats are "
                        + SourceFormat.labels()
                        + " (raw Binance streams, LOBSTER message and orderbook files, tapes);"
                        + " name one with --format");
    }

    private static DataException error(Part part, String problem, String remedy) {
        return new DataException(part.name(), "", problem, remedy);
    }
}
