// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// Orders, risk and positions between a strategy and a venue.
@NullMarked
module io.penstock.trading {
    requires transitive io.penstock.strategy;
    requires static transitive org.jspecify;

    exports io.penstock.trading;
}
