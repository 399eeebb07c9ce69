// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import java.lang.management.ManagementFactory;

/// Counts the heap bytes that its thread has allocated since it was made. Confined to that thread.
public final class AllocationCounter {
    private final long startBytes = now();

    /// Counts from now on.
    public AllocationCounter() {}

    /// Bytes since the start, or -1 where the JVM cannot tell.
    public long bytes() {
        return startBytes < 0 ? -1 : now() - startBytes;
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean()
                        instanceof com.sun.management.ThreadMXBean threads
                ? threads.getCurrentThreadAllocatedBytes()
                : -1;
    }
}
