// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

/// Whether a book may apply what comes: snapshots, the sequence of packets, gaps. Confined to the
/// thread of its book.
///
/// A packet that names the sequence before it is *sequenced*. The first one makes a book stale that
/// has had no snapshot. After a snapshot at sequence s, packets up to s are old and ignored; the
/// first newer one must follow on a sequence of at most s, each later one exactly on the sequence
/// before. Otherwise events are missing, and the book is stale until the next snapshot. Packets
/// that are not sequenced always fit.
final class BookSequence {
    private long sequence = MarketEvent.NO_SEQUENCE;
    private boolean stale;
    private boolean hadSnapshot;
    private boolean inSnapshot;

    /// No packet has been applied since the snapshot.
    private boolean atSnapshot;

    private boolean inPacket;
    private long packetSequence;
    private BookChange packetVerdict = BookChange.APPLIED;

    boolean isStale() {
        return stale;
    }

    long sequence() {
        return sequence;
    }

    void reset() {
        sequence = MarketEvent.NO_SEQUENCE;
        stale = false;
        hadSnapshot = false;
        inSnapshot = false;
        atSnapshot = false;
        inPacket = false;
    }

    /// Judges one event: APPLIED when the book is to apply it, IGNORED or GAP when not.
    ///
    /// @param previous the sequence that the packet follows on, or [MarketEvent#NO_SEQUENCE]
    BookChange admit(int flags, long newSequence, long previous) {
        if (inSnapshot) {
            return (flags & MarketEvent.SNAPSHOT) != 0 ? BookChange.APPLIED : BookChange.IGNORED;
        }
        if (inPacket && packetSequence == newSequence) {
            return packetVerdict;
        }
        BookChange verdict = judge(newSequence, previous);
        inPacket = true;
        packetSequence = newSequence;
        packetVerdict = verdict == BookChange.GAP ? BookChange.IGNORED : verdict;
        return verdict;
    }

    /// Publishes the sequence when the event was the last of its packet.
    void end(int flags, long newSequence) {
        if ((flags & MarketEvent.END_OF_EVENT) == 0) {
            return;
        }
        if (inSnapshot) {
            if ((flags & MarketEvent.SNAPSHOT) != 0) {
                endSnapshot(newSequence);
            }
            return;
        }
        if (inPacket && packetVerdict == BookChange.APPLIED) {
            atSnapshot = false;
            if (newSequence != MarketEvent.NO_SEQUENCE) {
                sequence = newSequence;
            }
        }
        inPacket = false;
    }

    /// The book was emptied; with the flag SNAPSHOT a snapshot begins.
    void clear(int flags, long newSequence) {
        inPacket = false;
        inSnapshot = (flags & MarketEvent.SNAPSHOT) != 0;
        if (inSnapshot) {
            stale = true;
            end(flags, newSequence);
        } else if ((flags & MarketEvent.END_OF_EVENT) != 0
                && newSequence != MarketEvent.NO_SEQUENCE) {
            sequence = newSequence;
        }
    }

    /// Events are missing.
    void gap() {
        stale = true;
        inSnapshot = false;
        inPacket = false;
    }

    private void endSnapshot(long newSequence) {
        sequence = newSequence;
        inSnapshot = false;
        stale = false;
        hadSnapshot = true;
        atSnapshot = true;
    }

    private BookChange judge(long newSequence, long previous) {
        if (previous != MarketEvent.NO_SEQUENCE && !hadSnapshot) {
            stale = true;
        }
        if (stale) {
            return BookChange.IGNORED;
        }
        if (previous == MarketEvent.NO_SEQUENCE || sequence == MarketEvent.NO_SEQUENCE) {
            return BookChange.APPLIED;
        }
        if (newSequence <= sequence) {
            return BookChange.IGNORED;
        }
        if (atSnapshot ? previous <= sequence : previous == sequence) {
            return BookChange.APPLIED;
        }
        stale = true;
        return BookChange.GAP;
    }
}
