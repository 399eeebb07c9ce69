// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// Leaves a chain of links because the run is over: the failure has been told already. Without a
/// stack.
final class ChainStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChainStopped() {
        super("the run is over", null, false, false);
    }
}
