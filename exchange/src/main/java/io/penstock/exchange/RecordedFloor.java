// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.strategy.Reason;

/// The recorded markets of all instruments, as the desk sees them.
final class RecordedFloor implements Floor {
    private final MarketOverlay[] markets;

    /// @param markets by instrument; filled in before the first order comes
    RecordedFloor(MarketOverlay[] markets) {
        this.markets = markets;
    }

    @Override
    public Reason refusal(int instrument) {
        return markets[instrument].market().refusal();
    }

    @Override
    public long available(VenueOrder order, long enough) {
        return markets[order.instrument].available(order, enough);
    }

    @Override
    public void take(VenueOrder order) {
        markets[order.instrument].take(order);
    }

    @Override
    public void rest(VenueOrder order) {
        markets[order.instrument].rest(order);
    }

    @Override
    public void hold(VenueOrder order) {
        markets[order.instrument].hold(order);
    }

    @Override
    public void remove(VenueOrder order) {
        markets[order.instrument].remove(order);
    }

    @Override
    public void reduce(VenueOrder order, long newQuantity) {
        order.quantity = newQuantity;
    }
}
