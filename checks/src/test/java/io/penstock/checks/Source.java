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
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// A Java source with its tree, parsed by the compiler and not analysed.
///
/// @param path relative to the root
/// @param text the source itself
/// @param unit its tree
/// @param trees where in the text each tree is
record Source(String path, String text, CompilationUnitTree unit, Trees trees) {
    /// Parses a text as the file at this path.
    static Source parse(String path, String text) {
        JavacTask task = task(path, text, null, List.of("-proc:none"));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            return new Source(path, text, unit, Trees.instance(task));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the compiler says about a text that uses the modules: nothing when it is right.
    static List<String> problems(String path, String text) {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try {
            task(path, text, problems, List.of("-proc:none", "-cp", classPath())).analyze();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return problems.getDiagnostics().stream().map(Object::toString).toList();
    }

    /// Where the classes of all modules are.
    static String classPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static JavacTask task(
            String path,
            String text,
            @Nullable DiagnosticCollector<JavaFileObject> problems,
            List<String> options) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject file =
                new SimpleJavaFileObject(
                        URI.create("string:///" + path), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        return (JavacTask) compiler.getTask(null, null, problems, options, null, List.of(file));
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
