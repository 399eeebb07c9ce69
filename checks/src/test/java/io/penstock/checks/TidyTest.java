// SPDX-License-Identifier: Apache-2.0
package io.penstock.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules about sources and other text, over the whole repository.
class TidyTest {
    private static final List<Finding> FINDINGS = new ArrayList<>();

    static {
        Set<String> shipped = Set.copyOf(Repository.productModules());
        for (Source source : Source.all()) {
            TidyRules.Result result = TidyRules.read(source, shipped);
            FINDINGS.addAll(result.findings());
            FINDINGS.addAll(TextRules.ofJava(source.path(), source.text()));
            result.notes().forEach(note -> System.out.println("NOTE " + note));
        }
        Repository.files()
                .forEach(
                        f ->
                                FINDINGS.addAll(
                                        TextRules.ofAnyFile(f.toString(), Repository.text(f))));
    }

    static Set<Rule> rules() {
        return EnumSet.of(
                Rule.METHOD_LENGTH,
                Rule.FILE_LENGTH,
                Rule.PARAMETERS,
                Rule.LINE_LENGTH,
                Rule.LEFTOVER,
                Rule.LICENCE,
                Rule.SLEEP,
                Rule.DISABLED,
                Rule.NAMES,
                Rule.FINAL_CLASSES,
                Rule.TEST_NAMES,
                Rule.LOCKS,
                Rule.WHITESPACE,
                Rule.WORDS);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holdsForEveryFile(Rule rule) {
        Allowances.check(rule, FINDINGS.stream().filter(f -> f.rule() == rule).toList());
    }

    @Test
    void readsTheSourcesOfEveryModule() {
        assertThat(Source.all().stream().map(Source::module)).containsAll(Repository.modules());
    }

    @Test
    void findsASentenceAboutEveryPackage() {
        Set<String> missing = new TreeSet<>();
        Set<String> described = new TreeSet<>();
        for (Source source : Source.all()) {
            if (source.unit().getPackageName() == null) {
                continue;
            }
            String name = source.unit().getPackageName().toString();
            if (source.isPackageInfo() && hasSentence(source)) {
                described.add(name);
            } else {
                missing.add(name);
            }
        }
        missing.removeAll(described);
        Allowances.check(
                Rule.PACKAGE_SENTENCE,
                missing.stream()
                        .map(p -> new Finding(Rule.PACKAGE_SENTENCE, p, p, "no sentence"))
                        .toList());
    }

    private static boolean hasSentence(Source source) {
        return source.text().lines().anyMatch(l -> l.startsWith("/// ") && l.length() > 10);
    }
}
