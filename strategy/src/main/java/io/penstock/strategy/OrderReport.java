// SPDX-License-Identifier: Apache-2.0
package io.penstock.strategy;

import io.penstock.market.Side;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The fixed layout of what happened to an order: 128 bytes, little-endian. The venue writes it for
/// the OMS, which fills in state and totals and sends it on to the strategy.
///
/// ```
///   0 kind (1)  1 side (1)  2 state (1)  3 reason (1)  4 flags (2)  6 zero (2)
///   8 instrument (4)        12 strategy (4)            16 client order id (8)
///  24 related order id (8)  32 last price (8)          40 last quantity (8)
///  48 filled quantity (8)   56 left quantity (8)       64 last fee (8)      72 total fee (8)
///  80 venue time (8)        88 due time (8)            96 execution id (16)
/// 112 venue order id (16)
/// ```
///
/// Prices are in price units, quantities in lots, fees in money units (price unit × lot; negative
/// is a rebate), times in ns since 1970. A message is a segment and an offset, a multiple of 8.
public final class OrderReport {
    /// Size of a report in bytes.
    public static final int BYTES = 128;

    /// Flag: our order rested and was hit; otherwise it took.
    public static final int MAKER = 1;

    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfChar CHAR =
            ValueLayout.JAVA_CHAR.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    private OrderReport() {}

    public static ReportKind kind(MemorySegment segment, long offset) {
        return ReportKind.of(segment.get(BYTE, offset));
    }

    public static Side side(MemorySegment segment, long offset) {
        return Side.of(segment.get(BYTE, offset + 1));
    }

    public static OrderState state(MemorySegment segment, long offset) {
        return OrderState.of(segment.get(BYTE, offset + 2));
    }

    public static Reason reason(MemorySegment segment, long offset) {
        return Reason.of(segment.get(BYTE, offset + 3));
    }

    public static int flags(MemorySegment segment, long offset) {
        return segment.get(CHAR, offset + 4);
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

    /// For REPLACED and REPLACE_REJECTED, the id of the replacement; 0 otherwise.
    public static long relatedOrderId(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 24);
    }

    public static long lastPrice(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 32);
    }

    public static long lastQuantity(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 40);
    }

    public static long filledQuantity(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 48);
    }

    public static long leftQuantity(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 56);
    }

    public static long lastFee(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 64);
    }

    public static long totalFee(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 72);
    }

    /// When it happened at the venue.
    public static long venueTime(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 80);
    }

    /// When it reaches its receiver.
    public static long dueTime(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 88);
    }

    /// The half of the execution id that the venue counts up; with the other half it names a fill
    /// once and for all.
    public static long executionIdLow(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 96);
    }

    public static long executionIdHigh(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 104);
    }

    public static long venueOrderIdLow(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 112);
    }

    public static long venueOrderIdHigh(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 120);
    }

    /// Zeroes the report and writes what every report has.
    public static void putHead(
            MemorySegment segment, long offset, ReportKind kind, Reason reason, Side side) {
        // Not fill(), which needs a slice: an object a call.
        for (int at = 0; at < BYTES; at += Long.BYTES) {
            segment.set(LONG, offset + at, 0);
        }
        segment.set(BYTE, offset, kind.code());
        segment.set(BYTE, offset + 1, (byte) side.sign());
        segment.set(BYTE, offset + 3, reason.code());
    }

    public static void putOrder(
            MemorySegment segment, long offset, int instrument, int strategy, long clientOrderId) {
        segment.set(INT, offset + 8, instrument);
        segment.set(INT, offset + 12, strategy);
        segment.set(LONG, offset + 16, clientOrderId);
    }

    public static void putState(MemorySegment segment, long offset, OrderState state) {
        segment.set(BYTE, offset + 2, state.code());
    }

    public static void putFlags(MemorySegment segment, long offset, int flags) {
        segment.set(CHAR, offset + 4, (char) flags);
    }

    public static void putRelatedOrderId(MemorySegment segment, long offset, long id) {
        segment.set(LONG, offset + 24, id);
    }

    public static void putLast(
            MemorySegment segment, long offset, long price, long quantity, long fee) {
        segment.set(LONG, offset + 32, price);
        segment.set(LONG, offset + 40, quantity);
        segment.set(LONG, offset + 64, fee);
    }

    public static void putTotals(
            MemorySegment segment, long offset, long filled, long left, long fee) {
        segment.set(LONG, offset + 48, filled);
        segment.set(LONG, offset + 56, left);
        segment.set(LONG, offset + 72, fee);
    }

    public static void putVenueTime(MemorySegment segment, long offset, long venueTime) {
        segment.set(LONG, offset + 80, venueTime);
    }

    public static void putDueTime(MemorySegment segment, long offset, long dueTime) {
        segment.set(LONG, offset + 88, dueTime);
    }

    public static void putExecutionId(MemorySegment segment, long offset, long high, long low) {
        segment.set(LONG, offset + 96, low);
        segment.set(LONG, offset + 104, high);
    }

    public static void putVenueOrderId(MemorySegment segment, long offset, long high, long low) {
        segment.set(LONG, offset + 112, low);
        segment.set(LONG, offset + 120, high);
    }
}
