// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.strategy.Parameters;
import io.penstock.strategy.Strategy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StrategyLoaderTest {
    private static final String IMPORTS =
            """
            import io.penstock.market.*;
            import io.penstock.strategy.*;
            """;

    @TempDir Path folder;

    /// A strategy on the class path.
    public static final class Known implements Strategy {
        final int level;

        public Known(Parameters parameters) {
            level = parameters.intValue("level", 3, 1, 9);
        }
    }

    /// Not a strategy.
    public static final class Stranger {}

    private String file(String name, String source) throws IOException {
        return Files.writeString(folder.resolve(name), source).toString();
    }

    private String strategy(String body) throws IOException {
        return file(
                "Mine.java", IMPORTS + "public class Mine implements Strategy {\n" + body + "\n}");
    }

    @Test
    void compilesAFileAndMakesFreshInstances() throws IOException {
        StrategyLoader loader =
                StrategyLoader.load(
                        strategy(
                                """
                                final int fast;
                                public Mine(Parameters p) { fast = p.intValue("fast", 1, 1, 9); }
                                static final int LIMIT = 10;
                                record Level(long price) {}
                                """));

        Strategy first = loader.create(new Parameters(Map.of("fast", "4")));

        assertThat(loader.name()).isEqualTo("Mine");
        assertThat(first).isNotSameAs(loader.create(new Parameters(Map.of())));
        assertThat(loader.wantsBooks()).isFalse();
    }

    @Test
    void knowsWhetherAStrategyWantsBooks() throws IOException {
        String source = strategy("@Override public void onBook(OrderBook book, Orders orders) {}");

        assertThat(StrategyLoader.load(source).wantsBooks()).isTrue();
    }

    @Test
    void findsAStrategyInAPackageBesideOtherClasses() throws IOException {
        String source =
                file(
                        "Two.java",
                        "package my.own;\n"
                                + IMPORTS
                                + "final class Aid {}\n"
                                + "public final class Two implements Strategy {}\n");

        Strategy strategy = StrategyLoader.load(source).create(new Parameters(Map.of()));

        assertThat(strategy.getClass().getName()).isEqualTo("my.own.Two");
    }

    @Test
    void loadsAClassOfTheClassPathWithItsParameters() {
        StrategyLoader loader = StrategyLoader.load(Known.class.getName());

        assertThat(((Known) loader.create(new Parameters(Map.of("level", "7")))).level)
                .isEqualTo(7);
    }

    @Test
    void namesTheLineOfACompileError() throws IOException {
        String source = strategy("int x = 1;\nint y = missing;");

        assertThatThrownBy(() -> StrategyLoader.load(source))
                .isInstanceOf(StrategyException.class)
                .hasMessageStartingWith(source + ":5: cannot find symbol")
                .hasMessageContaining("missing");
    }

    @Test
    void showsAFewCompileErrorsAndCountsTheRest() throws IOException {
        String source =
                strategy("int a = a1;int b = b1;int c = c1;int d = d1;int e = e1;int f = f1;");

        assertThatThrownBy(() -> StrategyLoader.load(source)).hasMessageEndingWith("and 1 more");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "static int count;                                     | static field count",
                "static final long[] LAST = new long[1];               | static field LAST",
                "static final java.util.ArrayList<Long> ALL = null;    | static field ALL",
                "static final java.util.List<Long> A = new java.util.ArrayList<>(); | static field"
                        + " A",
                "static final Object LOCK = new Object();              | static field LOCK",
                "Object x = java.util.stream.IntStream.range(0, 9).parallel(); | IntStream.parallel"
                        + " starts",
                "void f(java.util.List<Long> l) { java.util.Collections.shuffle(l); } | shuffle is"
                        + " random",
                "Object x = java.util.Set.of(1, 2);                    | Set.of comes in another"
                        + " order",
                "long x = System.nanoTime();                           | System.nanoTime reads a"
                        + " clock",
                "long x = System.currentTimeMillis();                  | reads a clock",
                "Object x = java.time.Instant.now();                   | Instant.now reads a clock",
                "java.util.function.LongSupplier x = System::nanoTime; | System.nanoTime reads a"
                        + " clock",
                "Object x = new java.util.Date();                      | new Date reads a clock",
                "double x = Math.random();                             | Math.random is random",
                "Object x = new java.util.Random();                    | new Random is random",
                "Object x = java.util.UUID.randomUUID();               | UUID.randomUUID is random",
                "void f() throws Exception { Thread.sleep(1); }        | Thread.sleep starts or"
                        + " stops threads",
                "Object x = Thread.ofVirtual();                        | Thread.ofVirtual starts",
                "Object x = java.util.List.of(1).parallelStream();     | parallelStream starts",
                "void f() { System.exit(1); Runtime.getRuntime().halt(1); } | Runtime.halt stops",
            })
    void refusesWhatWouldMakeRunsDiffer(String code, String message) throws IOException {
        String source = strategy(code);

        assertThatThrownBy(() -> StrategyLoader.load(source))
                .isInstanceOf(StrategyException.class)
                .hasMessageContaining(source + ":4: ")
                .hasMessageContaining(message.strip());
    }

    @Test
    void letsSeededRandomnessAndNamesThatOnlyLookLikeClocksPass() throws IOException {
        String source =
                strategy(
                        """
                        final java.util.SplittableRandom random = new java.util.SplittableRandom(7);
                        long nanoTime() { return 1; }
                        long x = nanoTime();
                        static final java.util.List<String> NAMES = java.util.List.of("a");
                        Object day = new java.util.Date(7);
                        record Level(long price) {}
                        static final Level ZERO = new Level(0);
                        static final Side SIDE = Side.BUY;
                        """);

        assertThat(StrategyLoader.load(source).name()).isEqualTo("Mine");
    }

    @Test
    void saysWhatIsWrongWithTheFile() throws IOException {
        Path latin = folder.resolve("Latin.java");
        Files.write(latin, "// caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        String empty = file("Empty.java", "");

        assertThatThrownBy(() -> StrategyLoader.load(folder + "/No.java"))
                .hasMessageEndingWith("No.java: there is no such file.");
        Files.createDirectory(folder.resolve("Folder.java"));
        assertThatThrownBy(() -> StrategyLoader.load(folder + "/Folder.java"))
                .hasMessageContaining("is a directory");
        assertThatThrownBy(() -> StrategyLoader.load(latin.toString()))
                .hasMessageContaining("is not UTF-8 text");
        assertThatThrownBy(() -> StrategyLoader.load(empty))
                .hasMessageContaining("no class in it implements");
    }

    @Test
    void saysWhatIsWrongWithTheClass() throws IOException {
        assertThatThrownBy(() -> StrategyLoader.load("no.such.Thing"))
                .hasMessageContaining("no.such.Thing: there is no such strategy");
        assertThatThrownBy(() -> StrategyLoader.load(Stranger.class.getName()))
                .hasMessageContaining("does not implement");
        String hidden = strategy("private Mine() {}");
        assertThatThrownBy(() -> StrategyLoader.load(hidden).create(new Parameters(Map.of())))
                .hasMessageContaining("public constructor");
    }

    @Test
    void refusesParametersThatTheStrategyDoesNotKnowOrCannotTake() {
        StrategyLoader loader = StrategyLoader.load(Known.class.getName());

        assertThatThrownBy(() -> loader.create(new Parameters(Map.of("levle", "7"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("levle")
                .hasMessageContaining("level");
        assertThatThrownBy(() -> loader.create(new Parameters(Map.of("level", "70"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("level")
                .hasMessageContaining("70");
    }
}
