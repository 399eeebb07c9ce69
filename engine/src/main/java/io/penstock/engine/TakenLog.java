// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import java.lang.foreign.MemorySegment;

/// Takes the log of what one stage of a [StagedSession] took, in the order in which it took it, as
/// entries of the layout [TakenRecord]. With it [SessionReplay] repeats what the stage decided.
/// Called on the strand of the stage, before the message is handled.
@FunctionalInterface
public interface TakenLog {
    /// Keeps nothing.
    TakenLog NONE = (segment, offset) -> {};

    /// Takes the entry at this offset; its bytes are valid during the call.
    void append(MemorySegment segment, long offset);
}
