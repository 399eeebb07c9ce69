// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.channel.SlotSink;
import io.penstock.market.Instrument;
import io.penstock.strategy.OrderType;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import io.penstock.strategy.TimeInForce;
import io.penstock.trading.OrderRequest;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the requests of a venue: checks them, accepts or refuses, hands what it accepted to the
/// floor, and reports what becomes of it. The same for every simulated venue. Confined to the
/// thread of the venue; [#begin] comes before everything else at a new moment.
final class OrderDesk {
    /// In place of an order that has ended: its id stays used.
    private static final VenueOrder ENDED = new VenueOrder();

    private final OrderRules rules;
    private final FeeSchedule fees;
    private final Floor floor;
    private final ReportWriter reports = new ReportWriter();
    private final LongMap<VenueOrder> orders = new LongMap<>(256);
    private final ExpiryQueue expiries = new ExpiryQueue();
    private final VenueOrder unknown = new VenueOrder();
    private @Nullable VenueOrder oldest;
    private @Nullable VenueOrder newest;
    private @Nullable VenueOrder spare;
    private boolean hasEnded;
    private long lastVenueId;

    OrderDesk(List<Instrument> instruments, FeeSchedule fees, Floor floor) {
        rules = new OrderRules(instruments);
        this.fees = fees;
        this.floor = floor;
    }

    /// The moment of what follows, and where its reports go.
    void begin(long nowNs, SlotSink sink) {
        reports.begin(nowNs, sink);
    }

    void onRequest(MemorySegment segment, long offset) {
        switch (OrderRequest.kind(segment, offset)) {
            case NEW -> onNew(segment, offset);
            case CANCEL -> onCancel(segment, offset);
            case REPLACE -> onReplace(segment, offset);
        }
    }

    /// When the first order expires, or `Venue.NEVER`.
    long nextExpiryNs() {
        return expiries.nextNs();
    }

    /// Ends the order that expires first.
    void expireFirst() {
        expire(expiries.first(), Reason.TIME_IN_FORCE);
    }

    /// Ends all orders, the oldest first, and takes no new ones.
    void endSession() {
        hasEnded = true;
        while (oldest != null) {
            expire(oldest, Reason.SESSION_END);
        }
    }

    /// A part or all of an order was executed. Whoever holds the order drops it when nothing is
    /// left.
    void fill(VenueOrder order, long price, long quantity, boolean isMaker) {
        assert quantity > 0 && quantity <= order.left() && order.reaches(price);
        long fee = fees.fee(price, quantity, isMaker);
        order.filled += quantity;
        order.totalFee += fee;
        reports.fill(order, price, quantity, fee, isMaker);
        if (order.left() == 0) {
            retire(order);
        }
    }

    /// A held order was triggered and has left the floor: from here on it is a market order.
    void trigger(VenueOrder order) {
        order.isHeld = false;
        reports.write(order, ReportKind.TRIGGERED, Reason.NONE);
        execute(order);
    }

    private void onNew(MemorySegment segment, long offset) {
        VenueOrder order = newOrder().read(segment, offset);
        Reason refusal = refusal(order);
        if (refusal != Reason.NONE) {
            reports.write(order, ReportKind.REJECTED, refusal);
            recycle(order);
            return;
        }
        order.venueId = ++lastVenueId;
        orders.put(order.clientId, order);
        link(order);
        reports.write(order, ReportKind.ACCEPTED, Reason.NONE);
        if (order.timeInForce == TimeInForce.GTD) {
            if (order.expiryNs <= reports.nowNs()) {
                end(order, ReportKind.EXPIRED, Reason.TIME_IN_FORCE);
                return;
            }
            expiries.add(order);
        }
        if (order.type == OrderType.STOP) {
            order.isHeld = true;
            floor.hold(order);
        } else {
            execute(order);
        }
    }

    private Reason refusal(VenueOrder order) {
        if (hasEnded) {
            return Reason.SESSION_END;
        }
        Reason fault = rules.check(order);
        if (fault != Reason.NONE) {
            return fault;
        }
        if (orders.get(order.clientId) != null) {
            return Reason.DUPLICATE_ID;
        }
        Reason closed = floor.refusal(order.instrument);
        if (closed != Reason.NONE) {
            return closed;
        }
        return wouldTake(order) ? Reason.WOULD_TAKE : Reason.NONE;
    }

    private boolean wouldTake(VenueOrder order) {
        return order.isPostOnly && floor.available(order, 1) > 0;
    }

