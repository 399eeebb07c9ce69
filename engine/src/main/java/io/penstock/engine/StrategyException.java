// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import org.jspecify.annotations.Nullable;

/// A strategy that cannot be run, or that failed while it ran: what is wrong, at which of the
/// user's own lines, in one message for the person who wrote it.
public final class StrategyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StrategyException(String message) {
        this(message, null);
    }

    public StrategyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
