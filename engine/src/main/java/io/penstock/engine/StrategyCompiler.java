// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Compiles a strategy's one `.java` file in memory and checks it against [StrategyRules].
final class StrategyCompiler {
    private static final int MOST_ERRORS_SHOWN = 5;

    private StrategyCompiler() {}

    /// Compiles a file.
    ///
    /// @return the class that implements [io.penstock.strategy.Strategy], loaded, not initialised
    /// @throws StrategyException when it does not compile, breaks a rule, or holds no strategy
    static Class<?> compile(Path file) {
        return compile(file, read(file));
    }

    /// Compiles source that was read already.
    ///
    /// @param file its name, for messages
    static Class<?> compile(Path file, String text) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new StrategyException(
                    "a strategy file needs a JDK to compile it, and this is a JRE: "
                            + System.getProperty("java.home"));
        }
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            MemoryFiles memory = new MemoryFiles(files);
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    new StringWriter(),
                                    memory,
                                    diagnostics,
                                    options(),
                                    null,
                                    List.of(new SourceText(file, text)));
            String className = check(task, file, diagnostics);
            task.generate();
            requireNoErrors(diagnostics, file);
            return memory.load(className);
        } catch (IOException e) {
            throw new StrategyException(file + ": cannot be compiled: " + e.getMessage(), e);
        }
    }

    /// Parses and attributes the file, applies the rules, and finds the strategy in it.
    private static String check(
            JavacTask task, Path file, DiagnosticCollector<JavaFileObject> diagnostics)
            throws IOException {
        List<CompilationUnitTree> units = new ArrayList<>();
        task.parse().forEach(units::add);
        requireNoErrors(diagnostics, file);
        List<TypeElement> types = new ArrayList<>();
        task.analyze()
                .forEach(
                        element -> {
                            if (element instanceof TypeElement type) {
                                types.add(type);
                            }
                        });
        requireNoErrors(diagnostics, file);
        List<String> broken = StrategyRules.check(Trees.instance(task), units, file);
        if (!broken.isEmpty()) {
            throw new StrategyException(String.join("\n", broken));
        }
        var strategy = task.getElements().getTypeElement("io.penstock.strategy.Strategy").asType();
        return types.stream()
                .filter(type -> task.getTypes().isAssignable(type.asType(), strategy))
                .filter(type -> !type.getKind().isInterface())
                .map(type -> task.getElements().getBinaryName(type).toString())
                .findFirst()
                .orElseThrow(
                        () ->
                                new StrategyException(
                                        file
                                                + ": no class in it implements"
                                                + " io.penstock.strategy.Strategy"));
    }

    private static List<String> options() {
        String classPath =
                Stream.of("java.class.path", "jdk.module.path")
                        .map(System::getProperty)
                        .filter(value -> value != null && !value.isEmpty())
                        .collect(Collectors.joining(File.pathSeparator));
        return List.of("-proc:none", "-g", "-Xlint:none", "-cp", classPath);
    }

    private static String read(Path file) {
        if (Files.isDirectory(file)) {
            throw new StrategyException(
                    file + ": is a directory. Name the .java file of the strategy.");
        }
        if (!Files.exists(file)) {
            throw new StrategyException(file + ": there is no such file.");
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new StrategyException(file + ": is not UTF-8 text.", e);
        } catch (IOException e) {
            throw new StrategyException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static void requireNoErrors(
            DiagnosticCollector<JavaFileObject> diagnostics, Path file) {
        List<String> errors =
                diagnostics.getDiagnostics().stream()
                        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                        .map(diagnostic -> describe(diagnostic, file))
                        .toList();
        if (errors.isEmpty()) {
            return;
        }
        String more =
                errors.size() > MOST_ERRORS_SHOWN
                        ? "\nand " + (errors.size() - MOST_ERRORS_SHOWN) + " more"
                        : "";
        throw new StrategyException(
                errors.stream().limit(MOST_ERRORS_SHOWN).collect(Collectors.joining("\n")) + more);
    }

    private static String describe(Diagnostic<? extends JavaFileObject> diagnostic, Path file) {
        String place = diagnostic.getLineNumber() < 0 ? "" : diagnostic.getLineNumber() + ": ";
        String text = diagnostic.getMessage(Locale.ROOT).replaceAll("\\s*\\R\\s*", "; ");
        return file + ":" + place + text;
    }

    /// The source as it was read, so that what is compiled is what was checked.
    private static final class SourceText extends SimpleJavaFileObject {
        private final String text;

        SourceText(Path file, String text) {
            super(file.toAbsolutePath().toUri(), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /// Keeps the classes that the compiler writes in memory.
    private static final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();

        MemoryFiles(JavaFileManager fileManager) {
            super(fileManager);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            URI name = URI.create("memory:///" + className.replace('.', '/') + kind.extension);
            return new SimpleJavaFileObject(name, kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    classes.put(className, bytes);
                    return bytes;
                }
            };
        }

        Class<?> load(String className) {
            try {
                return Class.forName(className, false, new Loader(classes));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("the compiler wrote no class " + className, e);
            }
        }
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, ByteArrayOutputStream> classes;

        Loader(Map<String, ByteArrayOutputStream> classes) {
            super(StrategyCompiler.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            ByteArrayOutputStream bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] code = bytes.toByteArray();
            return defineClass(name, code, 0, code.length);
        }
    }
}