    private void execute(VenueOrder order) {
        if (order.timeInForce == TimeInForce.FOK
                && floor.available(order, order.left()) < order.left()) {
            end(order, ReportKind.CANCELLED, Reason.NOT_FILLABLE);
            return;
        }
        floor.take(order);
        if (order.left() == 0) {
            return;
        }
        if (order.rests()) {
            floor.rest(order);
        } else {
            Reason reason = order.hasLimit() ? Reason.TIME_IN_FORCE : Reason.NO_LIQUIDITY;
            end(order, ReportKind.CANCELLED, reason);
        }
    }

    private void onCancel(MemorySegment segment, long offset) {
        VenueOrder order = working(OrderRequest.targetOrderId(segment, offset));
        if (order == null) {
            unknown.read(segment, offset);
            unknown.clientId = OrderRequest.targetOrderId(segment, offset);
            reports.write(unknown, ReportKind.CANCEL_REJECTED, Reason.UNKNOWN_ORDER);
            return;
        }
        floor.remove(order);
        end(order, ReportKind.CANCELLED, Reason.REQUESTED);
    }

    private void onReplace(MemorySegment segment, long offset) {
        long target = OrderRequest.targetOrderId(segment, offset);
        long newId = OrderRequest.clientOrderId(segment, offset);
        long price = OrderRequest.price(segment, offset);
        long quantity = OrderRequest.quantity(segment, offset);
        VenueOrder order = working(target);
        if (order == null) {
            unknown.read(segment, offset);
            unknown.clientId = target;
            unknown.quantity = 0;
            reports.replace(unknown, ReportKind.REPLACE_REJECTED, Reason.UNKNOWN_ORDER, newId);
            return;
        }
        Reason refusal = refusal(order, newId, price, quantity);
        if (refusal != Reason.NONE) {
            reports.replace(order, ReportKind.REPLACE_REJECTED, refusal, newId);
            return;
        }
        reports.replace(order, ReportKind.REPLACED, Reason.NONE, newId);
        orders.put(target, ENDED);
        orders.put(newId, order);
        order.clientId = newId;
        change(order, price, quantity);
    }

    private Reason refusal(VenueOrder order, long newId, long price, long quantity) {
        Reason fault = rules.check(order, price, quantity);
        if (fault != Reason.NONE) {
            return fault;
        }
        if (orders.get(newId) != null) {
            return Reason.DUPLICATE_ID;
        }
        Reason closed = floor.refusal(order.instrument);
        if (closed != Reason.NONE || !order.isPostOnly || price == order.price) {
            return closed;
        }
        long oldPrice = order.price;
        order.price = price;
        boolean wouldTake = wouldTake(order);
        order.price = oldPrice;
        return wouldTake ? Reason.WOULD_TAKE : Reason.NONE;
    }

    /// Less at the same price keeps its place; everything else starts again.
    private void change(VenueOrder order, long price, long quantity) {
        if (price == (order.isHeld ? order.stopPrice : order.price) && quantity <= order.quantity) {
            floor.reduce(order, quantity);
            return;
        }
        floor.remove(order);
        order.quantity = quantity;
        if (order.isHeld) {
            order.stopPrice = price;
            floor.hold(order);
        } else {
            order.price = price;
            execute(order);
        }
    }

    private @Nullable VenueOrder working(long clientId) {
        VenueOrder order = orders.get(clientId);
        return order == ENDED ? null : order;
    }

    private void expire(VenueOrder order, Reason reason) {
        floor.remove(order);
        end(order, ReportKind.EXPIRED, reason);
    }

    private void end(VenueOrder order, ReportKind kind, Reason reason) {
        reports.write(order, kind, reason);
        retire(order);
    }

    private void retire(VenueOrder order) {
        orders.put(order.clientId, ENDED);
        expiries.remove(order);
        unlink(order);
        recycle(order);
    }

    private VenueOrder newOrder() {
        VenueOrder order = spare;
        if (order == null) {
            return new VenueOrder();
        }
        spare = order.newer;
        order.newer = null;
        return order;
    }

    private void recycle(VenueOrder order) {
        order.newer = spare;
        spare = order;
    }

    private void link(VenueOrder order) {
        order.older = newest;
        if (newest == null) {
            oldest = order;
        } else {
            newest.newer = order;
        }
        newest = order;
    }

    private void unlink(VenueOrder order) {
        VenueOrder older = order.older;
        VenueOrder newer = order.newer;
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
        order.older = null;
        order.newer = null;
    }
}
