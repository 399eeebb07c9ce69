// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import java.util.Optional;

/// Finds the user's own line in what went wrong inside a strategy.
final class UserCode {
    private UserCode() {}

    /// The failure of a strategy as one message with the user's line.
    ///
    /// @param where what was being done, such as `onQuote`
    static StrategyException failed(Class<?> strategy, String where, Throwable failure) {
        if (failure instanceof StrategyException already) {
            return already;
        }
        String place =
                lineIn(strategy, failure.getStackTrace()).map(line -> line + ": ").orElse("");
        String what =
                failure instanceof IllegalArgumentException && where.equals("its constructor")
                        ? String.valueOf(failure.getMessage())
                        : where + " failed: " + failure;
        return new StrategyException(place + strategy.getSimpleName() + ": " + what, failure);
    }

    /// A callback that does not return, as one message with the user's line.
    static String stuck(
            Class<?> strategy, String callback, StackTraceElement[] frames, long limitNs) {
        return lineIn(strategy, frames).map(line -> line + ": ").orElse("")
                + strategy.getSimpleName()
                + ": "
                + callback
                + " has not returned for "
                + limitNs / 1_000_000
                + " ms";
    }

    /// A strategy that does not take what it is told, as one message with the line it is at.
    static String unread(Class<?> strategy, String callback, StackTraceElement[] frames, int most) {
        return lineIn(strategy, frames).map(line -> line + ": ").orElse("")
                + strategy.getSimpleName()
                + ": more than "
                + most
                + " order events are unread; the last callback is "
                + callback;
    }

    /// `File.java:line` of the innermost frame that belongs to the strategy's own classes.
    static Optional<String> lineIn(Class<?> strategy, StackTraceElement[] frames) {
        String outermost = strategy.getName();
        for (StackTraceElement frame : frames) {
            String name = frame.getClassName();
            if (name.equals(outermost) || name.startsWith(outermost + "$")) {
                return Optional.of(frame.getFileName() + ":" + frame.getLineNumber());
            }
        }
        return Optional.empty();
    }
}
