// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

/// How much a run processed, how fast, and what it allocated.
///
/// @param events market events processed
/// @param skippedRecords bad records of the data that were counted and left out
/// @param wallNs elapsed time of the run
/// @param allocatedBytes heap bytes allocated while it ran; -1 when it was not measured
public record RunSpeed(long events, long skippedRecords, long wallNs, long allocatedBytes) {
    /// Market events per second of elapsed time; 0 when no time was measured.
    public double eventsPerSecond() {
        return wallNs <= 0 ? 0 : events * 1e9 / wallNs;
    }

    /// Heap bytes per market event; NaN when it was not measured.
    public double bytesPerEvent() {
        return allocatedBytes < 0 || events == 0 ? Double.NaN : (double) allocatedBytes / events;
    }
}
