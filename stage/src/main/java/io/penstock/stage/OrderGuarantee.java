// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// In which order the results of a stage leave it.
public enum OrderGuarantee {
    /// In the order in which the items came in.
    INPUT_ORDER("input order"),
    /// Those of one key in the order in which they came in; keys may overtake each other.
    KEY_ORDER("order per key"),
    /// As they are finished.
    NONE("no order");

    private final String words;

    OrderGuarantee(String words) {
        this.words = words;
    }

    /// The weaker of the two: what is left of the order after both.
    public OrderGuarantee and(OrderGuarantee other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /// The name as it stands in plans.
    @Override
    public String toString() {
        return words;
    }
}
