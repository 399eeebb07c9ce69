// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// Takes what a sink has finished with.
final class EndLink extends Link {
    /// There is nothing behind it.
    EndLink() {}

    @Override
    public void accept(Object item) {
        // The sink has had it.
    }
}
