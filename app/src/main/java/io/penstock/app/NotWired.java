// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.app.PenstockCommand.Parts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/// Stands for the parts that the engine brings, until it is there.
final class NotWired implements TapeTools {
    private NotWired() {}

    static Parts parts() {
        return new Parts(
                () -> {
                    throw missing();
                },
                new NotWired(),
                (_, _) -> {
                    throw missing();
                });
    }

    @Override
    public void convert(
            List<Path> sources,
            Path target,
            boolean keepReference,
            SourceOptions options,
            Output output) {
        throw missing();
    }

    @Override
    public void info(Path tape, PrintWriter out) {
        throw missing();
    }

    @Override
    public boolean check(List<Path> sources, SourceOptions options, Output output) {
        throw missing();
    }

    private static IllegalStateException missing() {
        return new IllegalStateException("this build has no engine");
    }
}
