// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads what the calling platform thread has used. A virtual thread cannot be asked: its carrier's
/// numbers are not its own.
final class PlatformUsage {
    /// Kept by Linux: nanoseconds on a processor, nanoseconds runnable without one, time slices.
    private static final String SCHEDULE_FILE = "/proc/thread-self/schedstat";

    private static final int FILE_BYTES = 128;

    private static final com.sun.management.@Nullable ThreadMXBean THREADS =
            ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                    ? threads
                    : null;

    private PlatformUsage() {}

    static StrandUsage current() {
        var threads = THREADS;
        return threads == null
                ? new StrandUsage(-1, runQueueNs(), -1)
                : new StrandUsage(
                        threads.isCurrentThreadCpuTimeSupported()
                                        && threads.isThreadCpuTimeEnabled()
                                ? threads.getCurrentThreadCpuTime()
                                : -1,
                        runQueueNs(),
                        threads.isThreadAllocatedMemorySupported()
                                        && threads.isThreadAllocatedMemoryEnabled()
                                ? threads.getCurrentThreadAllocatedBytes()
                                : -1);
    }

    private static long runQueueNs() {
        try (InputStream file = new FileInputStream(SCHEDULE_FILE)) {
            String text =
                    new String(file.readNBytes(FILE_BYTES), StandardCharsets.US_ASCII).strip();
            int first = text.indexOf(' ');
            int second = text.indexOf(' ', first + 1);
            return Long.parseLong(text.substring(first + 1, second));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            // Not Linux, or a kernel that does not keep it.
            return -1;
        }
    }
}
