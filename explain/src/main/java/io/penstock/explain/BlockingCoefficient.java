// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

/// Which part of the time of an item is waiting, and so how many threads keep the cores busy.
///
/// Time in the run queue is neither work nor waiting for something outside: it is taken off first.
/// Otherwise a stage with too many threads looks as if it did I/O, and would be given more.
///
/// @param serviceNs time of one item, from begin to end
/// @param cpuNs processor time of it
/// @param runQueueNs time of it in which the thread was ready but had no core
public record BlockingCoefficient(double serviceNs, double cpuNs, double runQueueNs) {
    /*
     * B. Goetz and others, "Java Concurrency in Practice", 2006, section 8.2:
     * N = cores * utilisation * (1 + W/C). V. Subramaniam, "Programming Concurrency on the JVM",
     * 2011, writes the same as N = cores / (1 - b), with b = W / (W + C).
     */

    public BlockingCoefficient {
        if (!(serviceNs >= 0 && cpuNs >= 0 && runQueueNs >= 0)) {
            throw new IllegalArgumentException(
                    "times must be known and not negative: serviceNs=%s cpuNs=%s runQueueNs=%s"
                            .formatted(serviceNs, cpuNs, runQueueNs));
        }
    }

    /// Time in which the item waited for something outside, in nanoseconds.
    public double waitNs() {
        return Math.max(0, serviceNs - cpuNs - runQueueNs);
    }

    /// From 0, nothing but computing, to 1, nothing but waiting. Of an item that took no time, 0.
    public double value() {
        double waiting = waitNs();
        return waiting == 0 ? 0 : waiting / (waiting + cpuNs);
    }

    /// Threads that keep `cores` busy for the share `utilisation`. Infinite where an item costs no
    /// processor time.
    public double threads(int cores, double utilisation) {
        if (cores < 1) {
            throw new IllegalArgumentException("cores must be at least 1: cores=" + cores);
        }
        LittlesLaw.requireShare(utilisation);
        return cores * utilisation / (1 - value());
    }
}
