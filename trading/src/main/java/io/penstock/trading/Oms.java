// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.channel.SlotSink;
import io.penstock.market.Instrument;
import io.penstock.market.Side;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// The order management system: takes the requests of strategies and the reports of a venue, one at
/// a time, and keeps what follows from them: orders, reservations, positions and counts.
///
/// Every request has exactly one outcome: it goes to the venue, or the strategy is told REJECTED,
/// CANCEL_REJECTED or REPLACE_REJECTED with its reason. A client order id is used once
/// ([ClientOrderIds]): an id at or below the highest one seen of its strategy is refused with
/// DUPLICATE_ID, and the first order is not touched. A cancel or replace that was sent is told to
/// the strategy as PENDING.
///
/// Reports go on to the strategy with the order's state and totals, except duplicates, reports that
/// say nothing new, contradictions, and reports other than fills of orders that are not known. A
/// fill of an order that is not known is booked from what the report says and goes on with the
/// state UNKNOWN. A fill that comes late for a replaced order is told a second time for its
/// replacement, as a FILL of 0 lots that carries the new totals. A fill beyond what was ordered is
/// booked and turns ACTIVE into REDUCING until somebody sets it back.
///
/// A new order or replace goes to the venue only when the edge then still has room for a cancel of
/// every open order; otherwise it is refused with NO_ROOM. A second cancel of an order counts like
/// a new order, so a first one always finds room.
///
/// Replace: the replacement has an id of its own; its quantity is the new total with what is filled
/// included, and the price of a stop order is its stop price. REPLACED names both (client order id
/// the old, related order id the new); from then on the old one is REPLACED and the new one has
/// taken over what was filled and paid. When nothing is left for it, because the new total was no
/// more than what was filled, it is CANCELLED, which the strategy is told.
///
/// The OMS sends a request once, but for the cancels of the kill switch ([#kill]): an order whose
/// request stays unanswered for too long is UNKNOWN, which the strategy is told (PENDING), and
/// counts as open in every limit until a report says how it stands.
///
/// Confined to one thread. The sinks are called from inside the methods and must not call back.
/// Allocates nothing after construction (its statistics apart).
public final class Oms {
    private final OmsConfiguration configuration;
    private final MarketPrices prices;
    private final OmsParts parts;
    private final OrderRecorder recorder;
    private final Requests requests;
    private final Reports reports;
    private final CancelSweep sweep;

    /// An OMS that keeps no order log.
    ///
    /// @param instruments the instruments of the run, each at the place of its id
    /// @param toVenue takes requests ([OrderRequest])
    /// @param toStrategy takes reports ([OrderReport]); the strategy field says whose they are
    public Oms(
            OmsConfiguration configuration,
            List<Instrument> instruments,
            VenueEdge toVenue,
            SlotSink toStrategy) {
        this(configuration, instruments, toVenue, toStrategy, OrderLog.NONE);
    }

    /// The same with an order log.
    public Oms(
            OmsConfiguration configuration,
            List<Instrument> instruments,
            VenueEdge toVenue,
            SlotSink toStrategy,
            OrderLog log) {
        this.configuration = configuration;
        List<Instrument> all = List.copyOf(instruments);
        int count = instruments.size();
        for (int i = 0; i < count; i++) {
            if (instruments.get(i).id() != i) {
                throw new IllegalArgumentException(
                        "an instrument's id is its place: place=" + i + " " + instruments.get(i));
            }
        }
        prices = new MarketPrices(count);
        recorder = new OrderRecorder(log);
        Portfolio portfolio = new Portfolio(count, prices);
        OmsCounters counters = new OmsCounters(count);
        OrderTable orders = new OrderTable(configuration.capacity(), count);
        Risk risk = new Risk(configuration, all, portfolio, prices, orders);
        parts =
                new OmsParts(
                        orders,
                        new OrderLedger(orders, risk, counters),
                        risk,
                        portfolio,
                        counters,
                        new OmsOutput(toVenue, toStrategy, recorder, counters),
                        new TradingSwitch(recorder));
        requests = new Requests(parts, all, configuration.capacity().strategies());
        reports = new Reports(parts, configuration.capacity().executions());
        sweep = new CancelSweep(parts, all, requests, configuration);
    }

