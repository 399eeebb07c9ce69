// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import java.lang.foreign.MemorySegment;

/// Takes the order log: everything that happens to orders, in the order in which the OMS handles
/// it, as records of the layout [OrderRecord]. Called on the OMS's thread.
@FunctionalInterface
public interface OrderLog {
    /// Keeps nothing.
    OrderLog NONE = (segment, offset) -> {};

    /// Takes the record at this offset; its bytes are valid during the call.
    void append(MemorySegment segment, long offset);
}
