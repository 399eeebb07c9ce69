// SPDX-License-Identifier: Apache-2.0

/// Readers of recorded market data, from raw files to events.
package io.penstock.formats;
