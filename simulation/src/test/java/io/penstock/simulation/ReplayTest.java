// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Scheduler;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every failing seed replays with one trace: as often as one likes, in another JVM, under another
/// collector, interpreted and on two carriers.
class ReplayTest {
    /// Replays of each failure in the nightly profile.
    private static final int TIMES = 1_000;

    @Test
    void givesOneTraceEachTime() {
        checkOneTraceEach(Replays.lines(20));
    }

    @Test
    @Tag("nightly")
    void givesOneTraceAThousandTimes() {
        checkOneTraceEach(Replays.lines(TIMES));
    }

    @ParameterizedTest
    @Tag("nightly")
    @ValueSource(
            strings = {
                "-XX:+UseSerialGC",
                "-XX:+UseParallelGC -Djdk.virtualThreadScheduler.parallelism=2",
                "-XX:+UseZGC",
                "-XX:+UseG1GC -Xint"
            })
    void givesTheSameTraceInAnotherJvm(String options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options.split(" ", -1)));
        command.addAll(
                List.of("-cp", classPath(), Replays.class.getName(), Integer.toString(TIMES)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.lines()).containsExactlyElementsOf(Replays.lines(20)); // one trace each
    }

    private static void checkOneTraceEach(List<String> lines) {
        assertThat(lines)
                .hasSize(3 * (Fault.values().length - 1))
                .allSatisfy(line -> assertThat(line).doesNotContain(","));
    }

    private static String classPath() {
        return Stream.of(Scheduler.class, SimulatedScheduler.class, Replays.class)
                .map(ReplayTest::folderOf)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// Where a class was read from; of a patched module's classes that is not its code source.
    private static String folderOf(Class<?> type) {
        try {
            String name = type.getName().replace('.', '/') + ".class";
            String resource = type.getResource("/" + name).toURI().toString();
            String folder = resource.substring(0, resource.length() - name.length());
            if (folder.startsWith("jar:")) {
                folder = folder.substring("jar:".length(), folder.length() - "!/".length());
            }
            return Path.of(new URI(folder)).toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
