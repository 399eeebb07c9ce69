// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.List;

/// Every item to each branch. A branch begins with a [PassLink], which counts what it was given.
final class BroadcastLink extends Link {
    private final Link[] branches;

    BroadcastLink(List<Link> branches) {
        this.branches = branches.toArray(new Link[0]);
    }

    @Override
    public void accept(Object item) {
        for (Link branch : branches) {
            branch.accept(item);
        }
    }
}
