// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;

/// Where a record was read, for messages about it.
@FunctionalInterface
interface Place {
    /// The error to throw about the record that was read last.
    DataException error(String problem, String remedy);
}
