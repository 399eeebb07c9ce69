// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

/// What a conversion does with a record that cannot be used.
public enum BadRecordPolicy {
    /// The conversion ends with a `DataException` that names the record.
    FAIL,
    /// The record is left out whole, counted and reported, and the conversion goes on. Data that
    /// ends early or is damaged counts as one bad record, and its file ends there; what was read is
    /// then a part, and the report says so.
    SKIP
}