    /// Takes a request of a strategy.
    ///
    /// @param nowNs market time, ns since 1970; never goes back between calls
    public void onRequest(MemorySegment segment, long offset, long nowNs) {
        parts.counters().requests++;
        recorder.request(OrderRecord.Entry.REQUEST, segment, offset, nowNs);
        requests.handle(segment, offset, nowNs);
    }

    /// Takes a report of the venue.
    public void onReport(MemorySegment segment, long offset, long nowNs) {
        parts.counters().reports++;
        reports.handle(segment, offset, nowNs);
    }

    /// Takes the best bid and offer of an instrument, either [MarketEvent#NO_PRICE] where there is
    /// none: the reference of the price collar and the mark of the position.
    public void onQuote(int instrument, long bid, long ask) {
        prices.onQuote(instrument, bid, ask);
    }

    /// Takes the price of a trade: the reference and mark where the quote is not two-sided.
    public void onTrade(int instrument, long price) {
        prices.onTrade(instrument, price);
    }

    /// Makes orders UNKNOWN whose answer is overdue; or, when none is, cancels again what is to go
    /// after [#kill] or [#cancelAll]. One of both in a call: so each order is told at most once.
    public void onTime(long nowNs) {
        OrderLink link = parts.orders().waiting().first;
        if (overdueNs() > nowNs && sweep.nextNs() <= nowNs) {
            sweep.again(nowNs);
            return;
        }
        while (link != null && nowNs - link.order.waitingSinceNs >= timeoutNs()) {
            Order order = link.order;
            parts.counters().timeouts++;
            parts.ledger().apply(order, OrderInput.TIMEOUT);
            parts.output().tell(order, ReportKind.PENDING, Reason.NONE, 0, nowNs);
            link = parts.orders().waiting().first;
        }
    }

    /// When [#onTime] should be called: the next answer is overdue, or cancels are due again;
    /// [Venue#NEVER] when nothing is awaited.
    public long nextTimeNs() {
        return Math.min(overdueNs(), sweep.nextNs());
    }

    private long overdueNs() {
        OrderLink link = parts.orders().waiting().first;
        if (link == null) {
            return Venue.NEVER;
        }
        long since = link.order.waitingSinceNs;
        return since > Long.MAX_VALUE - timeoutNs() ? Venue.NEVER : since + timeoutNs();
    }

    /// The kill switch: HALTED, and a cancel for every open order that has none under way, by
    /// instrument, buys first, in the order in which they came. While it is HALTED, what is open
    /// without a cancel under way, because the venue refused it or did not answer, is cancelled
    /// again once in [OmsConfiguration#cancelRetryNs], within the order rate.
    public void kill(long nowNs) {
        setState(TradingState.HALTED, nowNs);
        sweep.kill(nowNs);
    }

    /// Cancels the open orders of one strategy, as [#kill] does those of all: for a strategy that
    /// cannot do it itself any more; and again, as there, until none of them is left. The trading
    /// state stays as it is.
    ///
    /// @param strategy its number
    public void cancelAll(int strategy, long nowNs) {
        sweep.abandon(strategy, nowNs);
    }

    /// The trading state.
    public TradingState state() {
        return parts.trading().state();
    }

    /// Sets the trading state. Orders that are open stay as they are; a state other than HALTED
    /// takes the kill switch back.
    public void setState(TradingState state, long nowNs) {
        if (state != TradingState.HALTED) {
            sweep.revive();
        }
        parts.trading().set(state, 0, nowNs);
    }

    /// Positions and marks over all strategies: a live view, for this thread. To be fed by the OMS
    /// only.
    public Portfolio portfolio() {
        return parts.portfolio();
    }

    /// Orders that are open now, replacements under way not counted.
    public int openOrders() {
        return parts.orders().working();
    }

    /// Orders of an instrument that are open now, replacements under way included, as
    /// [RiskLimits#openOrders] counts them.
    public int openOrders(int instrument) {
        return parts.orders().open(instrument, Side.BUY).size()
                + parts.orders().open(instrument, Side.SELL).size();
    }

    /// What was done so far. Allocates.
    public OmsStatistics statistics() {
        return parts.counters().snapshot(parts.portfolio());
    }

    OmsParts parts() {
        return parts;
    }

    private long timeoutNs() {
        return configuration.answerTimeoutNs();
    }
}
