// SPDX-License-Identifier: Apache-2.0
package io.penstock.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ModuleTree;
import com.sun.source.tree.RequiresTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of modules says the same as the poms and the module descriptors.
class ModulesTest {
    private static final Pattern DEPENDENCY =
            Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final Pattern OURS =
            Pattern.compile("<artifactId>penstock-([\\w-]+)</artifactId>");

    private static final Pattern DRAWN =
            Pattern.compile("^ +([\\w-]+) --> ([\\w-]+)$", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([\\w-]+)`");

    static Set<String> modules() {
        return ModuleTable.modules();
    }

    @Test
    void hasARowForEveryShippedModule() {
        assertThat(Repository.productModules())
                .containsExactlyInAnyOrderElementsOf(ModuleTable.modules());
    }

    @Test
    void listsModulesBelowTheOnesTheyUse() {
        List<String> order = Repository.productModules();
        for (String module : order) {
            assertThat(order.subList(0, order.indexOf(module)))
                    .as("modules before " + module + " in the root pom")
                    .containsAll(ModuleTable.of(module).uses());
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void hasOnePackageOfItsName(String module) {
        List<String> packages =
                Source.all().stream()
                        .filter(s -> s.module().equals(module) && s.isMain())
                        .filter(s -> s.unit().getPackageName() != null)
                        .map(s -> s.unit().getPackageName().toString())
                        .distinct()
                        .toList();
        assertThat(packages).containsExactly(ModuleTable.packageOf(module));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void requiresInItsDescriptorWhatTheTableSays(String module) {
        List<String> required =
                descriptor(module).getDirectives().stream()
                        .filter(RequiresTree.class::isInstance)
                        .map(d -> ((RequiresTree) d).getModuleName().toString())
                        .filter(name -> name.startsWith("io.penstock."))
                        .map(ModuleTable::moduleOf)
                        .toList();
        assertThat(required).containsExactlyInAnyOrderElementsOf(ModuleTable.of(module).uses());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void dependsInItsPomOnWhatTheTableSays(String module) {
        List<String> dependencies =
                DEPENDENCY
                        .matcher(Repository.text(Path.of(module, "pom.xml")))
                        .results()
                        .map(MatchResult::group)
                        .filter(d -> !d.contains("<scope>test</scope>"))
                        .flatMap(d -> OURS.matcher(d).results().map(r -> r.group(1)))
                        .toList();
        assertThat(dependencies).containsExactlyInAnyOrderElementsOf(ModuleTable.of(module).uses());
    }

    @Test
    void drawsTheArrowsOfTheTableInTheDecision() {
        String decision = Repository.text(Path.of("docs/adr/0002-modules-and-arrows.md"));
        List<String> drawn =
                DRAWN.matcher(decision).results().map(r -> r.group(1) + " " + r.group(2)).toList();
        List<String> arrows =
                modules().stream()
                        .flatMap(m -> ModuleTable.of(m).uses().stream().map(use -> m + " " + use))
                        .toList();
        assertThat(drawn).containsExactlyInAnyOrderElementsOf(arrows);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void isDescribedWithWhatTheTableSays(String module) {
        Pattern row =
                Pattern.compile(
                        "^\\| `%s` \\|[^|]*\\|([^|]*)\\|".formatted(module), Pattern.MULTILINE);
        List<String> uses =
                row.matcher(Repository.text(Path.of("docs/ARCHITECTURE.md")))
                        .results()
                        .flatMap(r -> NAME.matcher(r.group(1)).results().map(n -> n.group(1)))
                        .toList();
        assertThat(uses).containsExactlyInAnyOrderElementsOf(ModuleTable.of(module).uses());
    }

    @Test
    void marksEveryModuleNullMarked() {
        List<Finding> findings =
                ModuleTable.modules().stream()
                        .filter(m -> !isNullMarked(descriptor(m)))
                        .map(m -> new Finding(Rule.NULL_MARKED, m, path(m), "no @NullMarked"))
                        .toList();
        Allowances.check(Rule.NULL_MARKED, findings);
    }

    private static boolean isNullMarked(ModuleTree tree) {
        return tree.getAnnotations().stream()
                .anyMatch(a -> a.getAnnotationType().toString().endsWith("NullMarked"));
    }

    private static ModuleTree descriptor(String module) {
        Source source = Source.parse(path(module), Repository.text(Path.of(path(module))));
        return Objects.requireNonNull(source.unit().getModule(), path(module));
    }

    private static String path(String module) {
        return module + "/src/main/java/module-info.java";
    }
}
