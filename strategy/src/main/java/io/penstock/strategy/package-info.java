// SPDX-License-Identifier: Apache-2.0

/// What a user's strategy sees: callbacks, orders, positions and indicators.
package io.penstock.strategy;
