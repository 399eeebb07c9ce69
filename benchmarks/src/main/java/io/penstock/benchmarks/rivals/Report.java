// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The tables of a suite in Markdown, and everything in JSON.
final class Report {
    private final List<Variant> variants;
    private final List<Aim> aims;
    private final Results results;

    Report(List<Variant> variants, List<Aim> aims, Results results) {
        this.variants = variants;
        this.aims = aims;
        this.results = results;
    }

    /// A table of values and one of aims for each workload that was run.
    String markdown() {
        StringBuilder text = new StringBuilder();
        for (Workload workload : Workload.values()) {
            List<Variant> run = variants.stream().filter(v -> v.workload() == workload).toList();
            if (!run.isEmpty()) {
                text.append("### ").append(workload.id()).append(": ").append(workload.title());
                text.append("\n\n").append(values(workload, run));
                text.append(aims(workload)).append('\n');
            }
        }
        text.append(machine());
        results.failures()
                .forEach(
                        (id, what) ->
                                text.append("\nFailed: ").append(id).append(": ").append(what));
        return results.failures().isEmpty() ? text.toString() : text.append('\n').toString();
    }

    private String values(Workload workload, List<Variant> run) {
        boolean isLatency = workload.metric() == Metric.LATENCY;
        StringBuilder text = new StringBuilder("| variant | median ");
        text.append(workload.metric().unit()).append(" | smallest - largest | ");
        text.append(isLatency ? "p90 | p99 | p99.9 | achieved/s | " : "B/item | ");
        text.append("cores | clean |\n").append(isLatency ? "|---".repeat(9) : "|---".repeat(6));
        text.append("|\n");
        for (Variant variant : run) {
            Results.Figure figure = results.values(variant);
            Spread spread = figure.spread();
            List<String> cells = new ArrayList<>();
            cells.add(variant.name() + (figure.isClean() || figure.isMissing() ? "" : " !"));
            cells.add(workload.metric().text(spread.median()));
            cells.add(
                    workload.metric().text(spread.least())
                            + " - "
                            + workload.metric().text(spread.most()));
            if (isLatency) {
                for (String name : List.of("p90", "p99", "p999")) {
                    cells.add(Metric.LATENCY.text(results.detail(variant, name)));
                }
                cells.add(Metric.RATE.text(results.detail(variant, "ratePerSecond")));
            } else {
                cells.add(number("%.1f", results.detail(variant, "bytesPerItem")));
            }
            cells.add(number("%.2f", results.detail(variant, "cores")));
            cells.add(figure.clean() + "/" + figure.all());
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        return text.append('\n').toString();
    }

    private String aims(Workload workload) {
        StringBuilder text = new StringBuilder();
        for (Aim aim : aims) {
            Optional<Variant> ours = find(aim, Aim::ours);
            Optional<Variant> rival = find(aim, Aim::rival);
            if (aim.workload() == workload && ours.isPresent() && rival.isPresent()) {
                text.append(row(aim, results.ratios(ours.get(), rival.get(), aim)));
            }
        }
        if (text.isEmpty()) {
            return "";
        }
        return "| ours | beside | ratio | smallest - largest of rounds | aim | met |\n"
                + "|---|---|---|---|---|---|\n"
                + text;
    }

    private static String row(Aim aim, Results.Figure ratios) {
        Spread spread = ratios.spread();
        String verdict;
        if (ratios.isMissing()) {
            verdict = "not measured";
        } else if (aim.isMetBy(spread.median())) {
            verdict = ratios.isClean() ? "yes" : "yes !";
        } else {
            verdict = ratios.isClean() ? "**no**" : "**no** !";
        }
        return "| %s | %s | %s | %s - %s | %s | %s |%n"
                .formatted(
                        aim.ours(),
                        aim.rival(),
                        number("%.2f", spread.median()),
                        number("%.2f", spread.least()),
                        number("%.2f", spread.most()),
                        aim.text(),
                        verdict);
    }

    private Optional<Variant> find(Aim aim, Function<Aim, String> name) {
        return variants.stream()
                .filter(v -> v.workload() == aim.workload() && v.name().equals(name.apply(aim)))
                .findFirst();
    }

    /// What the machine was like meanwhile.
    private String machine() {
        List<Sample> all =
                variants.stream()
                        .flatMap(v -> results.rounds(v).values().stream())
                        .flatMap(List::stream)
                        .toList();
        Spread pingPong = Spread.of(all.stream().map(Sample::pingPongNs).toList());
        Spread foreign = Spread.of(all.stream().map(Sample::foreignCores).toList());
        Spread steal = Spread.of(all.stream().map(Sample::stealCores).toList());
        return String.format(
                Locale.ROOT,
                "%d samples, %d of them clean (at most %.2f cores for others of the machine, and as"
                        + " many stolen by its host; `!` marks what has no clean sample)."
                        + " Median [smallest - largest]: others %.2f [%.2f - %.2f] cores, stolen"
                        + " %.2f [%.2f - %.2f] cores, a cache line one way %.0f [%.0f - %.0f]"
                        + " ns.%n",
                all.size(),
                all.stream().filter(Sample::isClean).count(),
                Sample.MOST_LOST_CORES,
                foreign.median(),
                foreign.least(),
                foreign.most(),
                steal.median(),
                steal.least(),
                steal.most(),
                pingPong.median(),
                pingPong.least(),
                pingPong.most());
    }

    /// Every sample, every ratio.
    String json() {
        String samples =
                variants.stream().map(this::variantJson).collect(joining(",\n", "[\n", "\n]"));
        String ratios =
                aims.stream()
                        .filter(a -> find(a, Aim::ours).isPresent())
                        .filter(a -> find(a, Aim::rival).isPresent())
                        .map(this::aimJson)
                        .collect(joining(",\n", "[\n", "\n]"));
        return "{\"variants\": " + samples + ",\n\"aims\": " + ratios + "}\n";
    }

    private String variantJson(Variant variant) {
        String rounds =
                results.rounds(variant).entrySet().stream()
                        .map(Report::roundJson)
                        .collect(joining(",\n    ", "[", "]"));
        return "  {\"workload\": \"%s\", \"name\": \"%s\", \"unit\": \"%s\",\n   \"rounds\": %s}"
                .formatted(
                        variant.workload().id(),
                        variant.name(),
                        variant.workload().metric().unit(),
                        rounds);
    }

    private static String roundJson(Map.Entry<Integer, List<Sample>> round) {
        return round.getValue().stream().map(Sample::json).collect(joining(", ", "[", "]"));
    }

    private String aimJson(Aim aim) {
        Results.Figure ratios =
                results.ratios(
                        find(aim, Aim::ours).orElseThrow(),
                        find(aim, Aim::rival).orElseThrow(),
                        aim);
        return String.format(
                Locale.ROOT,
                "  {\"workload\": \"%s\", \"ours\": \"%s\", \"rival\": \"%s\", \"form\": \"%s\","
                        + " \"bound\": %s, \"ratio\": %s, \"least\": %s, \"most\": %s,"
                        + " \"cleanRounds\": %d, \"rounds\": %d, \"met\": %s}",
                aim.workload().id(),
                aim.ours(),
                aim.rival(),
                aim.form(),
                aim.bound(),
                orNull(ratios.spread().median()),
                orNull(ratios.spread().least()),
                orNull(ratios.spread().most()),
                ratios.clean(),
                ratios.all(),
                aim.isMetBy(ratios.spread().median()));
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    private static String orNull(double value) {
        return Double.isNaN(value) ? "null" : String.format(Locale.ROOT, "%.4f", value);
    }
}
