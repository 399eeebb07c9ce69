// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import org.jspecify.annotations.Nullable;

/// Data that cannot be used: what is wrong, where, and what to do about it, in one line for the
/// person who brought the data. The message is complete; nobody needs the stack trace.
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param source file (and entry of an archive) as the user named it
    /// @param place where in it, such as `line 12` or `byte 4,096`; empty when it is about the
    ///   whole
    /// @param problem what is wrong there, such as `a price that is no number: price="x"`
    /// @param remedy what the user can do, as a sentence; empty when nothing can be said
    public DataException(String source, String place, String problem, String remedy) {
        this(source, place, problem, remedy, null);
    }

    /// The same with its cause.
    public DataException(
            String source, String place, String problem, String remedy, @Nullable Throwable cause) {
        super(message(source, place, problem, remedy), cause);
    }

    private static String message(String source, String place, String problem, String remedy) {
        StringBuilder text = new StringBuilder(source).append(": ");
        if (!place.isEmpty()) {
            text.append(place).append(": ");
        }
        text.append(problem);
        if (!remedy.isEmpty()) {
            text.append(". ").append(remedy);
        }
        return text.toString();
    }
}
