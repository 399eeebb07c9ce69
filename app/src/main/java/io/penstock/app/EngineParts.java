// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.app.PenstockCommand.Parts;

/// The parts of the command that the engine brings.
final class EngineParts {
    private EngineParts() {}

    static Parts parts() {
        return new Parts(EngineBacktest::new, new EngineTapeTools(), new EngineBench());
    }
}
