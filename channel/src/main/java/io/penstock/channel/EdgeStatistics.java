// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

/// The account of one edge at one moment. On an edge at rest, `sent = received + dropped + left`
/// holds exactly.
///
/// @param name name of the edge, unique in its run
/// @param capacity most messages that it holds
/// @param sent messages accepted from the sender, dropped ones included
/// @param received messages that the receiver took
/// @param dropped messages lost to the overflow policy, merged into another one, or undelivered
///   when the edge was cancelled or closed
/// @param left messages still inside, the one that the receiver looks at included
/// @param highWater most messages that were inside at once
/// @param refused messages that met a full or ended edge and stayed with the sender
/// @param senderWaits times the sender had to wait for room
/// @param receiverWaits times the receiver had to wait for a message
/// @param processed received messages that the receiver has finished with
/// @param senderWaitNs time that senders waited for room, in nanoseconds; those that wait now not
///   included
/// @param receiverWaitNs time that receivers waited for a message, likewise
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
        long receiverWaits,
        long processed,
        long senderWaitNs,
        long receiverWaitNs) {

    /// True when every message sent is accounted for.
    public boolean isBalanced() {
        return sent == received + dropped + left;
    }
}
