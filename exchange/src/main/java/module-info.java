// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// The simulated venue.
@NullMarked
module io.penstock.exchange {
    requires transitive io.penstock.trading;
    requires static transitive org.jspecify;

    exports io.penstock.exchange;
}
