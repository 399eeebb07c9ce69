// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// What is measured, beside hand-written loops over the same bytes.
@NullMarked
module io.penstock.bench {
    requires transitive io.penstock.engine;
    requires static transitive org.jspecify;

    exports io.penstock.bench;
}
