// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.channel.Scheduler;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Starts the `penstock` command.
public final class Main {
    private Main() {}

    /// Runs the command line and ends the process with its exit code.
    public static void main(String[] arguments) {
        // What a strategy prints must not end up in the middle of --json.
        System.setOut(System.err);
        Console console = console();
        System.exit(PenstockCommand.run(List.of(arguments), console, EngineParts.parts()));
    }

    private static Console console() {
        boolean isTerminal =
                Boolean.getBoolean("penstock.terminal") && !"dumb".equals(System.getenv("TERM"));
        return new Console(
                writer(new FileOutputStream(FileDescriptor.out)),
                writer(new FileOutputStream(FileDescriptor.err)),
                isTerminal,
                Scheduler.real()::nanoTime);
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(stream, false, StandardCharsets.UTF_8);
    }
}
