// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

/// Something that is measured, and the hand-written loop that is its floor: what it would cost to
/// do the same with plain reads of the same mapped bytes, by somebody who knows everything about
/// this tape and needs nothing else. Both go over the tape once a pass. Confined to one thread.
///
/// @param name how it is asked for, such as `level-book`
/// @param event what is counted, such as `LEVEL, CLEAR or GAP`
/// @param events events of one pass
/// @param subject ours
/// @param floor the hand-written loop; its checksum is that of the subject
public record Workload(String name, String event, long events, Pass subject, Pass floor) {
    public Workload {
        if (events < 1) {
            throw new IllegalArgumentException(
                    "a workload has events: name=" + name + " events=" + events);
        }
    }

    /// One pass over the data.
    @FunctionalInterface
    public interface Pass {
        /// Runs once, from the same start every time.
        ///
        /// @param marks told how far the pass is, now and then, by passes that set something up
        ///   anew each time
        /// @return a checksum of everything that was computed
        long run(Marks marks);
    }
}
