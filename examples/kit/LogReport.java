// SPDX-License-Identifier: Apache-2.0

import io.penstock.channel.EdgeStatistics;
import io.penstock.pipeline.Batch;
import io.penstock.pipeline.Ended;
import io.penstock.pipeline.How;
import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Run;
import io.penstock.pipeline.Source;
import io.penstock.stage.Emitter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// Reads access logs of web servers (common or combined format, plain or .gz), and prints the
/// paths that were asked for most, with errors and bytes.
///
/// ```
/// java -cp 'benchmarks/target/lib/*' examples/kit/LogReport.java access.log access.log.1.gz
/// ```
///
/// The files are read by one strand, parsed by two, and counted by one, so that the counts need no
/// lock. Only so many lines are in memory, however large the files are; lines that cannot be read
/// are counted and shown, and do not stop the report.
public final class LogReport {
    private static final Pattern LINE =
            Pattern.compile(
                    "(\\S+) \\S+ \\S+ \\[[^]]+] \"(\\S+) (\\S+)[^\"]*\" (\\d{3}) (\\d+|-).*");

    private static final int SHOWN = 10;

    /// One request of a log.
    record Hit(String path, int status, long bytes) {}

    /// What is known of one path. Confined to the strand that counts.
    static final class Count {
        long hits;
        long errors;
        long bytes;
    }

    /// Lines of one file, in their order, and those that could not be read.
    record Parsed(List<Hit> hits, List<String> refused) {}

    /// What came out. Written by one strand, read after the end.
    static final class Report {
        final Map<String, Count> paths = new TreeMap<>();
        final List<String> refused = new ArrayList<>();
        long lines;
        long refusedLines;

        void add(Parsed parsed) {
            lines += parsed.hits().size() + parsed.refused().size();
            refusedLines += parsed.refused().size();
            refused.addAll(parsed.refused().subList(0, Math.min(3, parsed.refused().size())));
            for (Hit hit : parsed.hits()) {
                Count count = paths.computeIfAbsent(hit.path(), _ -> new Count());
                count.hits++;
                count.errors += hit.status() >= 400 ? 1 : 0;
                count.bytes += hit.bytes();
            }
        }

        void print(PrintStream out) {
            out.printf(
                    "%,d lines, %,d paths, %,d lines not understood%n",
                    lines, paths.size(), refusedLines);
            out.printf("%10s %8s %14s  %s%n", "hits", "errors", "bytes", "path");
            Comparator<Map.Entry<String, Count>> byHits =
                    Comparator.comparingLong(entry -> -entry.getValue().hits);
            try (Stream<Map.Entry<String, Count>> all = paths.entrySet().stream()) {
                all.sorted(byHits.thenComparing(Map.Entry.comparingByKey()))
                        .limit(SHOWN)
                        .forEach(
                                entry ->
                                        out.printf(
                                                "%,10d %,8d %,14d  %s%n",
                                                entry.getValue().hits,
                                                entry.getValue().errors,
                                                entry.getValue().bytes,
                                                entry.getKey()));
            }
            refused.stream().limit(3).forEach(line -> out.println("not understood: " + line));
        }
    }

    private LogReport() {}

    /// The pipeline, without having run.
    static Pipeline pipeline(List<Path> files, Report report) {
        return Pipeline.from("files", Source.of(files))
                .flatMap("read", LogReport::lines)
                .batch("pages", Batch.of(500))
                .map("parse", LogReport::parse, How.platform(2).unordered().capacity(16))
                .sink("count", report::add);
    }

    private static void lines(Path file, Emitter<String> out) {
        try (BufferedReader reader = open(file)) {
            String line = reader.readLine();
            while (line != null && out.emit(line)) {
                line = reader.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot be read: file=" + file, e);
        }
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        InputStream plain =
                file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
        return new BufferedReader(
                new InputStreamReader(plain, StandardCharsets.ISO_8859_1), 1 << 16);
    }

    private static Parsed parse(List<String> lines) {
        List<Hit> hits = new ArrayList<>(lines.size());
        List<String> refused = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                String path = matcher.group(3).replaceFirst("[?#].*", "");
                String bytes = matcher.group(5);
                hits.add(
                        new Hit(
                                path,
                                Integer.parseInt(matcher.group(4)),
                                bytes.equals("-") ? 0 : Long.parseLong(bytes)));
            } else {
                refused.add(line);
            }
        }
        return new Parsed(hits, refused);
    }

    /// Runs the report.
    ///
    /// @return the exit code: 0 when every file was read
    static int run(List<Path> files, PrintStream out) throws InterruptedException {
        if (files.isEmpty()) {
            out.println("name one or more access logs, plain or .gz");
            return 2;
        }
        Report report = new Report();
        Ended ended;
        try (Run run = pipeline(files, report).start()) {
            ended = run.await();
        }
        if (ended instanceof Ended.Failed failed) {
            out.println("stopped at " + failed.item() + ": " + failed.cause().getMessage());
            return 1;
        }
        report.print(out);
        for (EdgeStatistics edge : ended.statistics().edges()) {
            out.printf(
                    "%s: %,d sent, at most %d inside%n",
                    edge.name(), edge.sent(), edge.highWater());
        }
        return 0;
    }

    /// From the command line.
    public static void main(String[] args) throws InterruptedException {
        System.exit(run(Stream.of(args).map(Path::of).toList(), System.out));
    }
}
