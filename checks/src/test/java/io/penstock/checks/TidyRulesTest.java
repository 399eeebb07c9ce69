// SPDX-License-Identifier: Apache-2.0
package io.penstock.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every rule about sources finds the source that breaks it.
class TidyRulesTest {
    private static final String PATH = "channel/src/main/java/io/penstock/channel/X.java";
    private static final String TEST_PATH = "channel/src/test/java/io/penstock/channel/XTest.java";

    /// `@70` stands for seventy line ends.
    private static final Pattern LINES = Pattern.compile("@(\\d+)");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "METHOD_LENGTH   | final class X { void f() { int i = 0;@70 } }",
                "PARAMETERS      | final class X { void f(int a, int b, int c, int d, int e, int g)"
                        + " {} }",
                "LOCKS           | final class X { synchronized void f() {} }",
                "LOCKS           | final class X { void f() { synchronized (this) {} } }",
                "SLEEP           | final class X { void f() { Thread.sleep(1); } }",
                "SLEEP           | final class X { void f() { TimeUnit.SECONDS.sleep(1); } }",
                "SLEEP           | final class X { Z z = Thread::yield; void f() { Thread.sleep(1);"
                        + " } }",
                "DISABLED        | final class X { @Disabled void f() {} }",
                "NAMES           | final class BookImpl {}",
                "NAMES           | final class BookUtils {}",
                "NAMES           | final class AbstractBook {}",
                "NAMES           | package io.penstock.util; final class X {}",
                "FINAL_CLASSES   | class X {}",
                "TEST_NAMES      | final class X { @Test void shouldWork() {} }",
                "TEST_NAMES      | final class X { @Test void testBook() {} }"
            })
    void findsWhatTheTreeShows(Rule rule, String text) {
        assertThat(read(PATH, text).findings())
                .extracting(Finding::rule)
                .isNotEmpty()
                .containsOnly(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "final class X { void f() { int i = 0;@69 } }",
                "final class X { void f(int a, int b, int c, int d, int e) {} }",
                "final class X { private void f(int a, int b, int c, int d, int e, int g) {} }",
                "final class X { static void putAll(MemorySegment s, long a, int b, int c, int d,"
                        + " int e) {} }",
                "record X(int a, int b) { X(int a, int b, int c, int d, int e, int f) { this(a, b);"
                        + " } }",
                "final class X { void f() { timer.sleepers(); } }",
                "final class X { @Test void testsNothingTwice() {} }",
                "abstract class Book {}",
                "final class X { Object o = new Object() {}; }"
            })
    void acceptsWhatIsFine(String text) {
        assertThat(read(PATH, text).findings()).isEmpty();
    }

    @Test
    void namesFileLineAndMethod() {
        Finding finding =
                read(PATH, "final class X {\n synchronized void f() {}\n}\n").findings().getFirst();
        assertThat(finding).hasToString(PATH + ":2: synchronized");
    }

    @Test
    void notesALongMethodThatExplainsNothing() {
        assertThat(read(PATH, "final class X { void f() {@40 } }").notes()).hasSize(1);
        assertThat(read(PATH, "final class X { void f() { // why@40 } }").notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"599,600", "799,800"})
    void limitsTheLinesOfAFile(int before, int most) {
        String path = most == 600 ? PATH : TEST_PATH;
        assertThat(TextRules.ofJava(path, "\n".repeat(most))).isEmpty();
        assertThat(TextRules.ofJava(path, "\n".repeat(before + 2)))
                .extracting(Finding::rule)
                .containsExactly(Rule.FILE_LENGTH);
    }

    @Test
    void limitsTheLengthOfALineOfCode() {
        String x = "x".repeat(101);
        String quotes = "\"".repeat(3);
        assertThat(TextRules.ofJava(PATH, x)).hasSize(1);
        assertThat(TextRules.ofJava(PATH, "import " + x)).isEmpty();
        assertThat(TextRules.ofJava(PATH, quotes + "\n" + x + "\n" + quotes)).isEmpty();
        assertThat(TextRules.ofJava(PATH, quotes + "\n" + quotes + "\n" + x)).hasSize(1);
        assertThat(TextRules.ofJava(PATH, "×".repeat(100))).isEmpty();
    }

    @Test
    void wantsTheLicenceWhereTheFormatAllowsIt() {
        String line = "SPDX-License-Identifier: Apache-2.0";
        assertThat(TextRules.ofAnyFile("X.java", "// " + line + "\n")).isEmpty();
        assertThat(TextRules.ofAnyFile("pom.xml", "<?xml?>\n<!-- " + line + " -->\n")).isEmpty();
        assertThat(TextRules.ofAnyFile("build", "#!/bin/sh\n# " + line + "\n")).isEmpty();
        for (String bare : List.of("X.java", "a/pom.xml", "x.sh")) {
            assertThat(TextRules.ofAnyFile(bare, "\n"))
                    .extracting(Finding::rule)
                    .containsExactly(Rule.LICENCE);
        }
        assertThat(TextRules.ofAnyFile("run", "#!/bin/sh\n")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "WHITESPACE,a@tb",
        "WHITESPACE,'a '",
        "LEFTOVER,TO@DO later",
        "LEFTOVER,FIX@ME",
        "WORDS,cd /wo@rk/here",
        "WORDS,/ro@ot/.m2",
        "WORDS,/ho@me/ann/src",
        "WORDS,file:/tm@p/x",
        "WORDS,https://re@po.maven.apache.org/maven2",
        "WORDS,registry.n@pmjs.org",
        "WORDS,written by Cl@aude",
        "WORDS,a coding a@gent",
        "WORDS,in a work@tree"
    })
    void findsWordsThatDoNotBelong(Rule rule, String text) {
        String joined = text.replace("@t", rule == Rule.WHITESPACE ? "\t" : "t").replace("@", "");
        assertThat(TextRules.ofAnyFile("x.md", joined + "\n"))
                .extracting(Finding::rule)
                .containsExactly(rule);
    }

    @ParameterizedTest
    @CsvSource({
        "an agent-made market",
        "/usr/lib/jvm",
        "$HOME/.sdkman",
        "net/work/x",
        "http://maven.apache.org/POM/4.0.0",
        "the working set of the session"
    })
    void acceptsOrdinaryWords(String text) {
        assertThat(TextRules.ofAnyFile("x.md", text + "\n")).isEmpty();
    }

    @Test
    void failsOnAFindingWithoutAllowanceAndOnAnAllowanceWithoutFinding() {
        Finding finding = new Finding(Rule.NAMES, "X.java", "X.java:1", "bad");
        var allowance = new Allowances.Allowance(Rule.NAMES, "X.java", "because");
        Allowances.check(Rule.NAMES, List.of(finding), List.of(allowance));
        assertThatThrownBy(() -> Allowances.check(Rule.NAMES, List.of(finding), List.of()))
                .hasMessageContaining("X.java:1: bad");
        assertThatThrownBy(() -> Allowances.check(Rule.NAMES, List.of(), List.of(allowance)))
                .hasMessageContaining("no longer needed");
    }

    private static TidyRules.Result read(String path, String text) {
        String lines =
                LINES.matcher(text).replaceAll(m -> "\n".repeat(Integer.parseInt(m.group(1))));
        return TidyRules.read(Source.parse(path, lines), Set.of("channel"));
    }
}
