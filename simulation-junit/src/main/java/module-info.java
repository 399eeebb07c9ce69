// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// Tests that run in thousands of interleavings: an extension of JUnit 6.
@NullMarked
module io.penstock.simulation.junit {
    requires transitive io.penstock.simulation;
    requires transitive org.junit.jupiter.api;
    requires static transitive org.jspecify;

    exports io.penstock.simulation.junit;
}
