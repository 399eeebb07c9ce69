// SPDX-License-Identifier: Apache-2.0
package io.penstock.checks;

/// One breach of a rule.
///
/// @param rule the rule
/// @param subject what an allowance names: a class, a file, or `file#method`
/// @param place file and line, or as much of it as is known
/// @param what what is wrong there
record Finding(Rule rule, String subject, String place, String what) {
    @Override
    public String toString() {
        return place + ": " + what;
    }
}
