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
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files of the project: what git tracks, and new files where sources and documents are. What a
/// user leaves beside them (a strategy, a report, data) is not the project's.
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
        Set<String> others = Set.of("testing", "checks", "benchmarks", "stress");
        return modules().stream().filter(m -> !others.contains(m)).toList();
    }

    /// All files, relative to the root.
    static List<Path> files() {
        return Cache.FILES;
    }

    private static final class Cache {
        private static final List<Path> FILES = find();

        private static List<Path> find() {
            Set<Path> files = new TreeSet<>(git("--cached"));
            if (!files.contains(Path.of("pom.xml"))) {
                return walk();
            }
            git("--others", "--exclude-standard").stream()
                    .filter(Cache::isAmongSources)
                    .forEach(files::add);
            return files.stream().filter(f -> Files.isRegularFile(ROOT.resolve(f))).toList();
        }

        private static boolean isAmongSources(Path file) {
            boolean isSource = file.getNameCount() > 2 && file.getName(1).toString().equals("src");
            return isSource || file.startsWith("docs");
        }
    }

    /// What git lists; nothing where it cannot.
    private static List<Path> git(String... options) {
        List<String> command = new ArrayList<>(List.of("git", "ls-files", "-z"));
        command.addAll(List.of(options));
        try {
            Process git =
                    new ProcessBuilder(command)
                            .directory(ROOT.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return names.isEmpty()
                    ? List.of()
                    : Stream.of(names.split("\0")).map(Path::of).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /// All files of a checkout without git, but for the Java sources beside the root pom.
    private static List<Path> walk() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new Collector(files));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream()
                .map(ROOT::relativize)
                .filter(f -> f.getNameCount() > 1 || !f.toString().endsWith(".java"))
                .sorted()
                .toList();
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
