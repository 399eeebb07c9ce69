// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.market.Clock;
import io.penstock.market.Instrument;
import io.penstock.market.OrderBook;
import io.penstock.market.Side;
import io.penstock.report.LatencyResult;
import io.penstock.strategy.OrderReport;
import io.penstock.strategy.OrderState;
import io.penstock.strategy.OrderTicket;
import io.penstock.strategy.Orders;
import io.penstock.strategy.Position;
import io.penstock.strategy.ReportKind;
import io.penstock.trading.ClientOrderIds;
import io.penstock.trading.OrderRequest;
import io.penstock.trading.Portfolio;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a strategy acts through: writes its requests onto the edge to the OMS, keeps its open
/// orders, its timers, and its positions from the fills it was told of.
///
/// A new order is sent only when the edge has room for it and, besides, for the cancels of all open
/// orders: a cancel therefore always finds room. Confined to the strategy's thread.
final class Desk implements Orders {
    private static final int TIMERS = 4_096;

    private final List<Instrument> instruments;
    private final Clock clock;
    private final RequestEdge requests;
    private final MarketView market;
    private final Portfolio portfolio;
    private final LatencyRecorder orderLatency =
            new LatencyRecorder(
                    "order latency",
                    "request sent by the strategy to the first report it is handed, virtual time");
    private final TimerQueue timers = new TimerQueue(TIMERS);
    private final Map<Long, OpenOrder> open = new LinkedHashMap<>();
    private final int number;
    private long counter;
    private long requestsSent;
    private long timersSet;
    private long withoutRoom;
    private long afterEnd;
    private int cancelsReserved;
    private boolean hasStarted;
    private boolean isClosed;

    /// An order that has not ended, as the strategy's side knows it.
    private static final class OpenOrder {
        final int instrument;
        final Side side;
        final long sentNs;
        boolean isAnswered;
        boolean hasCancelUnderWay;

        OpenOrder(int instrument, Side side, long sentNs) {
            this.instrument = instrument;
            this.side = side;
            this.sentNs = sentNs;
        }
    }

    Desk(Context context, RequestEdge requests, MarketView market) {
        this.instruments = context.instruments();
        this.clock = context.clock();
        this.number = context.strategyNumber();
        this.requests = requests;
        this.market = market;
        this.portfolio = new Portfolio(instruments.size());
    }

    /// Where a desk stands.
    ///
    /// @param instruments the instruments of the run
    /// @param clock the time of the event that is being handled
    /// @param strategyNumber number of the strategy in its run, from 1
    record Context(List<Instrument> instruments, Clock clock, int strategyNumber) {}

    @Override
    public long nowNs() {
        return clock.nowNs();
    }

    @Override
    public List<Instrument> instruments() {
        return instruments;
    }

    @Override
    public OrderBook book(int instrument) {
        if (!market.keepsBooks()) {
            throw new IllegalStateException(
                    "no books are kept: override onBook, or call orders.useBook() in onStart");
        }
        return market.book(checked(instrument));
    }

    @Override
    public void useBook() {
        if (hasStarted) {
            throw new IllegalStateException("useBook() is for onStart: books start empty");
        }
        market.keepBooks();
    }

    @Override
    public Position position(int instrument) {
        return portfolio.position(checked(instrument));
    }

    @Override
    public int openOrders() {
        return open.size();
    }

    private int checked(int instrument) {
        if (instrument < 0 || instrument >= instruments.size()) {
            throw new IllegalArgumentException(
                    "the run has no such instrument: instrument="
                            + instrument
                            + " instruments="
                            + instruments.size());
        }
        return instrument;
    }

    @Override
    public long submit(OrderTicket ticket) {
        if (!hasRoom()) {
            return NOT_SENT;
        }
        long slot = requests.claim();
        long id = nextId();
        OrderRequest.putNew(requests.segment(), slot, id, ticket);
        send(slot);
        open.put(id, new OpenOrder(ticket.instrument(), ticket.side(), nowNs()));
        cancelsReserved++;
        return id;
    }

