// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.Instrument;
import java.util.List;

/// Which session of the agent-made market.
///
/// @param seed everything that happens follows from it
/// @param startNs opening, ns since 1970
/// @param durationNs length of the session in virtual nanoseconds
public record AgentMarketConfiguration(long seed, long startNs, long durationNs) {
    /// 2026-01-05T14:30:00Z.
    public static final long DEFAULT_START_NS = 1_767_623_400_000_000_000L;

    /// Thirty minutes.
    public static final long DEFAULT_DURATION_NS = 1_800_000_000_000L;

    public AgentMarketConfiguration {
        if (durationNs <= 0 || startNs < 0 || startNs > Long.MAX_VALUE / 2 - durationNs) {
            throw new IllegalArgumentException(
                    "a session starts after 1970 and lasts: startNs="
                            + startNs
                            + " durationNs="
                            + durationNs);
        }
    }

    /// Thirty minutes from 2026-01-05T14:30:00Z.
    public static AgentMarketConfiguration of(long seed) {
        return new AgentMarketConfiguration(seed, DEFAULT_START_NS, DEFAULT_DURATION_NS);
    }

    /// When the session ends.
    public long endNs() {
        return startNs + durationNs;
    }

    /// The same market for another length of time.
    public AgentMarketConfiguration withDuration(long newDurationNs) {
        return new AgentMarketConfiguration(seed, startNs, newDurationNs);
    }

    /// What is traded in it.
    public List<Instrument> instruments() {
        return List.of(AgentMarket.newInstrument());
    }
}
