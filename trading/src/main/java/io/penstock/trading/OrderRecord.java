// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.market.Side;
import io.penstock.strategy.OrderState;
import io.penstock.strategy.Reason;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The canonical record of the order log: 128 bytes, little-endian. It says nothing of wall time,
/// threads or placement: equal runs give equal bytes.
///
/// ```
///   0 entry (1)    1 kind (1)      2 side (1)         3 type (1)
///   4 time in force (1)            5 post-only (1)    6 state (1)    7 reason (1)
///   8 instrument (4)              12 strategy (4)    16 client order id (8)
///  24 target or related id (8)    32 time (8)        40 price (8)    48 stop price (8)
///  56 quantity (8)                64 filled (8)      72 left (8)     80 last fee (8)
///  88 total fee (8)               96 expiry (8)     104 venue time (8)
/// 112 execution id (16)
/// ```
///
/// [Entry] says what a record stands for; what an entry does not have is 0. `time` is market time
/// at which the OMS handled it, ns since 1970. Codes are those of the enums. In REQUEST and SENT,
/// kind is a [RequestKind], price and quantity what is asked for. In REPORT, HELD_BACK and ANSWER,
/// kind is a [io.penstock.strategy.ReportKind], price and quantity those of the fill, and state and
/// totals those of the order afterwards. In TRADING_STATE, kind is the code (place) of the
/// [TradingState], and the client order id is the order that caused it, 0 for none.
public final class OrderRecord {
    /// Size of a record in bytes.
    public static final int BYTES = 128;

    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// What a record stands for.
    public enum Entry {
        /// A request came from a strategy.
        REQUEST,
        /// A request went to the venue.
        SENT,
        /// A report came from the venue and went on to the strategy.
        REPORT,
        /// A report came from the venue and ended here: it was a duplicate, said nothing new, or
        /// contradicted what is known.
        HELD_BACK,
        /// The OMS itself told the strategy something: a refusal, a pending change, a timeout.
        ANSWER,
        /// The trading state changed.
        TRADING_STATE;

        private static final Entry[] BY_CODE = values();

        /// The code in the layout.
        public byte code() {
            return (byte) ordinal();
        }

        /// The entry with this code.
        public static Entry of(byte code) {
            return BY_CODE[code];
        }
    }

    private OrderRecord() {}

    public static Entry entry(MemorySegment segment, long offset) {
        return Entry.of(segment.get(BYTE, offset));
    }

    /// Code of the kind, in the enum that the entry says.
    public static byte kindCode(MemorySegment segment, long offset) {
        return segment.get(BYTE, offset + 1);
    }

    /// Side of the order.
    ///
    /// @throws IllegalArgumentException for TRADING_STATE, which has none
    public static Side side(MemorySegment segment, long offset) {
        return Side.of(segment.get(BYTE, offset + 2));
    }

    public static boolean isPostOnly(MemorySegment segment, long offset) {
        return segment.get(BYTE, offset + 5) != 0;
    }

    public static OrderState state(MemorySegment segment, long offset) {
        return OrderState.of(segment.get(BYTE, offset + 6));
    }

    public static Reason reason(MemorySegment segment, long offset) {
        return Reason.of(segment.get(BYTE, offset + 7));
    }

    public static int instrument(MemorySegment segment, long offset) {
        return segment.get(INT, offset + 8);
    }

    public static int strategy(MemorySegment segment, long offset) {
        return segment.get(INT, offset + 12);
    }

    public static long clientOrderId(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 16);
    }

    /// The target of a cancel or replace, or the replacement that a report names; 0 for none.
    public static long relatedOrderId(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 24);
    }

    /// Market time at which the OMS handled it.
    public static long time(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 32);
    }

    public static long price(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 40);
    }

    public static long stopPrice(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 48);
    }

    public static long quantity(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 56);
    }

    public static long filledQuantity(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 64);
    }

    public static long leftQuantity(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 72);
    }

    public static long lastFee(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 80);
    }

    public static long totalFee(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 88);
    }

    public static long expiryNs(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 96);
    }

    public static long venueTime(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 104);
    }

    public static long executionIdLow(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 112);
    }

    public static long executionIdHigh(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 120);
    }
}
