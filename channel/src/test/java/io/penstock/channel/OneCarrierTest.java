// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Virtual strands that share one carrier thread, as they do in a container with one core.
class OneCarrierTest {
    private static final int ROUNDS = 100;
    private static final long ENOUGH_SECONDS = 60; // not a measure: it takes one

    @TempDir private Path folder;

    /// What runs in the other JVM: one strand yields until another, started from outside, has run.
    static final class Yielders {
        private static volatile boolean set;

        private Yielders() {}

        public static void main(String[] arguments) {
            Scheduler scheduler = Scheduler.real();
            for (int i = 0; i < ROUNDS; i++) {
                set = false;
                Runnable yielding =
                        () -> {
                            while (!set) {
                                scheduler.yieldNow();
                            }
                        };
                Strand waiting = scheduler.start("waiting", StrandKind.VIRTUAL, yielding);
                Strand setting = scheduler.start("setting", StrandKind.VIRTUAL, () -> set = true);
                scheduler.join(waiting, Scheduler.NO_DEADLINE);
                scheduler.join(setting, Scheduler.NO_DEADLINE);
            }
        }
    }

    @Test
    void givesTheCarrierToWhoeverWasStartedFromOutside() throws Exception {
        File log = folder.resolve("log").toFile();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Djdk.virtualThreadScheduler.parallelism=1",
                                "-Djdk.virtualThreadScheduler.maxPoolSize=1"));
        // On the module path of a build the classes are where each of them says that it came from.
        command.add("-cp");
        command.add(place(Scheduler.class) + File.pathSeparator + place(Yielders.class));
        command.add(Yielders.class.getName());
        Process process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
        try {
            assertThat(process.waitFor(ENOUGH_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String place(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }
}
