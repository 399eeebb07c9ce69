// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Snapshots that do not say which instrument they are of. Where a recording has one instrument it
/// is that one; where it has several, the one whose updates lead over the snapshot's number: among
/// the latest 1,024 before it or within the 4,096 updates that follow. Confined to the reading
/// strand.
final class NamelessSnapshots {
    private static final int UPDATES_AFTER = 4096;

    /// Where a snapshot was read.
    record Key(Part part, long line) {}

    private final Map<Key, Snapshot> all = new HashMap<>();
    private final List<Snapshot> open = new ArrayList<>();

    static Key key(LineReader place) {
        return new Key(place.part(), place.line());
    }

    void add(BinanceMessage message, LineReader place, Collection<BinanceInstrument> instruments) {
        Snapshot snapshot =
                new Snapshot(
                        message.snapshotUpdate,
                        place.error(
                                "a snapshot that does not say which instrument it is of",
                                "Record the snapshot with its symbol, or one instrument a file"));
        Steps.add(message, snapshot.prices, snapshot.lots, place);
        for (BinanceInstrument instrument : instruments) {
            if (instrument.bridges(message.snapshotUpdate)) {
                snapshot.candidates.add(instrument);
            }
        }
        all.put(key(place), snapshot);
        open.add(snapshot);
    }

    void sawUpdate(BinanceInstrument instrument, long before, long last) {
        for (int i = open.size() - 1; i >= 0; i--) {
            Snapshot snapshot = open.get(i);
            if (before <= snapshot.update && snapshot.update <= last) {
                snapshot.candidates.add(instrument);
            }
            if (++snapshot.updatesAfter == UPDATES_AFTER) {
                open.remove(i);
            }
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /// Gives each snapshot to its instrument; those without one are added to the bad records.
    void resolve(Collection<BinanceInstrument> instruments, BadRecords bad) {
        for (Snapshot snapshot : all.values()) {
            Collection<BinanceInstrument> candidates =
                    instruments.size() == 1 ? instruments : snapshot.candidates;
            if (candidates.size() != 1) {
                bad.add(snapshot.problem);
                continue;
            }
            BinanceInstrument owner = candidates.iterator().next();
            snapshot.owner = owner;
            owner.prices().add(snapshot.prices);
            owner.lots().add(snapshot.lots);
        }
    }

    /// The instrument of the snapshot at this place, null when it could not be told.
    @Nullable BinanceInstrument owner(LineReader place) {
        Snapshot snapshot = all.get(key(place));
        return snapshot == null ? null : snapshot.owner;
    }

    private static final class Snapshot {
        private final long update;
        private final DataException problem;
        private final StepFinder prices = new StepFinder();
        private final StepFinder lots = new StepFinder();
        private final Set<BinanceInstrument> candidates = new HashSet<>();
        private int updatesAfter;
        private @Nullable BinanceInstrument owner;

        Snapshot(long update, DataException problem) {
            this.update = update;
            this.problem = problem;
        }
    }
}
