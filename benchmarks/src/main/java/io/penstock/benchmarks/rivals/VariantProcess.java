// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Measures a variant in a fresh process, and reads the samples that it prints.
final class VariantProcess {
    private static final int MOST_SECONDS = 90;

    private final Timing timing;
    private final Path python;
    private final Path scratch;

    /// @param python folder of the Python programs
    /// @param scratch folder for what a process prints
    VariantProcess(Timing timing, Path python, Path scratch) {
        this.timing = timing;
        this.python = python;
        this.scratch = scratch;
    }

    /// What came of it: samples, or why there are none.
    record Measured(List<Sample> samples, String failure) {}

    Measured measure(Variant variant) throws IOException, InterruptedException {
        Path output = Files.createTempFile(scratch, "rival", ".out");
        Path errors = Files.createTempFile(scratch, "rival", ".err");
        try {
            Process process =
                    new ProcessBuilder(command(variant))
                            .redirectOutput(output.toFile())
                            .redirectError(errors.toFile())
                            .start();
            return awaitSamples(process, output, errors);
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    private static Measured awaitSamples(Process process, Path output, Path errors)
            throws IOException, InterruptedException {
        try {
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                return new Measured(List.of(), "took more than " + MOST_SECONDS + " s");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        List<Sample> samples =
                Files.readAllLines(output, StandardCharsets.UTF_8).stream()
                        .filter(l -> l.startsWith("{"))
                        .map(Sample::parse)
                        .toList();
        if (process.exitValue() == 0 && !samples.isEmpty()) {
            return new Measured(samples, "");
        }
        String why =
                Files.readAllLines(errors, StandardCharsets.UTF_8).stream()
                        .filter(l -> l.contains("Error") || l.contains("Exception"))
                        .findFirst()
                        .orElse("nothing printed");
        return new Measured(List.of(), "exit code " + process.exitValue() + ": " + why);
    }

    private List<String> command(Variant variant) {
        List<String> command = new ArrayList<>();
        if (variant.contender() == null) {
            command.addAll(List.of("python3", "-B"));
            List<String> program = variant.program();
            command.add(python.resolve(program.getFirst()).toString());
            command.addAll(program.subList(1, program.size()));
            command.add(timing.text());
            return command;
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xms2g", "-Xmx2g", "-XX:+UseG1GC"));
        command.addAll(variant.jvmArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(MeasuredJvm.class.getName(), variant.id(), timing.text()));
        return command;
    }
}
