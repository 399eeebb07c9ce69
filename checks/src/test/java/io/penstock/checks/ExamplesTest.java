// SPDX-License-Identifier: Apache-2.0
package io.penstock.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The first program of the kit, and the one that reads logs, run on files as its first lines say.
@Timeout(60)
class ExamplesTest {
    private static final String FIRST_PIPELINE = "examples/kit/FirstPipeline.java";
    private static final String LOG_REPORT = "examples/kit/LogReport.java";

    @TempDir Path folder;

    private record Ended(int code, String output) {}

    @Test
    void sumsTheSquaresOfOddNumbers() throws Exception {
        Ended ended = run(FIRST_PIPELINE);
        assertThat(ended.output().strip()).isEqualTo("sum 166666500");
        assertThat(Repository.text(Path.of("docs/kit.md"))).contains("`sum 166666500`");
        assertThat(ended.code()).isZero();
    }

    @Test
    void reportsWhatPlainAndPackedLogsHold() throws Exception {
        Path plain = folder.resolve("access.log");
        Files.writeString(
                plain, line("/index.html", 200, "100") + line("/a?x=1", 404, "-") + "no request\n");
        Path packed = folder.resolve("access.log.1.gz");
        StringBuilder old = new StringBuilder();
        for (int i = 0; i < 1_200; i++) {
            old.append(line("/index.html", i % 100 == 0 ? 500 : 200, "10"));
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(old.toString().getBytes(StandardCharsets.ISO_8859_1));
        }

        Ended ended = run(LOG_REPORT, plain.toString(), packed.toString());

        assertThat(ended.output().lines().toList())
                .startsWith(
                        "1,203 lines, 2 paths, 1 lines not understood",
                        "      hits   errors          bytes  path",
                        "     1,201       12         12,100  /index.html",
                        "         1        1              0  /a",
                        "not understood: no request")
                .anyMatch(line -> line.matches("pages->parse: 3 sent, at most [123] inside"));
        assertThat(ended.code()).isZero();
    }

    @Test
    void saysWhichLogCannotBeRead() throws Exception {
        Path absent = folder.resolve("absent.log");
        Ended ended = run(LOG_REPORT, absent.toString());
        assertThat(ended.output())
                .isEqualToNormalizingNewlines(
                        "stopped at " + absent + ": cannot be read: file=" + absent + "\n");
        assertThat(ended.code()).isEqualTo(1);
    }

    private static String line(String path, int status, String bytes) {
        return "10.0.0.1 - - [01/Jan/2026:00:00:00 +0000] \"GET %s HTTP/1.1\" %d %s \"-\" \"-\"%n"
                .formatted(path, status, bytes);
    }

    private static Ended run(String program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Duser.language=en"));
        command.addAll(List.of("-Duser.country=US", "-cp", Source.classPath(), program));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(Repository.ROOT.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD) // the log of the run
                        .start();
        byte[] output = process.getInputStream().readAllBytes();
        return new Ended(process.waitFor(), new String(output, StandardCharsets.UTF_8));
    }
}
