// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Scheduler;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The programs of `examples/simulation`: each broken one is found, each fixed one passes, and
/// `docs/simulation.md` says in how many schedules; with `-Dpenstock.update=true` what it says is
/// brought up to date.
class ClassicBugsTest {
    private static final Path ROOT = Path.of(System.getProperty("penstock.root", "."));
    private static final Path CHAPTER = ROOT.resolve("docs/simulation.md");
    private static final int SEEDS = Boolean.getBoolean("penstock.nightly") ? 20_000 : 500;

    @TempDir private static Path classes;

    private static URLClassLoader loader;

    @BeforeAll
    static void compileExamples() throws Exception {
        List<String> files;
        try (Stream<Path> sources = Files.list(ROOT.resolve("examples/simulation"))) {
            files = sources.map(Path::toString).filter(f -> f.endsWith(".java")).toList();
        }
        StringWriter problems = new StringWriter();
        PrintWriter out = new PrintWriter(problems);
        Stream<String> options =
                Stream.of("-d", classes.toString(), "-proc:none", "-cp", classPath());
        String[] arguments = Stream.concat(options, files.stream()).toArray(String[]::new);
        int code = ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments);
        assertThat(code).as(problems.toString()).isZero();
        URL[] urls = {classes.toUri().toURL()};
        loader = new URLClassLoader(urls, ClassicBugsTest.class.getClassLoader());
    }

    private static String classPath() {
        return Stream.of(Scheduler.class, SimulatedScheduler.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .collect(Collectors.joining(File.pathSeparator));
    }

    @AfterAll
    static void close() throws Exception {
        loader.close();
    }

    @ParameterizedTest
    @CsvSource({
        "lost update, LostUpdate, Failed, true",
        "lost wake-up, LostWakeUp, Deadlock, true",
        "lock order, LockOrder, Deadlock, true",
        "missing poison pill, MissingPill, Deadlock, false",
        "timeout racing with completion, TimeoutRace, Failed, true"
    })
    void isFoundAndCanBeFixed(String words, String name, String outcome, boolean isSmall)
            throws Exception {
        Simulation broken = Simulation.of(program(name, "broken")).named(name).everyOperation();
        SimulationFailure failure = broken.seeds(5_000).explore().failure().orElseThrow();
        assertThat(failure.outcome().getClass().getSimpleName()).isEqualTo(outcome);

        Simulation fixed = Simulation.of(program(name, "fixed")).everyOperation();
        Exploration some = fixed.seeds(SEEDS).explore();
        assertThat(some.failure()).isEmpty();
        String all = "-";
        if (isSmall) {
            Exploration every = fixed.exhaustive(2);
            assertThat(every.failure()).isEmpty();
            assertThat(every.isComplete()).isTrue();
            all = Long.toString(every.schedules());
        }
        String row =
                "| [%s](../examples/simulation/%s.java) | %s | %d | %s | %d | %s |"
                        .formatted(
                                words,
                                name,
                                outcome.toLowerCase(Locale.ROOT),
                                failure.schedules(),
                                failure.strategy(),
                                failure.shrunk().deviations(),
                                all);
        update("\\| \\[" + words + "\\].*", row);
        assertThat(CHAPTER).content().contains(row);
    }

    @Test
    void areToldInTheChapterAsTheyAreReported() throws Exception {
        SimulationFailure failure =
                Simulation.of(program("LostWakeUp", "broken"))
                        .named("LostWakeUp")
                        .everyOperation()
                        .explore()
                        .failure()
                        .orElseThrow();
        String report = "```text\n" + failure.report() + "```";
        update("(?s)```text\nsimulation LostWakeUp.*?```", report);
        String source = Files.readString(ROOT.resolve("examples/simulation/LostWakeUp.java"));
        String chapter = Files.readString(CHAPTER);
        assertThat(chapter).contains(report);
        // Its samples are pieces of the sources.
        Matcher samples = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(chapter);
        Path tests = ROOT.resolve("simulation-junit/src/test/java/io/penstock/simulation/junit");
        String junit = Files.readString(tests.resolve("SnippetsTest.java"));
        String faults =
                Files.readString(
                        ROOT.resolve(
                                "simulation/src/test/java/io/penstock/simulation/FaultsTest.java"));
        assertThat(samples.results().map(sample -> withoutIndent(sample.group(1))))
                .isNotEmpty()
                .allMatch(
                        sample ->
                                withoutIndent(source).contains(sample)
                                        || withoutIndent(junit).contains(sample)
                                        || withoutIndent(faults).contains(sample));
    }

    /// Puts what is true now into the chapter.
    private static void update(String old, String now) throws IOException {
        if (Boolean.getBoolean("penstock.update")) {
            String chapter = Files.readString(CHAPTER);
            Files.writeString(CHAPTER, chapter.replaceFirst(old, Matcher.quoteReplacement(now)));
        }
    }

    private static String withoutIndent(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    private static SimulatedScheduler.Body program(String name, String method) throws Exception {
        Method program = loader.loadClass(name).getMethod(method, SimulatedScheduler.class);
        return scheduler -> {
            try {
                program.invoke(null, scheduler);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
    }
}
