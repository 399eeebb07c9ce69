// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

/// The account of one edge at one moment. On an edge at rest, `sent = received + dropped + left`
/// holds exactly.
///
/// @param name name of the edge, unique in its run
/// @param capacity most messages that it holds
/// @param sent messages accepted from the sender, dropped ones included
/// @param received messages that the receiver took
/// @param dropped messages lost to the overflow policy, or undelivered when the edge was cancelled
///   or closed
/// @param left messages still inside, the one that the receiver looks at included
/// @param highWater most messages that were inside at once
/// @param refused messages that met a full or ended edge and stayed with the sender
/// @param senderWaits times the sender had to wait for room
/// @param receiverWaits times the receiver had to wait for a message
public record EdgeStatistics(
        String name,
        int capacity,
        long sent,
        long received,
        long dropped,
        long left,
        long highWater,
        long refused,
        long senderWaits,
        long receiverWaits) {

    /// True when every message sent is accounted for.
    public boolean isBalanced() {
        return sent == received + dropped + left;
    }
}
