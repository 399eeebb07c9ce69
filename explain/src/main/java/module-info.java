// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// What limits a pipeline, why, and what to do about it, with numbers.
@NullMarked
module io.penstock.explain {
    exports io.penstock.explain;

    requires transitive io.penstock.pipeline;
    requires jdk.jfr;
    requires static transitive org.jspecify;
}
