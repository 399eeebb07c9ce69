// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.market.Instrument;
import io.penstock.strategy.OrderState;
import io.penstock.strategy.OrderType;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Handles what strategies ask for. Each request has exactly one outcome: it goes to the venue, or
/// the strategy is told why it was refused. Confined to the OMS.
final class Requests {
    private final List<Instrument> instruments;
    private final OrderTable orders;
    private final OrderLedger ledger;
    private final Risk risk;
    private final OmsOutput output;
    private final TradingSwitch trading;

    /// Highest id seen of each strategy: those up to it were used.
    private final long[] highestIds;

    /// The order that a request would make.
    private final Order terms = new Order();

    private final OmsCounters counters;

    Requests(OmsParts parts, List<Instrument> instruments, int strategies) {
        this.instruments = instruments;
        orders = parts.orders();
        ledger = parts.ledger();
        risk = parts.risk();
        output = parts.output();
        trading = parts.trading();
        counters = parts.counters();
        highestIds = new long[strategies];
    }

    void handle(MemorySegment segment, long offset, long nowNs) {
        switch (OrderRequest.kind(segment, offset)) {
            case NEW -> submit(segment, offset, nowNs);
            case CANCEL -> cancel(segment, offset, nowNs);
            case REPLACE -> replace(segment, offset, nowNs);
        }
    }

    /// Sends a cancel of an open order and tells its strategy.
    void sendCancel(Order order, long nowNs) {
        order.wasCancelSent = true;
        ledger.sent(order, OrderInput.CANCEL_SENT, nowNs);
        output.sendCancel(order, nowNs);
        output.tell(order, ReportKind.PENDING, Reason.REQUESTED, 0, nowNs);
    }

    private void submit(MemorySegment segment, long offset, long nowNs) {
        Reason reason = useId(OrderRequest.clientOrderId(segment, offset));
        boolean isNewId = reason == Reason.NONE;
        if (isNewId) {
            reason = checkNew(segment, offset, nowNs);
        }
        if (reason != Reason.NONE) {
            countRejected(isNewId, reason);
            output.refuse(ReportKind.REJECTED, reason, segment, offset, nowNs);
            return;
        }
        ledger.open(terms, nowNs);
        risk.onSent(nowNs);
        output.sendNew(segment, offset, nowNs);
    }

    private Reason checkNew(MemorySegment segment, long offset, long nowNs) {
        int instrument = OrderRequest.instrument(segment, offset);
        if (instrument < 0 || instrument >= instruments.size()) {
            return Reason.UNKNOWN_INSTRUMENT;
        }
        readTerms(segment, offset);
        return checkTerms(nowNs);
    }

    private Reason checkTerms(long nowNs) {
        Reason reason = OrderRules.check(terms, instruments.get(terms.instrument), nowNs);
        if (reason == Reason.NONE) {
            reason = risk.check(terms, trading.state(), nowNs);
        }
        // Room for this one, and for a cancel of each that is then open.
        return reason == Reason.NONE && output.venueRoom() < orders.live() + 2
                ? Reason.NO_ROOM
                : reason;
    }

    private void cancel(MemorySegment segment, long offset, long nowNs) {
        Order target = orders.find(OrderRequest.targetOrderId(segment, offset));
        Reason reason = checkCancel(target);
        if (target != null && reason == Reason.NONE) {
            sendCancel(target, nowNs);
            return;
        }
        counters.refuse(reason);
        if (target == null) {
            output.refuse(ReportKind.CANCEL_REJECTED, reason, segment, offset, nowNs);
        } else {
            output.tell(target, ReportKind.CANCEL_REJECTED, reason, 0, nowNs);
        }
    }

