// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import io.penstock.channel.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How many processor cores others keep busy: what the Linux kernel counts as busy in `/proc/stat`
/// less the time of this process. Elsewhere it is not known.
final class ForeignLoad {
    private static final Path STATISTICS = Path.of("/proc/stat");
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int LAST = 8;

    private final Scheduler scheduler;
    private final Sample start;

    /// @param busyTicks time of all cores that was not idle, in the kernel's ticks
    /// @param allTicks time of all cores
    /// @param cores cores that the kernel counts
    record Sample(long busyTicks, long allTicks, int cores) {
        static final Sample UNKNOWN = new Sample(0, 0, 0);

        /// Reads the lines of `/proc/stat`.
        static Sample of(List<String> lines) {
            long[] ticks = {0, 0};
            int cores = 0;
            for (String line : lines) {
                String[] fields = line.split("\\s+", -1);
                if (fields[0].equals("cpu") && fields.length > LAST) {
                    for (int i = 1; i <= LAST; i++) {
                        long time = Long.parseLong(fields[i]);
                        ticks[0] += i == IDLE || i == IO_WAIT ? 0 : time;
                        ticks[1] += time;
                    }
                } else if (fields[0].startsWith("cpu")) {
                    cores++;
                }
            }
            return new Sample(ticks[0], ticks[1], cores);
        }
    }

    private final long startNs;
    private final long startOwnNs;

    private ForeignLoad(Scheduler scheduler) {
        this.scheduler = scheduler;
        start = now();
        startNs = scheduler.nanoTime();
        startOwnNs = ownNs();
    }

    static ForeignLoad start(Scheduler scheduler) {
        return new ForeignLoad(scheduler);
    }

    /// Mean number of cores that others kept busy since the start; NaN when not known.
    double foreignCores() {
        return foreignCores(start, now(), ownNs() - startOwnNs, scheduler.nanoTime() - startNs);
    }

    static double foreignCores(Sample from, Sample to, long ownNs, long elapsedNs) {
        long ticks = to.allTicks - from.allTicks;
        if (ticks <= 0 || elapsedNs <= 0) {
            return Double.NaN;
        }
        double busy = (double) (to.busyTicks - from.busyTicks) / ticks * to.cores;
        return Math.max(0, busy - (double) ownNs / elapsedNs);
    }

    private static Sample now() {
        try {
            return Files.isReadable(STATISTICS)
                    ? Sample.of(Files.readAllLines(STATISTICS))
                    : Sample.UNKNOWN;
        } catch (IOException | NumberFormatException e) {
            return Sample.UNKNOWN;
        }
    }

    private static long ownNs() {
        return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }
}
