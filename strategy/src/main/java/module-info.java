// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// What a user's strategy sees: callbacks, orders, positions and indicators.
@NullMarked
module io.penstock.strategy {
    requires transitive io.penstock.market;
    requires static transitive org.jspecify;

    exports io.penstock.strategy;
}
