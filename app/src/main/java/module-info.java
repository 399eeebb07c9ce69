// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// The penstock command.
@NullMarked
module io.penstock.app {
    requires io.penstock.bench;
    requires io.penstock.engine;
    requires io.penstock.report;
    requires info.picocli;
    requires static transitive org.jspecify;

    opens io.penstock.app to
            info.picocli;
}
