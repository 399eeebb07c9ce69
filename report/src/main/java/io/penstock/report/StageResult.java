// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

/// What one stage did.
///
/// @param name name of the stage
/// @param placement how it ran: `fused` with the event loop, or a thread of its own
/// @param items items that it processed
/// @param itemsPerSecond throughput over elapsed time since the start of the run
public record StageResult(String name, String placement, long items, ValueSeries itemsPerSecond) {}
