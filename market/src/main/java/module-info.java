// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// Market events with a fixed layout, the tape that keeps them and the books built from them.
@NullMarked
module io.penstock.market {
    requires transitive io.penstock.channel;
    requires static transitive org.jspecify;

    exports io.penstock.market;
}
