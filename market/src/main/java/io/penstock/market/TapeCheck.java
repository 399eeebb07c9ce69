// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import io.penstock.market.TapeCheckReport.Comparison;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/// Rebuilds the books of a tape in the order of the tape and compares them with every answer that
/// the tape carries. An instrument with order events gets a book by order, any other a book by
/// level.
///
/// - [#QUOTES]: whenever a book, not stale, has reached the sequence of the latest QUOTE (the quote
///   comes, or a packet ends), its best prices and quantities are those of the quote.
/// - [#LEVEL_CHANGES]: what an order event added to or took off its price is what the reference
///   rows before and after it differ by, and what the book's level changed by. The first row has
///   none before it.
/// - [#LEVELS]: each level of each reference row is that of the book.
public final class TapeCheck {
    /// Name of the comparison with quotes.
    public static final String QUOTES = "bookTicker of the same update id";

    /// Name of the comparison of changes with reference rows.
    public static final String LEVEL_CHANGES = "LOBSTER level changes";

    /// Name of the comparison of levels with reference rows.
    public static final String LEVELS = "LOBSTER levels";

    private static final int PROGRESS_EVENTS = 1 << 16;
    private static final List<EventKind> ORDER_KINDS =
            List.of(
                    EventKind.ORDER_ADD,
                    EventKind.ORDER_REDUCE,
                    EventKind.ORDER_DELETE,
                    EventKind.ORDER_EXECUTE,
                    EventKind.ORDER_REPLACE);

    private TapeCheck() {}

    /// Checks a tape.
    ///
    /// @param progress told how many events are done, every 65,536 and at the end
    /// @throws DataException when a block of the tape is damaged
    public static TapeCheckReport run(Tape tape, LongConsumer progress) {
        InstrumentCheck[] checks = newChecks(tape);
        MemorySegment events = tape.events();
        long count = tape.count();
        for (long index = 0; index < count; index++) {
            tape.touch(index);
            long offset = Tape.offset(index);
            checks[MarketEvent.instrument(events, offset)].add(events, offset);
            if ((index & (PROGRESS_EVENTS - 1)) == PROGRESS_EVENTS - 1) {
                progress.accept(index + 1);
            }
        }
        progress.accept(count);
        return report(tape, checks);
    }

    private static TapeCheckReport report(Tape tape, InstrumentCheck[] checks) {
        List<Comparison> comparisons = new ArrayList<>();
        long gaps = 0;
        long crossed = 0;
        long orphans = 0;
        long oldPackets = 0;
        long stalePackets = 0;
        for (InstrumentCheck check : checks) {
            check.finish(comparisons);
            gaps += check.gaps;
            crossed += check.crossed;
            orphans += check.orphans;
            oldPackets += check.oldPackets;
            stalePackets += check.stalePackets;
        }
        return new TapeCheckReport(
                tape.count(),
                gaps,
                crossed,
                orphans,
                oldPackets,
                stalePackets,
                tape.info().streams(),
                comparisons);
    }

    private static InstrumentCheck[] newChecks(Tape tape) {
        List<Instrument> instruments = tape.instruments();
        boolean[] byOrder = findOrders(tape);
        InstrumentCheck[] checks = new InstrumentCheck[instruments.size()];
        for (int i = 0; i < checks.length; i++) {
            checks[i] = new InstrumentCheck(instruments.get(i), byOrder[i]);
        }
        return checks;
    }

    /// Which instruments have order events; a tape of several must be read through for that.
    private static boolean[] findOrders(Tape tape) {
        boolean[] found = new boolean[tape.instruments().size()];
        long orders = ORDER_KINDS.stream().mapToLong(tape.info()::count).sum();
        int missing = found.length;
        for (long index = 0; orders > 0 && missing > 0; index++) {
            tape.touch(index);
            long offset = Tape.offset(index);
            if (isOrder(tape.events(), offset)) {
                orders--;
                int instrument = MarketEvent.instrument(tape.events(), offset);
                if (!found[instrument]) {
                    found[instrument] = true;
                    missing--;
                }
            }
        }
        return found;
    }

    private static boolean isOrder(MemorySegment events, long offset) {
        int code = MarketEvent.kindCode(events, offset);
        return code >= EventKind.ORDER_ADD.code() && code <= EventKind.ORDER_REPLACE.code();
    }
}
