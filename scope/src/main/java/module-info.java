// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// Concurrent work with a beginning, a deadline and an end.
@NullMarked
module io.penstock.scope {
    requires transitive io.penstock.channel;
    requires static transitive org.jspecify;

    exports io.penstock.scope;
}
