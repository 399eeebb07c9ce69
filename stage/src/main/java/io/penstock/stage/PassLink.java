// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// Counts what it hands on: the beginning of a branch.
final class PassLink extends Link {
    private final Link to;

    PassLink(Link to) {
        this.to = to;
    }

    @Override
    public void accept(Object item) {
        count++;
        to.accept(item);
    }
}
