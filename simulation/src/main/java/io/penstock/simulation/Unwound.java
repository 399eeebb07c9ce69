// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.io.Serial;

/// Thrown out of every wait once the run has ended, so that the strands that are left end too. Not
/// a failure of the program; it must not be kept by a catch.
final class Unwound extends Error {
    @Serial private static final long serialVersionUID = 1L;

    Unwound() {
        super("the simulated run has ended", null, false, false);
    }
}
