// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The example strategies that ship with the program, as source.
final class Examples {
    private Examples() {}

    /// The source of an example.
    ///
    /// @param name its file name
    static String source(String name) {
        try (InputStream in = Examples.class.getResourceAsStream("examples/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the program has lost its example " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
