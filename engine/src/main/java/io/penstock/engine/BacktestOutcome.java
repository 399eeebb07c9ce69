// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.report.RunResult;
import org.jspecify.annotations.Nullable;

/// How a backtest ended.
///
/// @param result what it did; marked partial when it did not go to its end
/// @param failure why it did not, when something failed; null when it went to its end or was asked
///   to stop
public record BacktestOutcome(RunResult result, @Nullable RuntimeException failure) {}
