// SPDX-License-Identifier: Apache-2.0
package io.penstock.checks;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// A Java source with its tree, parsed by the compiler and not analysed.
///
/// @param path relative to the root
/// @param text the source itself
/// @param unit its tree
/// @param trees where in the text each tree is
record Source(String path, String text, CompilationUnitTree unit, Trees trees) {
    /// Parses a text as the file at this path.
    static Source parse(String path, String text) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject file =
                new SimpleJavaFileObject(
                        URI.create("string:///" + path), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        JavacTask task =
                (JavacTask)
                        compiler.getTask(
                                null, null, null, List.of("-proc:none"), null, List.of(file));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            return new Source(path, text, unit, Trees.instance(task));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All sources of the repository.
    static List<Source> all() {
        return Cache.ALL;
    }

    private static final class Cache {
        private static final List<Source> ALL =
                Repository.javaFiles().stream()
                        .map(f -> parse(slashes(f), Repository.text(f)))
                        .toList();
    }

    private static String slashes(Path path) {
        return path.toString().replace('\\', '/');
    }

    /// Name of the module (or folder) that it lies in.
    String module() {
        return path.substring(0, path.indexOf('/'));
    }

    boolean isMain() {
        return path.contains("/src/main/");
    }

    boolean isTest() {
        return path.contains("/src/test/");
    }

    boolean isPackageInfo() {
        return path.endsWith("/package-info.java");
    }
}
