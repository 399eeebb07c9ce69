// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;

/// Where a record was read, for messages about it.
@FunctionalInterface
interface Place {
    /// The error to throw about the record that was read last.
    DataException error(String problem, String remedy);

    /// The same about a record that does not parse, perhaps because the file ends inside it.
    default DataException malformed(String problem, String remedy) {
        return error(problem, remedy);
    }
}
