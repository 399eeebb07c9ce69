// SPDX-License-Identifier: Apache-2.0
package io.penstock.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The documents name what is there.
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

    private static final Pattern SAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void nameEveryModule() {
        for (String document : List.of("README.md", "docs/ARCHITECTURE.md")) {
            String text = Repository.text(Path.of(document));
            for (String module : Repository.modules()) {
                assertThat(text.contains("`" + module + "`")).as(document + ": " + module).isTrue();
            }
        }
    }

    @Test
    void showJavaThatCompiles() {
        List<String> samples =
                SAMPLE.matcher(Repository.text(Path.of("README.md")))
                        .results()
                        .map(r -> r.group(1))
                        .toList();
        assertThat(samples).isNotEmpty();
        for (String sample : samples) {
            assertThat(Source.problems("Imbalance.java", sample)).isEmpty();
        }
    }

    @Test
    void bringExamplesThatCompile() {
        for (Path file : Repository.javaFiles()) {
            if (file.startsWith("examples")) {
                String name = file.getFileName().toString();
                assertThat(Source.problems(name, Repository.text(file))).isEmpty();
            }
        }
    }

    @Test
    void showSamplesThatAreCompiledAndRun() {
        List<String> sources =
                Repository.javaFiles().stream()
                        .filter(file -> !file.toString().contains("src/main"))
                        .map(file -> withoutSpace(Repository.text(file)))
                        .toList();
        List<String> stale = new ArrayList<>();
        for (Path file : Repository.files()) {
            if (file.startsWith("docs") && file.toString().endsWith(".md")) {
                SAMPLE.matcher(Repository.text(file))
                        .results()
                        .map(r -> r.group(1))
                        .filter(
                                sample ->
                                        sources.stream()
                                                .noneMatch(
                                                        source ->
                                                                source.contains(
                                                                        withoutSpace(sample))))
                        .forEach(sample -> stale.add(file + ":\n" + sample));
            }
        }
        assertThat(stale).as("samples that are in no test or example").isEmpty();
    }

    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void linkToFilesThatExist() {
        List<String> dead = new ArrayList<>();
        for (Path file : Repository.files()) {
            if (file.toString().endsWith(".md")) {
                Path folder = Objects.requireNonNull(Repository.ROOT.resolve(file).getParent());
                LINK.matcher(Repository.text(file))
                        .results()
                        .map(r -> r.group(1))
                        .filter(link -> !Files.exists(folder.resolve(link)))
                        .forEach(link -> dead.add(file + ": " + link));
            }
        }
        assertThat(dead).isEmpty();
    }
}
