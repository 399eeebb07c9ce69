// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.StrandKind;

/// What carries the work of a stage. Processes will be one more: a strand for each that waits for
/// its answers (ADR 0008).
public enum ExecutionModel {
    /// The strand of the stage before it: no thread and no queue of its own.
    FUSED("fused", StrandKind.PLATFORM),
    /// Threads of the operating system: for work that keeps a core busy.
    PLATFORM("platform", StrandKind.PLATFORM),
    /// Virtual threads: for work that mostly waits.
    VIRTUAL("virtual", StrandKind.VIRTUAL),
    /// One thread that several stages share, none of which may block.
    EVENT_LOOP("event loop", StrandKind.PLATFORM);

    private final String words;
    private final StrandKind strands;

    ExecutionModel(String words, StrandKind strands) {
        this.words = words;
        this.strands = strands;
    }

    /// The kind of strand that this model starts.
    public StrandKind strands() {
        return strands;
    }

    /// The name as it stands in plans and reports.
    @Override
    public String toString() {
        return words;
    }
}
