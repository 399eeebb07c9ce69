// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.market.Instrument;
import io.penstock.market.Side;
import io.penstock.strategy.OrderState;
import java.util.Arrays;
import java.util.List;

/// Cancels the orders that are to go: all of them after the kill switch, or those of a strategy
/// that cannot do it itself any more; and does it again for as long as one of them is open and no
/// cancel of it is under way. A venue may refuse a cancel (a replace is under way, the order is not
/// there yet), and one that was UNKNOWN may have found no room.
///
/// The first cancels go out at once; later ones once in a retry time, within the rate for new
/// orders and replaces, and only where room is left for the first cancel of every open order.
/// Confined to the OMS.
final class CancelSweep {
    private final List<Instrument> instruments;
    private final OmsParts parts;
    private final Requests requests;
    private final long retryNs;

    /// Whether the orders of this strategy are to go.
    private final boolean[] isAbandoned;

    private boolean isKilled;
    private long nextNs = Venue.NEVER;

    CancelSweep(
            OmsParts parts,
            List<Instrument> instruments,
            Requests requests,
            OmsConfiguration configuration) {
        this.parts = parts;
        this.instruments = instruments;
        this.requests = requests;
        retryNs = configuration.cancelRetryNs();
        isAbandoned = new boolean[configuration.capacity().strategies()];
    }

    /// All open orders are to go.
    void kill(long nowNs) {
        isKilled = true;
        sweep(true, nowNs);
    }

    /// The open orders of this strategy are to go.
    void abandon(int strategy, long nowNs) {
        isAbandoned[strategy] = true;
        sweep(true, nowNs);
    }

    /// The kill switch does not hold any more; orders of abandoned strategies still go.
    void revive() {
        isKilled = false;
    }

    /// When [#again] is due; [Venue#NEVER] when nothing is to go.
    long nextNs() {
        return nextNs;
    }

    /// Cancels once more what is still open.
    void again(long nowNs) {
        sweep(false, nowNs);
    }

    private void sweep(boolean isFirst, long nowNs) {
        boolean isLeft = false;
        for (Instrument instrument : instruments) {
            isLeft |= sweep(instrument.id(), Side.BUY, isFirst, nowNs);
            isLeft |= sweep(instrument.id(), Side.SELL, isFirst, nowNs);
        }
        if (isLeft) {
            nextNs = nowNs > Venue.NEVER - retryNs ? Venue.NEVER : nowNs + retryNs;
        } else {
            nextNs = Venue.NEVER;
            Arrays.fill(isAbandoned, false);
        }
    }

    private boolean sweep(int instrument, Side side, boolean isFirst, long nowNs) {
        boolean isLeft = false;
        OrderLink link = parts.orders().open(instrument, side).first;
        for (; link != null; link = link.next) {
            Order order = link.order;
            if (!isKilled && !isAbandoned[order.strategy]) {
                continue;
            }
            isLeft = true;
            if (order.state != OrderState.PENDING_CANCEL
                    && hasRoomFor(order)
                    && (isFirst || !parts.risk().isTooFast(nowNs))) {
                requests.sendCancel(order, nowNs);
                if (!isFirst) {
                    parts.risk().onSent(nowNs);
                }
            }
        }
        return isLeft;
    }

    /// A second cancel must not take the room that is kept for the first ones of others.
    private boolean hasRoomFor(Order order) {
        return !order.wasCancelSent || parts.output().venueRoom() > parts.orders().live();
    }
}
