// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.strategy.OrderReport;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Writes the canonical records ([OrderRecord]) and hands them to the log. Confined to the OMS.
final class OrderRecorder {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final OrderLog log;
    private final boolean isOn;
    private final MemorySegment out = Arena.ofAuto().allocate(OrderRecord.BYTES, 64);

    OrderRecorder(OrderLog log) {
        this.log = log;
        isOn = !log.equals(OrderLog.NONE);
    }

    void request(OrderRecord.Entry entry, MemorySegment request, long at, long nowNs) {
        if (!isOn) {
            return;
        }
        putHead(entry, request.get(BYTE, at), nowNs);
        out.set(BYTE, 2, request.get(BYTE, at + 1));
        out.set(BYTE, 3, request.get(BYTE, at + 2));
        out.set(BYTE, 4, request.get(BYTE, at + 3));
        out.set(BYTE, 5, request.get(BYTE, at + 4));
        out.set(INT, 8, OrderRequest.instrument(request, at));
        out.set(INT, 12, OrderRequest.strategy(request, at));
        out.set(LONG, 16, OrderRequest.clientOrderId(request, at));
        out.set(LONG, 24, OrderRequest.targetOrderId(request, at));
        out.set(LONG, 40, OrderRequest.price(request, at));
        out.set(LONG, 48, OrderRequest.stopPrice(request, at));
        out.set(LONG, 56, OrderRequest.quantity(request, at));
        out.set(LONG, 96, OrderRequest.expiryNs(request, at));
        log.append(out, 0);
    }

    void report(OrderRecord.Entry entry, MemorySegment report, long at, long nowNs) {
        if (!isOn) {
            return;
        }
        putHead(entry, report.get(BYTE, at), nowNs);
        out.set(BYTE, 2, report.get(BYTE, at + 1));
        out.set(BYTE, 6, report.get(BYTE, at + 2));
        out.set(BYTE, 7, report.get(BYTE, at + 3));
        out.set(INT, 8, OrderReport.instrument(report, at));
        out.set(INT, 12, OrderReport.strategy(report, at));
        out.set(LONG, 16, OrderReport.clientOrderId(report, at));
        out.set(LONG, 24, OrderReport.relatedOrderId(report, at));
        out.set(LONG, 40, OrderReport.lastPrice(report, at));
        out.set(LONG, 56, OrderReport.lastQuantity(report, at));
        out.set(LONG, 64, OrderReport.filledQuantity(report, at));
        out.set(LONG, 72, OrderReport.leftQuantity(report, at));
        out.set(LONG, 80, OrderReport.lastFee(report, at));
        out.set(LONG, 88, OrderReport.totalFee(report, at));
        out.set(LONG, 104, OrderReport.venueTime(report, at));
        out.set(LONG, 112, OrderReport.executionIdLow(report, at));
        out.set(LONG, 120, OrderReport.executionIdHigh(report, at));
        log.append(out, 0);
    }

    void tradingState(TradingState state, long causeOrderId, long nowNs) {
        if (!isOn) {
            return;
        }
        putHead(OrderRecord.Entry.TRADING_STATE, (byte) state.ordinal(), nowNs);
        out.set(LONG, 16, causeOrderId);
        log.append(out, 0);
    }

    private void putHead(OrderRecord.Entry entry, byte kind, long nowNs) {
        out.fill((byte) 0);
        out.set(BYTE, 0, entry.code());
        out.set(BYTE, 1, kind);
        out.set(LONG, 32, nowNs);
    }
}
