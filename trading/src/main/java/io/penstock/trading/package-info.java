// SPDX-License-Identifier: Apache-2.0

/// The OMS with its order state machine, risk limits and portfolio, and the port to a venue.
package io.penstock.trading;
