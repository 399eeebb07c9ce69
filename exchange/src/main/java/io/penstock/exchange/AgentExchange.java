// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.MarketEvent;
import io.penstock.market.Side;
import io.penstock.strategy.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings agents and the user's desk together in one matching engine. Confined to the thread of the
/// market.
final class AgentExchange implements Floor, MatchingEngine.FillListener {
    private final MatchingEngine engine;
    private final OrderDesk desk;
    private final List<Agent> agents = new ArrayList<>();
    private final StopOrders stops = new StopOrders();
    private final ArrayDeque<VenueOrder> spares = new ArrayDeque<>(1_024);
    private boolean isOpen;

    AgentExchange(AgentMarket.Parts parts) {
        engine = new MatchingEngine(parts.instrument(), parts.feed(), this);
        desk = new OrderDesk(List.of(parts.instrument()), parts.fees(), this);
    }

    MatchingEngine engine() {
        return engine;
    }

    OrderDesk desk() {
        return desk;
    }

    void add(Agent agent) {
        agents.add(agent);
    }

    void setOpen(boolean newIsOpen) {
        isOpen = newIsOpen;
    }

    /// Best price of a side, or another where the side is empty.
    long bestOr(Side side, long other) {
        long best = engine.bestPrice(side);
        return best == MarketEvent.NO_PRICE ? other : best;
    }

    /// The middle of the market, or another price where a side is empty.
    double middleOr(double other) {
        long bid = engine.bestBid();
        long ask = engine.bestAsk();
        return bid == MarketEvent.NO_PRICE || ask == MarketEvent.NO_PRICE
                ? other
                : (bid + ask) * 0.5;
    }

    /// An agent's limit order.
    ///
    /// @param owner number of the agent, from 1
    /// @return the order when a part of it rests
    @Nullable VenueOrder place(int owner, Side side, long price, long quantity) {
        VenueOrder order = spare().limit(owner, side, price, quantity);
        engine.take(order);
        boolean rests = order.left() > 0;
        if (rests) {
            engine.rest(order);
        } else {
            spares.push(order);
        }
        settle();
        return rests ? order : null;
    }

    /// An agent's order that takes what it reaches and never rests.
    void take(int owner, Side side, long price, long quantity) {
        VenueOrder order = spare().limit(owner, side, price, quantity);
        engine.take(order);
        spares.push(order);
        settle();
    }

    /// Cancels an agent's order.
    void cancel(VenueOrder order) {
        engine.remove(order);
        spares.push(order);
        settle();
    }

    /// Closes the packet and lets stop orders go that it has triggered.
    void settle() {
        engine.endPacket();
        for (VenueOrder due = stops.pollDue(); due != null; due = stops.pollDue()) {
            desk.trigger(due);
            engine.endPacket();
        }
    }

    @Override
    public void onFill(VenueOrder order, long price, long quantity, boolean isMaker) {
        if (!isMaker) {
            stops.onTrade(price);
        }
        if (order.owner == VenueOrder.USER) {
            desk.fill(order, price, quantity, isMaker);
            return;
        }
        order.filled += quantity;
        agents.get(order.owner - 1).onFill(order, quantity);
        if (isMaker && order.left() == 0) {
            spares.push(order);
        }
    }

    @Override
    public Reason refusal(int instrument) {
        return isOpen ? Reason.NONE : Reason.NOT_TRADING;
    }

    @Override
    public long available(VenueOrder order, long enough) {
        return engine.available(order, enough);
    }

    @Override
    public void take(VenueOrder order) {
        engine.take(order);
    }

    @Override
    public void rest(VenueOrder order) {
        engine.rest(order);
    }

    @Override
    public void hold(VenueOrder order) {
        stops.add(order);
        if (engine.lastTrade() == MarketEvent.NO_PRICE) {
            stops.onBest(engine.bestBid(), engine.bestAsk());
        } else {
            stops.onTrade(engine.lastTrade());
        }
    }

    @Override
    public void remove(VenueOrder order) {
        if (order.isHeld) {
            stops.remove(order);
        } else {
            engine.remove(order);
        }
    }

    @Override
    public void reduce(VenueOrder order, long newQuantity) {
        if (order.isHeld) {
            order.quantity = newQuantity;
        } else {
            engine.reduce(order, newQuantity);
        }
    }

    private VenueOrder spare() {
        VenueOrder order = spares.poll();
        return order == null ? new VenueOrder() : order;
    }
}
