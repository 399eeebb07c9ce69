// SPDX-License-Identifier: Apache-2.0

/// The simulated venue: replay of recorded markets, a matching engine, agents, latency and fees.
package io.penstock.exchange;