    /// A first cancel always passes. A second one must not take the room that is kept for the first
    /// ones of others: the first may still be under way whatever was heard of the order.
    private Reason checkCancel(@Nullable Order target) {
        if (target == null || target.state.isTerminal()) {
            return Reason.UNKNOWN_ORDER;
        }
        return !target.wasCancelSent || output.venueRoom() > orders.live()
                ? Reason.NONE
                : Reason.NO_ROOM;
    }

    private void replace(MemorySegment segment, long offset, long nowNs) {
        Order target = orders.find(OrderRequest.targetOrderId(segment, offset));
        long id = OrderRequest.clientOrderId(segment, offset);
        Reason reason = useId(id);
        boolean isNewId = reason == Reason.NONE;
        if (isNewId) {
            reason = checkReplace(target, segment, offset, nowNs);
        }
        if (target == null) {
            countRejected(isNewId, reason);
            output.refuse(ReportKind.REPLACE_REJECTED, reason, segment, offset, nowNs);
        } else if (reason != Reason.NONE) {
            countRejected(isNewId, reason);
            output.tell(target, ReportKind.REPLACE_REJECTED, reason, id, nowNs);
        } else {
            sendReplace(target, nowNs);
        }
    }

    private void sendReplace(Order target, long nowNs) {
        Order replacement = ledger.open(terms, nowNs);
        target.successorId = replacement.id;
        ledger.sent(target, OrderInput.REPLACE_SENT, nowNs);
        risk.onSent(nowNs);
        output.sendReplace(target, replacement, nowNs);
        output.tell(target, ReportKind.PENDING, Reason.REQUESTED, replacement.id, nowNs);
    }

    private Reason checkReplace(
            @Nullable Order target, MemorySegment segment, long offset, long nowNs) {
        if (target == null || target.state.isTerminal()) {
            return Reason.UNKNOWN_ORDER;
        }
        boolean isPending = OrderTransitions.isIllegal(target.state, OrderInput.REPLACE_SENT);
        if (isPending || !target.isConfirmed) {
            return Reason.CHANGE_PENDING;
        }
        terms.copyTerms(target);
        terms.id = OrderRequest.clientOrderId(segment, offset);
        terms.total = OrderRequest.quantity(segment, offset);
        if (target.type == OrderType.STOP) {
            terms.stopPrice = OrderRequest.price(segment, offset);
        } else {
            terms.price = OrderRequest.price(segment, offset);
        }
        terms.predecessorId = target.id;
        terms.predecessorTotal = target.total;
        terms.isConfirmed = false;
        return checkTerms(nowNs);
    }

    private Reason useId(long id) {
        int strategy = ClientOrderIds.strategy(id);
        if (id <= 0 || strategy >= highestIds.length) {
            return Reason.BAD_ID;
        }
        if (id <= highestIds[strategy]) {
            return Reason.DUPLICATE_ID;
        }
        highestIds[strategy] = id;
        return Reason.NONE;
    }

    private void countRejected(boolean isNewId, Reason reason) {
        counters.refuse(reason);
        if (isNewId) {
            counters.enter(OrderState.REJECTED);
        }
    }

    private void readTerms(MemorySegment segment, long offset) {
        terms.id = OrderRequest.clientOrderId(segment, offset);
        terms.instrument = OrderRequest.instrument(segment, offset);
        terms.strategy = OrderRequest.strategy(segment, offset);
        terms.account = OrderRequest.account(segment, offset);
        terms.side = OrderRequest.side(segment, offset);
        terms.type = OrderRequest.type(segment, offset);
        terms.timeInForce = OrderRequest.timeInForce(segment, offset);
        terms.isPostOnly = OrderRequest.isPostOnly(segment, offset);
        terms.price = OrderRequest.price(segment, offset);
        terms.stopPrice = OrderRequest.stopPrice(segment, offset);
        terms.expiryNs = OrderRequest.expiryNs(segment, offset);
        terms.total = OrderRequest.quantity(segment, offset);
        terms.predecessorId = 0;
        terms.predecessorTotal = 0;
        terms.isConfirmed = true;
    }
}
