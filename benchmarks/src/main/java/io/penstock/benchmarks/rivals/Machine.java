// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the processors did until now: all of them, the host, and this process. Immutable; two of
/// them tell what happened between.
///
/// @param nanoTime when it was read
/// @param busyNs time that all processors were busy, summed; -1 where the system does not tell
/// @param stealNs time that the host took away, summed
/// @param ownNs processor time of this process
/// @param allocatedBytes what all threads of this process allocated
record Machine(long nanoTime, long busyNs, long stealNs, long ownNs, long allocatedBytes) {
    /// A tick of /proc/stat: USER_HZ is 100 on every Linux.
    private static final long TICK_NS = 10_000_000;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Machine now() {
        long[] all = {-1, 0};
        try {
            all = busyAndSteal(Files.readString(Path.of("/proc/stat")));
        } catch (IOException _) {
            // Not Linux: foreign load stays unknown and no sample is clean.
        }
        return new Machine(
                System.nanoTime(),
                all[0],
                all[1],
                SYSTEM.getProcessCpuTime(),
                THREADS.getTotalThreadAllocatedBytes());
    }

    /// Busy and stolen nanoseconds of the first line of /proc/stat: `cpu`, then user, nice, system,
    /// idle, iowait, irq, softirq, steal in ticks.
    static long[] busyAndSteal(String stat) {
        String[] fields = stat.lines().findFirst().orElse("").trim().split("\\s+", -1);
        if (fields.length < 9 || !fields[0].equals("cpu")) {
            return new long[] {-1, 0};
        }
        long busy = 0;
        for (int i : new int[] {1, 2, 3, 6, 7}) {
            busy += Long.parseLong(fields[i]);
        }
        return new long[] {busy * TICK_NS, Long.parseLong(fields[8]) * TICK_NS};
    }

    /// Processors that others kept busy since then, on average; NaN where unknown.
    double foreignCoresSince(Machine then) {
        if (busyNs < 0 || then.busyNs < 0) {
            return Double.NaN;
        }
        double foreign = (double) (busyNs - then.busyNs) - (ownNs - then.ownNs);
        return Math.max(0, foreign / (nanoTime - then.nanoTime));
    }

    /// Processors that the host took away since then, on average.
    double stealCoresSince(Machine then) {
        return (double) (stealNs - then.stealNs) / (nanoTime - then.nanoTime);
    }

    /// Processors that this process kept busy since then, on average.
    double ownCoresSince(Machine then) {
        return (double) (ownNs - then.ownNs) / (nanoTime - then.nanoTime);
    }
}
