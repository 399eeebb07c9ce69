// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// What runs a stage: chains of links, the loops that drive them, the slot ring and the meters.
@NullMarked
module io.penstock.stage {
    requires transitive io.penstock.scope;
    requires jdk.jfr;
    requires static transitive org.jspecify;

    exports io.penstock.stage;
}