    @Override
    public boolean cancel(long clientOrderId) {
        OpenOrder order = open.get(clientOrderId);
        if (order == null || order.hasCancelUnderWay) {
            return order != null;
        }
        if (isClosed || requests.room() == 0) {
            countRefused();
            return false;
        }
        long slot = requests.claim();
        OrderRequest.putCancel(
                requests.segment(), slot, order.instrument, order.side, clientOrderId);
        send(slot);
        order.hasCancelUnderWay = true;
        cancelsReserved--;
        return true;
    }

    @Override
    public long replace(long clientOrderId, long price, long quantity) {
        OpenOrder order = open.get(clientOrderId);
        if (order == null || order.hasCancelUnderWay || !hasRoom()) {
            return NOT_SENT;
        }
        long slot = requests.claim();
        long id = nextId();
        MemorySegment segment = requests.segment();
        OrderRequest.putReplace(segment, slot, order.instrument, order.side, id, clientOrderId);
        OrderRequest.putTerms(segment, slot, price, quantity);
        send(slot);
        open.put(id, new OpenOrder(order.instrument, order.side, nowNs()));
        cancelsReserved++;
        return id;
    }

    @Override
    public void cancelAll() {
        for (long id : List.copyOf(open.keySet())) {
            cancel(id);
        }
    }

    @Override
    public boolean timer(long atNs, long tag) {
        timersSet++;
        return timers.add(Math.max(atNs, nowNs()), tag);
    }

    private boolean hasRoom() {
        boolean hasRoom = !isClosed && requests.room() >= cancelsReserved + 2;
        if (!hasRoom) {
            countRefused();
        }
        return hasRoom;
    }

    private void countRefused() {
        if (isClosed) {
            afterEnd++;
        } else {
            withoutRoom++;
        }
    }

    private long nextId() {
        return ClientOrderIds.of(number, ++counter);
    }

    private void send(long slot) {
        OrderRequest.putStrategy(requests.segment(), slot, number);
        OrderRequest.putSentTime(requests.segment(), slot, nowNs());
        OrderRequest.putDueTime(requests.segment(), slot, nowNs());
        requests.send();
        requestsSent++;
    }

    /// Takes what happened to an order, before the strategy hears of it.
    void onReport(MemorySegment segment, long offset) {
        long id = OrderReport.clientOrderId(segment, offset);
        ReportKind kind = OrderReport.kind(segment, offset);
        if (kind == ReportKind.FILL && OrderReport.lastQuantity(segment, offset) > 0) {
            portfolio.onFill(
                    OrderReport.instrument(segment, offset),
                    OrderReport.side(segment, offset),
                    OrderReport.lastPrice(segment, offset),
                    OrderReport.lastQuantity(segment, offset),
                    OrderReport.lastFee(segment, offset));
        }
        OpenOrder order = open.get(id);
        if (order == null) {
            return;
        }
        if (!order.isAnswered && kind != ReportKind.PENDING) {
            order.isAnswered = true;
            orderLatency.on(nowNs() - order.sentNs);
        }
        boolean isLost =
                kind == ReportKind.PENDING
                        && OrderReport.state(segment, offset) == OrderState.UNKNOWN;
        if ((kind == ReportKind.CANCEL_REJECTED || isLost) && order.hasCancelUnderWay) {
            order.hasCancelUnderWay = false;
            cancelsReserved++;
        }
        if (kind == ReportKind.REPLACE_REJECTED) {
            forget(OrderReport.relatedOrderId(segment, offset));
        }
        if (OrderReport.state(segment, offset).isTerminal()) {
            forget(id);
        }
    }

    private void forget(long id) {
        OpenOrder order = open.remove(id);
        if (order != null && !order.hasCancelUnderWay) {
            cancelsReserved--;
        }
    }

    /// From here on books cannot be asked for any more.
    void start() {
        hasStarted = true;
    }

    /// From here on nothing is sent any more.
    void close() {
        isClosed = true;
    }

    TimerQueue timers() {
        return timers;
    }

    /// Requests sent and timers asked for: while it stays the same, the strategy has done nothing
    /// that becomes an event.
    long sentCount() {
        return requestsSent + timersSet;
    }

    long requestsSent() {
        return requestsSent;
    }

    /// Requests that were refused at once because the edge to the OMS had no room.
    long withoutRoom() {
        return withoutRoom;
    }

    /// Requests that were refused at once because the session was over.
    long afterEnd() {
        return afterEnd;
    }

    LatencyResult orderLatency() {
        return orderLatency.result();
    }
}
