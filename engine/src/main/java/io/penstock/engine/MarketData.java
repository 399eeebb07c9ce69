// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.exchange.AgentMarketConfiguration;
import io.penstock.market.Tape;
import java.util.List;

/// Where the market of a run comes from.
public sealed interface MarketData {
    /// The market in words, for the report.
    String description();

    /// Bad records of the data that were left out.
    default long skippedRecords() {
        return 0;
    }

    /// What the user should know about the data, a sentence each.
    default List<String> warnings() {
        return List.of();
    }

    /// A recorded market. The tape is read in place; whoever opened it closes it after the run.
    record Recorded(
            Tape tape, String description, long skippedRecords, List<String> warnings)
            implements MarketData {
        public Recorded {
            warnings = List.copyOf(warnings);
        }
    }

    /// A market that agents make, matched by the exchange; the run's orders meet theirs for real.
    record Agents(AgentMarketConfiguration configuration, String description)
            implements MarketData {}
}
