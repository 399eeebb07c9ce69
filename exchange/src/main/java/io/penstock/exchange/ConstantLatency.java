// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

/// Always the same delay.
///
/// @param ns the delay in nanoseconds
record ConstantLatency(long ns) implements LatencyModel {
    ConstantLatency {
        if (ns < 0) {
            throw new IllegalArgumentException("a latency is not negative: ns=" + ns);
        }
    }

    @Override
    public long nextNs() {
        return ns;
    }

    @Override
    public LatencyModel restarted() {
        return this;
    }
}
