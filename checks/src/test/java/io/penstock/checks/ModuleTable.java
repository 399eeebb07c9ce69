// SPDX-License-Identifier: Apache-2.0
package io.penstock.checks;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What a shipped module may use: the table of `docs/ARCHITECTURE.md`.
///
/// @param module name of the module, which with dots for hyphens is also the end of its package
/// @param uses the modules at the ends of its arrows
/// @param libraries beginnings of the names of foreign classes, beside `java.` and JSpecify
record ModuleTable(String module, List<String> uses, List<String> libraries) {
    private static final Map<String, ModuleTable> ALL = new LinkedHashMap<>();

    static {
        put("channel", List.of());
        put("simulation", List.of("channel"));
        // JUnit, and what it throws when an assumption does not hold.
        put("simulation-junit", List.of("simulation"), "org.junit.", "org.opentest4j.");
        put("scope", List.of("channel"));
        put("stage", List.of("scope"), "jdk.jfr.");
        // Flight recorder: events of a run; locks and pauses that explain reads back.
        put("pipeline", List.of("stage"), "jdk.jfr.");
        put("explain", List.of("pipeline"), "jdk.jfr.");
        put("micrometer", List.of("pipeline"), "io.micrometer.");
        put("market", List.of("channel"));
        put("formats", List.of("market"), "tools.jackson.core.");
        put("strategy", List.of("market"));
        put("trading", List.of("strategy"));
        put("exchange", List.of("trading"));
        put("report", List.of("strategy"));
        // Latencies as histograms; the compiler, for strategies that are one source file.
        put(
                "engine",
                List.of("exchange", "formats", "report", "stage"),
                "org.HdrHistogram.",
                "javax.tools.",
                "javax.lang.model.",
                "com.sun.source.");
        put("bench", List.of("engine"));
        put("app", List.of("engine", "bench", "report"), "picocli.");
    }

    private static void put(String module, List<String> uses, String... libraries) {
        ALL.put(module, new ModuleTable(module, uses, List.of(libraries)));
    }

    static Set<String> modules() {
        return ALL.keySet();
    }

    static ModuleTable of(String module) {
        ModuleTable row = ALL.get(module);
        if (row == null) {
            throw new IllegalArgumentException("a module has a row in the table: " + module);
        }
        return row;
    }

    /// A class of ours: of this module, or of one that its arrows lead to.
    boolean mayUseClass(String className) {
        int name = className.lastIndexOf('.');
        return reached().contains(moduleOf(className.substring(0, name)));
    }

    /// The module that a package belongs to: its name behind ours, with hyphens for dots.
    static String moduleOf(String packageName) {
        return packageName.substring("io.penstock.".length()).replace('.', '-');
    }

    /// The package of a module.
    static String packageOf(String module) {
        return "io.penstock." + module.replace('-', '.');
    }

    /// A class of somebody else.
    boolean mayUseLibrary(String className) {
        boolean isPlain = !className.contains(".");
        return isPlain
                || Stream.concat(Stream.of("java.", "org.jspecify."), libraries.stream())
                        .anyMatch(className::startsWith);
    }

    private Set<String> reached() {
        Set<String> reached = new LinkedHashSet<>(Set.of(module));
        for (String other : uses) {
            reached.addAll(of(other).reached());
        }
        return reached;
    }
}
