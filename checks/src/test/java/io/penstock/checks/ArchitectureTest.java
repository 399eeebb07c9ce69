// SPDX-License-Identifier: Apache-2.0
package io.penstock.checks;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules about compiled classes, over all shipped modules.
class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .importPackages(
                            ModuleTable.modules().stream()
                                    .map(ModuleTable::packageOf)
                                    .toArray(String[]::new));
    private static final List<Finding> FINDINGS = readAll();

    private static List<Finding> readAll() {
        List<Finding> findings = new ArrayList<>();
        for (JavaClass subject : CLASSES) {
            findings.addAll(ArchitectureRules.read(subject, module(subject)));
        }
        return findings;
    }

    private static String module(JavaClass subject) {
        return ModuleTable.moduleOf(subject.getPackageName());
    }

    static Set<Rule> rules() {
        return EnumSet.of(
                Rule.ARROWS,
                Rule.LIBRARIES,
                Rule.TIME,
                Rule.RANDOMNESS,
                Rule.THREADS,
                Rule.CONSOLE,
                Rule.EXIT,
                Rule.EXCEPTIONS,
                Rule.LOGGING,
                Rule.REFLECTION,
                Rule.MONEY);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holdsForEveryClass(Rule rule) {
        Allowances.check(rule, FINDINGS.stream().filter(f -> f.rule() == rule).toList());
    }

    @Test
    void readsTheClassesOfEveryModule() {
        assertThat(CLASSES.stream().map(ArchitectureTest::module))
                .containsAll(ModuleTable.modules());
    }

    @Test
    void hasNoCyclesBetweenPackages() {
        slices().matching("io.penstock.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
