// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

/// What can happen to an order, as [OrderTransitions] sees it.
enum OrderInput {
    /// A cancel went to the venue.
    CANCEL_SENT,
    /// A replace went to the venue.
    REPLACE_SENT,
    /// The venue took the order.
    ACCEPTED,
    /// A fill that leaves something.
    PARTIAL_FILL,
    /// A fill that leaves nothing.
    FULL_FILL,
    CANCELLED,
    /// The replacement works in its place.
    REPLACED,
    REJECTED,
    EXPIRED,
    CANCEL_REJECTED,
    REPLACE_REJECTED,
    /// A cancel or replace was refused because the venue does not know the order.
    NOT_FOUND,
    TRIGGERED,
    /// No answer came in time.
    TIMEOUT
}
