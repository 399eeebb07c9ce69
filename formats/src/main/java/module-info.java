// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// Readers of recorded market data.
@NullMarked
module io.penstock.formats {
    requires transitive io.penstock.market;
    requires tools.jackson.core;
    requires static transitive org.jspecify;

    exports io.penstock.formats;
}
