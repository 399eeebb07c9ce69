// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Runs the suite: in each round all variants one after the other, each in a fresh process.
///
/// Options: `--only W1,W4` workloads; `--variants REGEX` of their names; `--rounds N` (3);
/// `--short` to see that everything runs; `--out FOLDER` for `rivals.md` and `rivals.json`;
/// `--list`.
public final class Rivals {
    private static final int ROUNDS = 3;

    private final List<Variant> variants;
    private final Options options;
    private final Results results = new Results();

    private Rivals(List<Variant> variants, Options options) {
        this.variants = variants;
        this.options = options;
    }

    /// What the arguments say.
    record Options(
            List<String> only,
            @Nullable String names,
            int rounds,
            Timing timing,
            Path out,
            boolean isList) {
        static Options parse(List<String> arguments) {
            List<String> only = new ArrayList<>();
            String names = null;
            int rounds = ROUNDS;
            Timing timing = Timing.FULL;
            Path out = Path.of("benchmarks", "target");
            boolean isList = false;
            var left = arguments.iterator();
            while (left.hasNext()) {
                String argument = left.next();
                switch (argument) {
                    case "--only" -> only.addAll(List.of(left.next().split(",", -1)));
                    case "--variants" -> names = left.next();
                    case "--rounds" -> rounds = Integer.parseInt(left.next());
                    case "--short" -> timing = Timing.SHORT;
                    case "--out" -> out = Path.of(left.next());
                    case "--list" -> isList = true;
                    default ->
                            throw new IllegalArgumentException(
                                    "no such option: argument=" + argument);
                }
            }
            return new Options(only, names, rounds, timing, out, isList);
        }

        List<Variant> choose(List<Variant> all) {
            return all.stream()
                    .filter(v -> v.workload().isNamedBy(only))
                    .filter(v -> names == null || v.name().matches(names))
                    .toList();
        }
    }

    /// Runs what the arguments choose and prints the tables.
    public static void run(List<String> arguments) throws IOException, InterruptedException {
        Options options = Options.parse(arguments);
        Rivals suite = new Rivals(options.choose(Catalog.allVariants()), options);
        if (options.isList()) {
            suite.variants.forEach(v -> print(v.id()));
            return;
        }
        suite.measure();
        suite.report();
    }

    private void measure() throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("rivals");
        VariantProcess process = new VariantProcess(options.timing(), pythonFolder(), scratch);
        Progress progress = new Progress(variants.size() * options.rounds());
        try {
            for (int round = 1; round <= options.rounds(); round++) {
                for (Variant variant : variants) {
                    VariantProcess.Measured measured = process.measure(variant);
                    results.add(variant, round, measured.samples());
                    if (!measured.failure().isEmpty()) {
                        results.addFailure(variant, measured.failure());
                    }
                    print(progress.line(round, variant, measured));
                }
            }
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    private void report() throws IOException {
        Report report = new Report(variants, Catalog.allAims(), results);
        Files.createDirectories(options.out());
        Files.writeString(options.out().resolve("rivals.md"), report.markdown());
        Files.writeString(options.out().resolve("rivals.json"), report.json());
        print("");
        print(report.markdown());
    }

    /// Beside the jar, or among the sources when classes run from a folder.
    private static Path pythonFolder() {
        String told = System.getProperty("penstock.python");
        if (told != null) {
            return Path.of(told);
        }
        Path packed = Path.of("benchmarks", "src", "main", "python");
        return Files.isDirectory(packed) ? packed : Path.of("src", "main", "python");
    }

    /// How far it is, how fast it goes and how long it still takes.
    private static final class Progress {
        private final int total;
        private final long beginNs = System.nanoTime();
        private int done;

        Progress(int total) {
            this.total = total;
        }

        String line(int round, Variant variant, VariantProcess.Measured measured) {
            done++;
            double seconds = (System.nanoTime() - beginNs) / 1e9;
            double perMinute = done / seconds * 60;
            double left = (total - done) * seconds / done;
            return String.format(
                    Locale.ROOT,
                    "[%d/%d, %.0f a minute, %d:%02d left] round %d %s: %s",
                    done,
                    total,
                    perMinute,
                    (long) left / 60,
                    (long) left % 60,
                    round,
                    variant.id(),
                    told(variant, measured));
        }

        private static String told(Variant variant, VariantProcess.Measured measured) {
            if (!measured.failure().isEmpty()) {
                return "FAILED, " + measured.failure();
            }
            List<String> values = new ArrayList<>();
            for (Sample sample : measured.samples()) {
                values.add(
                        variant.workload().metric().text(sample.value())
                                + (sample.isClean() ? "" : " !"));
            }
            return String.join(", ", values) + " " + variant.workload().metric().unit();
        }
    }

    @SuppressWarnings("SystemOut")
    private static void print(String line) {
        System.out.println(line);
    }
}
