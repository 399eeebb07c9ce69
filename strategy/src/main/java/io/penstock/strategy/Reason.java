// SPDX-License-Identifier: Apache-2.0
package io.penstock.strategy;

/// Why a request was refused, or an order ended without being filled: the bounded set of reasons
/// that messages carry as a code.
public enum Reason {
    /// No reason is needed.
    NONE("none"),
    /// The strategy asked for it.
    REQUESTED("requested"),
    /// Its time in force left no more time.
    TIME_IN_FORCE("time in force"),
    /// The session ended.
    SESSION_END("session end"),
    /// No room on an edge.
    NO_ROOM("no room on the edge"),
    /// The instrument is not one of the run's.
    UNKNOWN_INSTRUMENT("unknown instrument"),
    /// The order to cancel or replace is not known or has ended.
    UNKNOWN_ORDER("unknown order"),
    /// The client order id was used before.
    DUPLICATE_ID("duplicate client order id"),
    /// The quantity is not positive.
    BAD_QUANTITY("bad quantity"),
    /// The price is missing, not wanted, or not on a tick.
    BAD_PRICE("bad price"),
    /// A time in force that the type cannot have, or an expiry that is missing.
    BAD_TIME_IN_FORCE("bad time in force"),
    /// More lots than one order may have.
    ORDER_SIZE("order size limit"),
    /// More notional than one order may have.
    NOTIONAL("notional limit"),
    /// The position could grow beyond its limit.
    POSITION("position limit"),
    /// Too far from the market.
    PRICE_COLLAR("price collar"),
    /// No market price to hold the order against.
    NO_REFERENCE_PRICE("no reference price"),
    /// Too many requests in the time window.
    ORDER_RATE("order rate limit"),
    /// Too many open orders.
    OPEN_ORDERS("open orders limit"),
    /// It could trade with an order of our own.
    SELF_TRADE("self-trade"),
    /// Only orders that reduce the position are let through.
    REDUCING("trading state is REDUCING"),
    /// No orders are let through.
    HALTED("trading state is HALTED"),
    /// A post-only order would have been executed on arrival.
    WOULD_TAKE("post-only order would take"),
    /// A fill-or-kill order could not be filled wholly.
    NOT_FILLABLE("not wholly fillable"),
    /// Nothing rests on the other side.
    NO_LIQUIDITY("no liquidity"),
    /// The venue does not trade the instrument now.
    NOT_TRADING("not trading"),
    /// The venue's book is stale.
    STALE_BOOK("stale book"),
    /// The venue refused for reasons of its own.
    VENUE("venue"),
    /// The client order id is not positive, or of no strategy of the run.
    BAD_ID("bad client order id"),
    /// The order has a cancel or replace under way, or its state is not known.
    CHANGE_PENDING("order has a change under way");

    private static final Reason[] BY_CODE = values();

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    /// The reason in words, for people.
    public String text() {
        return text;
    }

    /// The code in layouts.
    public byte code() {
        return (byte) ordinal();
    }

    /// The reason with this code.
    public static Reason of(byte code) {
        return BY_CODE[code];
    }
}
