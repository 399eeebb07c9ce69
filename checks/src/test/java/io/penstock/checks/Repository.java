// SPDX-License-Identifier: Apache-2.0
package io.penstock.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The files of the checkout, without what is built or belongs to an editor.
final class Repository {
    /// The folder of the root pom.
    static final Path ROOT = Path.of(System.getProperty("penstock.root", ".."));

    private static final Set<String> SKIPPED = Set.of(".git", "target", ".idea", ".vscode");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final int LARGEST_TEXT = 2_000_000;

    private Repository() {}

    /// The modules of the root pom, in its order.
    static List<String> modules() {
        return MODULE.matcher(text(ROOT.resolve("pom.xml")))
                .results()
                .map(r -> r.group(1))
                .toList();
    }

    /// The modules that are shipped.
    static List<String> productModules() {
        Set<String> others = Set.of("testing", "checks", "benchmarks");
        return modules().stream().filter(m -> !others.contains(m)).toList();
    }

    /// All files, relative to the root.
    static List<Path> files() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new Collector(files));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream().map(ROOT::relativize).sorted().toList();
    }

    /// All Java sources, relative to the root.
    static List<Path> javaFiles() {
        return files().stream().filter(f -> f.toString().endsWith(".java")).toList();
    }

    /// The text of a file below the root; empty when it is binary or very large.
    static String text(Path file) {
        try {
            Path path = ROOT.resolve(file);
            if (Files.size(path) > LARGEST_TEXT) {
                return "";
            }
            byte[] bytes = Files.readAllBytes(path);
            for (byte b : bytes) {
                if (b == 0) {
                    return "";
                }
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final List<Path> files;

        Collector(List<Path> files) {
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            Path name = folder.getFileName();
            return name != null && SKIPPED.contains(name.toString())
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !SKIPPED.contains(file.getFileName().toString())) {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
