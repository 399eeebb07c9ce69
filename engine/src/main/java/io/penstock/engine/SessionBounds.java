// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.trading.OmsConfiguration;

/// How many messages the edges between workers, OMS and venue hold, from how many orders there can
/// be and how much a worker may leave unread.
///
/// @param requests worker to OMS: room for each order, its replacement, and a cancel of both
/// @param told most that the OMS says to one worker in one step, one message for each order that it
///   knows: when it cancels all of them, when answers are overdue, or along a chain of replacements
/// @param mostUnread most that a worker may have before it when a report about it comes
/// @param orderEvents OMS to worker
/// @param toVenue OMS to venue
/// @param fromVenue venue to OMS
record SessionBounds(
        int requests, int told, int mostUnread, int orderEvents, int toVenue, int fromVenue) {
    static SessionBounds of(OmsConfiguration.Capacity oms, int unreadEvents) {
        int requests = Edges.powerOfTwo(4L * oms.openOrders());
        int told = Math.toIntExact(2L * oms.openOrders() + oms.endedOrders() + 2);
        int mostUnread = Math.addExact(unreadEvents, requests);
        return new SessionBounds(
                requests,
                told,
                mostUnread,
                Edges.powerOfTwo((long) mostUnread + requests + 2L * told),
                requests,
                Edges.powerOfTwo(8L * oms.openOrders()));
    }

    /// Room that a worker must have before the OMS takes one of its requests: its answer, and all
    /// that may be said at once afterwards.
    int roomForRequest() {
        return told + 1;
    }
}
