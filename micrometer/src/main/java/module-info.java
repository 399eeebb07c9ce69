// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// The meters of a run, in a registry of Micrometer.
@NullMarked
module io.penstock.micrometer {
    exports io.penstock.micrometer;

    requires transitive io.penstock.pipeline;
    requires transitive micrometer.core;
    requires static transitive org.jspecify;
}
