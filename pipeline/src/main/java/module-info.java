// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// Bounded pipelines: an immutable description, the plan that it makes, and its run.
@NullMarked
module io.penstock.pipeline {
    requires transitive io.penstock.stage;
    requires jdk.jfr;
    requires static transitive org.jspecify;

    exports io.penstock.pipeline;
}
