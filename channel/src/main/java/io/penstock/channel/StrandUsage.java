// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

/// What a strand has used since it started; -1 where that cannot be known.
///
/// @param cpuNs processor time in nanoseconds
/// @param runQueueNs time in nanoseconds that it could have run but had no processor
/// @param allocatedBytes bytes of heap that it allocated
public record StrandUsage(long cpuNs, long runQueueNs, long allocatedBytes) {
    /// Nothing is known.
    public static final StrandUsage UNKNOWN = new StrandUsage(-1, -1, -1);
}
