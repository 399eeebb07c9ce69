// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// What a run did, and how that is told: as text, as JSON and as a page with plots.
@NullMarked
module io.penstock.report {
    requires transitive io.penstock.strategy;
    requires static transitive org.jspecify;

    exports io.penstock.report;
}
