// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.market.Side;
import io.penstock.strategy.OrderTicket;
import io.penstock.strategy.OrderType;
import io.penstock.strategy.TimeInForce;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The fixed layout of a request: 128 bytes, little-endian. The strategy writes it for the OMS,
/// which sends it on to the venue when it may pass.
///
/// ```
///   0 kind (1)  1 side (1)  2 type (1)  3 time in force (1)  4 post-only (1)  5 zero (3)
///   8 instrument (4)        12 strategy (4)        16 client order id (8)
///  24 target order id (8)   32 account (8)         40 price (8)      48 stop price (8)
///  56 quantity (8)          64 expiry (8)          72 sent time (8)  80 due time (8)
///  88 zero (8)              96 venue order id of the target (16)     112 zero (16)
/// ```
///
/// Prices are in price units, quantities in lots, times in ns since 1970. A message is a segment
/// and an offset, a multiple of 8.
public final class OrderRequest {
    /// Size of a request in bytes.
    public static final int BYTES = 128;

    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    private OrderRequest() {}

    public static RequestKind kind(MemorySegment segment, long offset) {
        return RequestKind.of(segment.get(BYTE, offset));
    }

    public static Side side(MemorySegment segment, long offset) {
        return Side.of(segment.get(BYTE, offset + 1));
    }

    public static OrderType type(MemorySegment segment, long offset) {
        return OrderType.of(segment.get(BYTE, offset + 2));
    }

    public static TimeInForce timeInForce(MemorySegment segment, long offset) {
        return TimeInForce.of(segment.get(BYTE, offset + 3));
    }

    public static boolean isPostOnly(MemorySegment segment, long offset) {
        return segment.get(BYTE, offset + 4) != 0;
    }

    public static int instrument(MemorySegment segment, long offset) {
        return segment.get(INT, offset + 8);
    }

    public static int strategy(MemorySegment segment, long offset) {
        return segment.get(INT, offset + 12);
    }

    /// Id of the new order, of the replacement, or of the cancel request's order.
    public static long clientOrderId(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 16);
    }

    /// The order that a cancel or replace is about; 0 for a new order.
    public static long targetOrderId(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 24);
    }

    public static long account(MemorySegment segment, long offset) {
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

    public static long expiryNs(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 64);
    }

    /// When the strategy decided.
    public static long sentTime(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 72);
    }

    /// When it reaches its receiver.
    public static long dueTime(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 80);
    }

    /// The venue's id of the target, where it gave one; written by the OMS.
    public static long venueOrderIdLow(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 96);
    }

    public static long venueOrderIdHigh(MemorySegment segment, long offset) {
        return segment.get(LONG, offset + 104);
    }

    /// Writes a new order.
    public static void putNew(
            MemorySegment segment, long offset, long clientOrderId, OrderTicket ticket) {
        putHead(segment, offset, RequestKind.NEW, ticket.side(), clientOrderId);
        segment.set(BYTE, offset + 2, ticket.type().code());
        segment.set(BYTE, offset + 3, ticket.timeInForce().code());
        segment.set(BYTE, offset + 4, (byte) (ticket.isPostOnly() ? 1 : 0));
        segment.set(INT, offset + 8, ticket.instrument());
        segment.set(LONG, offset + 40, ticket.price());
        segment.set(LONG, offset + 48, ticket.stopPrice());
        segment.set(LONG, offset + 56, ticket.quantity());
        segment.set(LONG, offset + 64, ticket.expiryNs());
    }

    /// Writes a cancel of the order with this id.
    public static void putCancel(
            MemorySegment segment, long offset, int instrument, Side side, long orderId) {
        putHead(segment, offset, RequestKind.CANCEL, side, orderId);
        segment.set(INT, offset + 8, instrument);
        segment.set(LONG, offset + 24, orderId);
    }

    /// Writes the head of a replace: instrument, side, id of the replacement and of its target.
    public static void putReplace(
            MemorySegment segment,
            long offset,
            int instrument,
            Side side,
            long clientOrderId,
            long targetOrderId) {
        putHead(segment, offset, RequestKind.REPLACE, side, clientOrderId);
        segment.set(INT, offset + 8, instrument);
        segment.set(LONG, offset + 24, targetOrderId);
    }

    /// Writes the new terms of a replace. The price of a stop order is its stop price; the quantity
    /// is the new total, what is filled already included.
    public static void putTerms(MemorySegment segment, long offset, long price, long quantity) {
        segment.set(LONG, offset + 40, price);
        segment.set(LONG, offset + 56, quantity);
    }

    /// Writes what a replacement has in common with its target, so that the venue gets the order
    /// whole.
    static void putType(MemorySegment segment, long offset, Order target) {
        segment.set(BYTE, offset + 2, target.type.code());
        segment.set(BYTE, offset + 3, target.timeInForce.code());
        segment.set(BYTE, offset + 4, (byte) (target.isPostOnly ? 1 : 0));
        segment.set(LONG, offset + 64, target.expiryNs);
    }

    public static void putPrices(MemorySegment segment, long offset, long price, long stopPrice) {
        segment.set(LONG, offset + 40, price);
        segment.set(LONG, offset + 48, stopPrice);
    }

    public static void putVenueOrderId(MemorySegment segment, long offset, long high, long low) {
        segment.set(LONG, offset + 96, low);
        segment.set(LONG, offset + 104, high);
    }

    public static void putStrategy(MemorySegment segment, long offset, int strategy) {
        segment.set(INT, offset + 12, strategy);
    }

    public static void putAccount(MemorySegment segment, long offset, long account) {
        segment.set(LONG, offset + 32, account);
    }

    public static void putSentTime(MemorySegment segment, long offset, long sentTime) {
        segment.set(LONG, offset + 72, sentTime);
    }

    public static void putDueTime(MemorySegment segment, long offset, long dueTime) {
        segment.set(LONG, offset + 80, dueTime);
    }

    private static void putHead(
            MemorySegment segment, long offset, RequestKind kind, Side side, long clientOrderId) {
        // Not fill(), which needs a slice: an object a call.
        for (int at = 0; at < BYTES; at += Long.BYTES) {
            segment.set(LONG, offset + at, 0);
        }
        segment.set(BYTE, offset, kind.code());
        segment.set(BYTE, offset + 1, (byte) side.sign());
        segment.set(LONG, offset + 16, clientOrderId);
    }
}
