// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.channel.SlotSink;
import io.penstock.market.Side;
import io.penstock.strategy.OrderReport;
import io.penstock.strategy.OrderTicket;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import io.penstock.trading.OrderRequest;
import io.penstock.trading.Venue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Drives a venue and writes down what it reports, in words such as `ACCEPTED 1`, `FILL 1 5@101
/// taker` and `CANCELLED 1 NO_LIQUIDITY`.
final class VenueSession implements SlotSink {
    private final Venue venue;
    private final MemorySegment request = Arena.ofAuto().allocate(OrderRequest.BYTES, 8);
    private final List<String> log = new ArrayList<>();
    private long nowNs = Long.MIN_VALUE;

    VenueSession(Venue venue) {
        this.venue = venue;
    }

    /// Lets everything happen up to and including this time.
    VenueSession until(long timeNs) {
        while (venue.nextTimeNs() <= timeNs && venue.nextTimeNs() != Venue.NEVER) {
            venue.advance(this);
        }
        nowNs = timeNs;
        return this;
    }

    VenueSession submit(long id, OrderTicket ticket) {
        OrderRequest.putNew(request, 0, id, ticket);
        venue.onRequest(request, 0, nowNs, this);
        return this;
    }

    VenueSession limit(long id, Side side, long lots, long price) {
        return submit(id, OrderTicket.limit(0, side, lots, price));
    }

    VenueSession market(long id, Side side, long lots) {
        return submit(id, OrderTicket.market(0, side, lots));
    }

    VenueSession cancel(long id) {
        OrderRequest.putCancel(request, 0, 0, Side.BUY, id);
        venue.onRequest(request, 0, nowNs, this);
        return this;
    }

    VenueSession replace(long newId, long id, long price, long lots) {
        OrderRequest.putReplace(request, 0, 0, Side.BUY, newId, id);
        OrderRequest.putTerms(request, 0, price, lots);
        venue.onRequest(request, 0, nowNs, this);
        return this;
    }

    VenueSession close() {
        venue.close(nowNs, this);
        return this;
    }

    /// What was reported since the last call.
    List<String> reports() {
        List<String> copy = List.copyOf(log);
        log.clear();
        return copy;
    }

    @Override
    public void accept(MemorySegment segment, long offset) {
        ReportKind kind = OrderReport.kind(segment, offset);
        StringBuilder text = new StringBuilder(kind.name());
        text.append(' ').append(OrderReport.clientOrderId(segment, offset));
        if (OrderReport.relatedOrderId(segment, offset) != 0) {
            text.append("->").append(OrderReport.relatedOrderId(segment, offset));
        }
        if (kind == ReportKind.FILL) {
            text.append(' ').append(OrderReport.lastQuantity(segment, offset));
            text.append('@').append(OrderReport.lastPrice(segment, offset));
            text.append(OrderReport.flags(segment, offset) == 0 ? " taker" : " maker");
        }
        if (OrderReport.reason(segment, offset) != Reason.NONE) {
            text.append(' ').append(OrderReport.reason(segment, offset));
        }
        log.add(text.toString());
    }
}
