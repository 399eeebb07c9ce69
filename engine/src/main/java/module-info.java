// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// The only place that connects stages.
@NullMarked
module io.penstock.engine {
    requires transitive io.penstock.exchange;
    requires transitive io.penstock.formats;
    requires transitive io.penstock.report;
    requires transitive io.penstock.stage;
    requires java.compiler;
    requires java.management;
    requires jdk.management;
    requires HdrHistogram;
    requires jdk.compiler;
    requires static transitive org.jspecify;

    exports io.penstock.engine;
}
