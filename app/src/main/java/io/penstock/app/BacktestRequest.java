// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import org.jspecify.annotations.Nullable;

/// A backtest as the command line asks for it, each value checked by itself.
///
/// @param strategy a `.java` file or the name of a class on the class path; null for the example
///   that ships with the program
/// @param data which data
/// @param period which part of it
/// @param venue the simulated venue
/// @param risk limits
/// @param run parameters and how it is run
record BacktestRequest(
        @Nullable String strategy,
        DataOptions data,
        PeriodOptions period,
        VenueOptions venue,
        RiskOptions risk,
        RunOptions run) {}
