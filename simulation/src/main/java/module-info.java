// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// Every interleaving has a number: a seeded scheduler with virtual time.
@NullMarked
module io.penstock.simulation {
    requires transitive io.penstock.channel;
    requires static transitive org.jspecify;

    exports io.penstock.simulation;
}
