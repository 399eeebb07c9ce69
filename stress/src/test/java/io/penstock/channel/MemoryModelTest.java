// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Tries on this machine what the memory model allows: all jcstress tests of this module, in JVMs
/// of their own. `-Djcstress.mode=sanity` is over in minutes, `quick`, if nothing is said, in a
/// quarter of an hour, `default` in hours. `-Djcstress.tests=Slot` runs those with such a name.
@Tag("nightly")
class MemoryModelTest {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    @Test
    void givesNoForbiddenResult() throws Exception {
        File output = TARGET.resolve("jcstress.txt").toFile();
        Process process =
                new ProcessBuilder(command())
                        .directory(TARGET.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output)
                        .start();
        int status = process.waitFor();
        String said = Files.readString(output.toPath());
        String verdict = said.substring(Math.max(0, said.indexOf("RUN RESULTS")));
        assertThat(status).as("see %s%n%s", output, verdict).isZero();
    }

    private static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jcstress.Main",
                "-m",
                System.getProperty("jcstress.mode", "quick"),
                "-t",
                System.getProperty("jcstress.tests", ".*"),
                "-r",
                "jcstress",
                // Only against a warning of each of its many JVMs.
                "-jvmArgsPrepend=--enable-native-access=ALL-UNNAMED");
    }
}
