// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

import java.util.List;

/// What a run was asked to do.
///
/// @param title a line for people, such as `Momentum on BTCUSDT`
/// @param mode kind of run: `backtest`
/// @param strategy name of the strategy's class
/// @param parameters the parameters that the strategy declares
/// @param data where the events come from, in words: files, or the built-in market
/// @param fromNs time of the first event
/// @param toNs time of the last event
/// @param seed seed of everything random
/// @param settings the other settings that decide the result, in the order to show them: latencies,
///   fees, queue model, risk limits, placement
public record RunSetup(
        String title,
        String mode,
        String strategy,
        List<ParameterValue> parameters,
        String data,
        long fromNs,
        long toNs,
        long seed,
        List<Setting> settings) {

    public RunSetup {
        parameters = List.copyOf(parameters);
        settings = List.copyOf(settings);
    }

    /// Length of the market time that was run, in ns.
    public long periodNs() {
        return Math.max(0, toNs - fromNs);
    }
}
