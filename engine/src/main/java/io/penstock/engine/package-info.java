// SPDX-License-Identifier: Apache-2.0

/// Connects feed, strategy, OMS and venue, and runs them: [io.penstock.engine.Backtest] as one
/// event loop, the same every time; [io.penstock.engine.StagedSession] each on a strand of its own,
/// as they run live.
///
/// The recovery of an OMS from what it had logged before a crash has its place here: it is another
/// way to start the same stages.
package io.penstock.engine;
