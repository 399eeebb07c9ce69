// SPDX-License-Identifier: Apache-2.0

/// Connects feed, strategy, OMS and venue, and runs them: the backtest.
///
/// The recovery of an OMS from what it had logged before a crash has its place here: it is another
/// way to start the same stages.
package io.penstock.engine;
