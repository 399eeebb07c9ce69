// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Brings the message file and the orderbook file of a LOBSTER recording together.
final class LobsterFiles {
    private LobsterFiles() {}

    /// The message part and the orderbook part.
    ///
    /// @throws DataException when one is missing, or there are more
    static List<Part> pair(List<Part> parts, List<PartKind> kinds) {
        List<Part> all = parts.size() == 1 ? withPartner(parts.getFirst()) : parts;
        if (all.size() != 2) {
            throw new DataException(
                    all.getLast().name(),
                    "",
                    "more than one pair of LOBSTER files",
                    "Name one message file and its orderbook file");
        }
        PartKind first = kinds.getFirst();
        PartKind second =
                parts.size() == 1
                        ? Recognition.kind(Containers.head(all.getLast()))
                        : kinds.getLast();
        if (first == PartKind.LOBSTER_MESSAGE && second == PartKind.LOBSTER_ORDERBOOK) {
            return List.copyOf(all);
        }
        if (first == PartKind.LOBSTER_ORDERBOOK && second == PartKind.LOBSTER_MESSAGE) {
            return List.of(all.getLast(), all.getFirst());
        }
        boolean message = first == PartKind.LOBSTER_MESSAGE;
        throw missing(parts.getFirst(), message ? "orderbook" : "message");
    }

    private static List<Part> withPartner(Part part) {
        String name = part.baseName();
        boolean message = name.contains("message");
        String partner =
                message
                        ? name.replace("message", "orderbook")
                        : name.replace("orderbook", "message");
        Path file = part.file().resolveSibling(partner);
        if (part.entry() != null || partner.equals(name) || !Files.isRegularFile(file)) {
            throw missing(part, message ? "orderbook" : "message");
        }
        return List.of(part, Containers.parts(file).getFirst());
    }

    private static DataException missing(Part part, String what) {
        return new DataException(
                part.name(),
                "",
                "the " + what + " file that belongs to it is missing",
                "Name a LOBSTER zip, or the message file and the orderbook file");
    }
}
