// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What [TapeCheck] found.
///
/// @param events events on the tape
/// @param gaps GAP events, and packets that did not follow on the one before
/// @param crossed packets after which the bid was at or above the ask; stale books are not judged
/// @param orphans events of orders that the book did not know, or that contradicted it
/// @param oldPackets packets ignored because the book was past them
/// @param stalePackets packets ignored because the book was waiting for a snapshot
/// @param streams the streams with how often time went back in each, by either clock
/// @param comparisons what was compared with the answers that the data itself carries
public record TapeCheckReport(
        long events,
        long gaps,
        long crossed,
        long orphans,
        long oldPackets,
        long stalePackets,
        List<StreamInfo> streams,
        List<Comparison> comparisons) {

    /// How many of the comparisons of one kind came out equal.
    ///
    /// @param name what was compared
    /// @param instrument symbol of the instrument
    public record Comparison(String name, String instrument, long equal, long total) {
        /// True when all are equal.
        public boolean isEqual() {
            return equal == total;
        }

        /// Such as `LOBSTER levels, AMZN: 8 of 8`.
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s, %s: %,d of %,d", name, instrument, equal, total);
        }
    }

    public TapeCheckReport {
        streams = List.copyOf(streams);
        comparisons = List.copyOf(comparisons);
    }

    /// How often exchange time went back within a stream.
    public long exchangeTimeBack() {
        return streams.stream().mapToLong(StreamInfo::exchangeTimeBack).sum();
    }

    /// How often receive time went back within a stream.
    public long receiveTimeBack() {
        return streams.stream().mapToLong(StreamInfo::receiveTimeBack).sum();
    }

    /// True when no gap, no crossed book and no difference was found. Time going back and orphans
    /// are properties of a recording and no faults of it.
    public boolean isClean() {
        return gaps == 0 && crossed == 0 && comparisons.stream().allMatch(Comparison::isEqual);
    }

    /// The report for people, line by line.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line("events", events));
        lines.add(line("gaps", gaps));
        lines.add(line("crossed books", crossed));
        lines.add(line("orphans", orphans));
        lines.add(line("packets older than the book", oldPackets));
        lines.add(line("packets while stale", stalePackets));
        lines.add(line("exchange time back", exchangeTimeBack()));
        lines.add(line("receive time back", receiveTimeBack()));
        for (StreamInfo stream : streams) {
            if (stream.exchangeTimeBack() + stream.receiveTimeBack() > 0) {
                lines.add(
                        String.format(
                                Locale.ROOT,
                                "  %s of instrument %d: exchange time back %,d, receive time back"
                                        + " %,d",
                                stream.name(),
                                stream.instrument(),
                                stream.exchangeTimeBack(),
                                stream.receiveTimeBack()));
            }
        }
        comparisons.forEach(comparison -> lines.add(comparison.toString()));
        return lines;
    }

    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines());
    }

    private static String line(String name, long value) {
        return String.format(Locale.ROOT, "%s: %,d", name, value);
    }
}
