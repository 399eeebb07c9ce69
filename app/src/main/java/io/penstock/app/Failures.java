// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.engine.StrategyException;
import io.penstock.market.DataException;
import io.penstock.report.TextLayout;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Turns what went wrong into one line for the user and an exit code.
final class Failures {
    private final PrintWriter err;
    private final BooleanSupplier isVerbose;

    /// @param isVerbose whether the stack trace follows
    Failures(PrintWriter err, BooleanSupplier isVerbose) {
        this.err = err;
        this.isVerbose = isVerbose;
    }

    /// Says what went wrong.
    ///
    /// @return the exit code
    int report(Throwable failure) {
        err.println("penstock: " + message(failure));
        if (isVerbose.getAsBoolean()) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            err.println(oneLine(trace.toString().replace("\t", "    ")));
        }
        err.flush();
        return switch (failure) {
            case DataException _ -> ExitCode.BAD_DATA;
            case StrategyException _ -> ExitCode.STRATEGY;
            case IllegalArgumentException _ -> ExitCode.USAGE;
            default -> ExitCode.FAILED;
        };
    }

    private static String message(Throwable failure) {
        @Nullable String message = failure.getMessage();
        return switch (failure) {
            case OutOfMemoryError _ ->
                    "the Java heap is full; PENSTOCK_JAVA_OPTS=-Xmx8g gives it more";
            case UncheckedIOException e when e.getCause() != null ->
                    oneLine(String.valueOf(e.getCause().getMessage()));
            case IOException _ -> oneLine(String.valueOf(message));
            case RuntimeException e when message != null && isOurs(e) -> oneLine(message);
            default -> "internal error: " + oneLine(failure.toString()) + " (--verbose says where)";
        };
    }

    /// What our own code throws on purpose has a message for the user.
    private static boolean isOurs(RuntimeException failure) {
        return failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException
                || failure.getClass().getName().startsWith("io.penstock.");
    }

    /// Several lines, as a compiler writes them, stay; characters that steer a terminal do not.
    private static String oneLine(String message) {
        return String.join(
                System.lineSeparator(), message.strip().lines().map(TextLayout::clean).toList());
    }
}
