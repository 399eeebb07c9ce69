// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.lang.foreign.MemorySegment;

/// Takes messages of a fixed layout. The bytes are valid during the call; a sink copies what it
/// keeps.
@FunctionalInterface
public interface SlotSink {
    /// Takes the message whose first byte is at this offset.
    void accept(MemorySegment segment, long offset);
}
