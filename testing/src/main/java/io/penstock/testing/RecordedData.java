// SPDX-License-Identifier: Apache-2.0
package io.penstock.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// The folder of recorded market data that lies beside a checkout, where there is one. It is not
/// part of the project: tests that need it skip, and say so, when it is absent.
public final class RecordedData {
    private static final Path FOLDER = Path.of(System.getProperty("penstock.data", ""));

    private RecordedData() {}

    /// A file or folder in it; skips the test loudly when it is not there.
    public static Path require(String name) {
        Path path = FOLDER.resolve(name).normalize();
        if (!Files.exists(path)) {
            System.err.println("SKIPPED: recorded data is absent: " + path);
            Assumptions.abort("recorded data is absent: " + path);
        }
        return path;
    }
}
