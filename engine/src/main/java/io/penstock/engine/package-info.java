// SPDX-License-Identifier: Apache-2.0

/// Connects feed, strategy, OMS and venue, and runs them: the backtest.
package io.penstock.engine;
