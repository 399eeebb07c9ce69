// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import io.penstock.market.EventKind;
import io.penstock.market.Tape;
import io.penstock.market.TapeInfo;
import java.util.ArrayList;
import java.util.List;

/// The workloads: what can be measured on which tape.
public final class Workloads {
    /// Reading a tape.
    public static final String READ = "read";

    /// Building a book by level (L2).
    public static final String LEVEL_BOOK = "level-book";

    /// Building a book by order (L3).
    public static final String ORDER_BOOK = "order-book";

    /// The whole backtest.
    public static final String BACKTEST = "backtest";

    /// All names, in the order in which they are measured.
    public static final List<String> NAMES = List.of(READ, LEVEL_BOOK, ORDER_BOOK, BACKTEST);

    private Workloads() {}

    /// What was chosen.
    ///
    /// @param workloads to be measured, in order
    /// @param skipped those that the tape is not good for, a sentence each
    public record Choice(List<Workload> workloads, List<String> skipped) {
        public Choice {
            workloads = List.copyOf(workloads);
            skipped = List.copyOf(skipped);
        }
    }

    /// The workloads of these names, all when there are none. The tapes stay open for as long as
    /// the workloads are used.
    ///
    /// @param main the tape of all workloads but one
    /// @param levels the tape of the book by level; may be the same
    /// @throws IllegalArgumentException when there is no such workload
    public static Choice choose(List<String> names, Tape main, Tape levels) {
        names.stream()
                .filter(name -> !NAMES.contains(name))
                .findFirst()
                .ifPresent(
                        name -> {
                            throw new IllegalArgumentException(
                                    "nothing to measure is called "
                                            + name
                                            + "; there are "
                                            + String.join(", ", NAMES));
                        });
        List<Workload> workloads = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (String name : NAMES) {
            if (names.isEmpty() || names.contains(name)) {
                Tape tape = name.equals(LEVEL_BOOK) ? levels : main;
                String missing = missing(name, tape.info());
                if (!missing.isEmpty()) {
                    skipped.add(name + ": the tape has " + missing);
                    continue;
                }
                PriceRange range = PriceRange.of(tape);
                if (!name.equals(READ) && !range.isNarrow()) {
                    skipped.add(name + ": its prices span too much for the arrays of the floor");
                    continue;
                }
                workloads.add(of(name, tape, range));
            }
        }
        return new Choice(workloads, skipped);
    }

    /// What a workload needs and a tape lacks; empty when it has everything.
    private static String missing(String name, TapeInfo info) {
        if (info.count() - info.count(EventKind.REFERENCE) == 0) {
            return "no events";
        }
        boolean hasOrders = info.count(EventKind.ORDER_ADD) > 0;
        boolean hasLevels = info.count(EventKind.LEVEL) > 0 && !hasOrders;
        return switch (name) {
            case LEVEL_BOOK -> hasLevels ? "" : "no book by level";
            case ORDER_BOOK -> hasOrders ? "" : "no orders";
            case BACKTEST ->
                    hasLevels || hasOrders || info.count(EventKind.QUOTE) > 0
                            ? ""
                            : "neither quotes nor a book";
            default -> "";
        };
    }

    private static Workload of(String name, Tape tape, PriceRange range) {
        return switch (name) {
            case READ -> ReadWorkload.of(tape);
            case LEVEL_BOOK -> BookWorkload.byLevel(tape, range);
            case ORDER_BOOK -> BookWorkload.byOrder(tape, range);
            default -> BacktestWorkload.of(tape, booksOf(tape, range));
        };
    }

    private static FloorBook[] booksOf(Tape tape, PriceRange range) {
        return tape.info().count(EventKind.ORDER_ADD) > 0
                ? FloorBooks.byOrder(tape, range)
                : FloorBooks.byLevel(tape, range);
    }
}
