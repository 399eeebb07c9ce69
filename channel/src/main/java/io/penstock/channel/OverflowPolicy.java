// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

/// What happens to a message that meets a full edge.
public enum OverflowPolicy {
    /// The sender waits for room.
    BLOCK,
    /// The sender is told at once that there is no room, and keeps the message.
    FAIL,
    /// The new message is dropped and counted.
    DROP_NEWEST,
    /// The oldest unread message is dropped and counted, and the new one takes its place; where
    /// several send these are two steps. Another's message may take the place, and then one more is
    /// dropped or a receiver makes room; and a sender whose edge ends in between is refused
    /// although it has dropped one.
    DROP_OLDEST,
    /// The new message is merged into the unread one of the same key, whether there is room or not;
    /// a new key that meets a full edge waits for room.
    CONFLATE
}
