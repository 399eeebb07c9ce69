// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

/// A parameter that a strategy declares, and the value of this run.
///
/// @param name name that `--set` knows
/// @param value value used
/// @param defaultValue value when nothing is set
public record ParameterValue(String name, String value, String defaultValue) {
    /// True when the run did not use the default.
    public boolean isChanged() {
        return !value.equals(defaultValue);
    }
}
