// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.strategy.OrderState;

/// The order state machine: for every state and everything that can happen, what becomes of the
/// order. There is no other place that decides it.
///
/// ```
///                    CS  RS  AC  PF  FF  CA  RP  RJ  EX  CR  RR  NF  TR  TO
/// NEW                PC  PR  WK  PF* FI* CA  !   RJ  EX  -   -   -   WK* UN
/// ACCEPTED           PC  PR  -   PF  FI  CA  RP* RJ  EX  -   -   UN  =   -
/// PARTIALLY_FILLED   PC  PR  -*  PF  FI  CA  RP* !   EX  -   -   UN  =   -
/// FILLED             !   !   -*  FI~ FI~ -*  -   !   -*  -   -   -   -*  -
/// PENDING_CANCEL     =   !   =   =   FI  CA  RP  RJ  EX  WK  =   UN  =   UN
/// CANCELLED          !   !   -*  CA~ FI~ -   -   -   -   -   -   -   -*  -
/// PENDING_REPLACE    PC  !   =   =   FI  CA  RP  RJ  EX  -   WK  UN  =   UN
/// REPLACED           !   !   -*  RP~ RP~ -   -   !   -   -   -   -   -*  -
/// REJECTED           !   !   !   RJ~ FI~ -   !   -   -   -   -   -   -   -
/// EXPIRED            !   !   -*  EX~ FI~ -   -   -   -   -   -   -   -*  -
/// UNKNOWN            =   !   WK  PF  FI  CA  RP  RJ  EX  WK  WK  =   WK  -
/// ```
///
/// Columns: cancel sent, replace sent, accepted, partial fill, full fill, cancelled, replaced,
/// rejected, expired, cancel rejected, replace rejected, not found (a cancel or replace refused
/// because the venue does not know the order), triggered, timeout.
///
/// Cells: a state (PC pending cancel, PR pending replace, PF partially filled, FI filled, CA
/// cancelled, RP replaced, RJ rejected, EX expired, UN unknown); `WK` working: ACCEPTED when
/// nothing is filled, PARTIALLY_FILLED otherwise; `=` stays; `-` ignored, for it says nothing new;
/// `!` contradicts what is known: counted, and the order stays as it is. A `*` marks a report out
/// of order, a `~` a late fill: it is booked, and the order stays at its end, or is FILLED when
/// nothing of it is left after all.
///
/// An order with a cancel or replace under way stays pending through accepts and partial fills.
/// UNKNOWN ends with anything that says how the order stands; a cancel may be sent meanwhile and
/// does not end it. A refusal with the reason UNKNOWN_ORDER does not mean that the order works as
/// before: it makes it UNKNOWN, until its missing report comes.
final class OrderTransitions {
    static final String TABLE =
            """
                               CS  RS  AC  PF  FF  CA  RP  RJ  EX  CR  RR  NF  TR  TO
            NEW                PC  PR  WK  PF* FI* CA  !   RJ  EX  -   -   -   WK* UN
            ACCEPTED           PC  PR  -   PF  FI  CA  RP* RJ  EX  -   -   UN  =   -
            PARTIALLY_FILLED   PC  PR  -*  PF  FI  CA  RP* !   EX  -   -   UN  =   -
            FILLED             !   !   -*  FI~ FI~ -*  -   !   -*  -   -   -   -*  -
            PENDING_CANCEL     =   !   =   =   FI  CA  RP  RJ  EX  WK  =   UN  =   UN
            CANCELLED          !   !   -*  CA~ FI~ -   -   -   -   -   -   -   -*  -
            PENDING_REPLACE    PC  !   =   =   FI  CA  RP  RJ  EX  -   WK  UN  =   UN
            REPLACED           !   !   -*  RP~ RP~ -   -   !   -   -   -   -   -*  -
            REJECTED           !   !   !   RJ~ FI~ -   !   -   -   -   -   -   -   -
            EXPIRED            !   !   -*  EX~ FI~ -   -   -   -   -   -   -   -*  -
            UNKNOWN            =   !   WK  PF  FI  CA  RP  RJ  EX  WK  WK  =   WK  -
            """;

    private static final int STATES = OrderState.values().length;
    private static final int INPUTS = OrderInput.values().length;
    private static final OrderState[] STATE = OrderState.values();

    private static final int WORKING = STATES;
    private static final int IGNORED = STATES + 1;
    private static final int ILLEGAL = STATES + 2;
    private static final int TARGET = 0x1f;
    private static final int OUT_OF_ORDER = 0x20;
    private static final int LATE = 0x40;

    private static final byte[] CELLS = parse();

    private OrderTransitions() {}

    /// True when the input changes nothing because it says nothing new.
    static boolean isIgnored(OrderState state, OrderInput input) {
        return (cell(state, input) & TARGET) == IGNORED;
    }

    /// True when the input contradicts the state.
    static boolean isIllegal(OrderState state, OrderInput input) {
        return (cell(state, input) & TARGET) == ILLEGAL;
    }

    /// True when the input should have come before one that came already.
    static boolean isOutOfOrder(OrderState state, OrderInput input) {
        return (cell(state, input) & OUT_OF_ORDER) != 0;
    }

    /// True for a fill of an order that had ended.
    static boolean isLate(OrderState state, OrderInput input) {
        return (cell(state, input) & LATE) != 0;
    }

    /// The state after the input; the same state when it is ignored or illegal.
    ///
    /// @param filled lots filled so far
    static OrderState next(OrderState state, OrderInput input, long filled) {
        int target = cell(state, input) & TARGET;
        if (target < STATES) {
            return STATE[target];
        }
        if (target == WORKING) {
            return filled == 0 ? OrderState.ACCEPTED : OrderState.PARTIALLY_FILLED;
        }
        return state;
    }

    private static int cell(OrderState state, OrderInput input) {
        return CELLS[state.ordinal() * INPUTS + input.ordinal()];
    }

    private static byte[] parse() {
        byte[] cells = new byte[STATES * INPUTS];
        String[] rows = TABLE.strip().split("\n", -1);
        for (int row = 1; row < rows.length; row++) {
            String[] words = rows[row].split(" +", -1);
            OrderState state = OrderState.valueOf(words[0]);
            assert state.ordinal() == row - 1 && words.length == INPUTS + 1;
            for (int input = 0; input < INPUTS; input++) {
                cells[state.ordinal() * INPUTS + input] = parse(words[input + 1], state);
            }
        }
        return cells;
    }

    private static byte parse(String word, OrderState state) {
        int flags = word.endsWith("*") ? OUT_OF_ORDER : word.endsWith("~") ? LATE : 0;
        String target = flags == 0 ? word : word.substring(0, word.length() - 1);
        int code =
                switch (target) {
                    case "PC" -> OrderState.PENDING_CANCEL.ordinal();
                    case "PR" -> OrderState.PENDING_REPLACE.ordinal();
                    case "PF" -> OrderState.PARTIALLY_FILLED.ordinal();
                    case "FI" -> OrderState.FILLED.ordinal();
                    case "CA" -> OrderState.CANCELLED.ordinal();
                    case "RP" -> OrderState.REPLACED.ordinal();
                    case "RJ" -> OrderState.REJECTED.ordinal();
                    case "EX" -> OrderState.EXPIRED.ordinal();
                    case "UN" -> OrderState.UNKNOWN.ordinal();
                    case "WK" -> WORKING;
                    case "=" -> state.ordinal();
                    case "-" -> IGNORED;
                    case "!" -> ILLEGAL;
                    default -> throw new IllegalStateException("no such cell: cell=" + word);
                };
        return (byte) (code | flags);
    }
}
