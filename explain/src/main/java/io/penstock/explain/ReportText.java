// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.explain.StageProfile.Cost;
import io.penstock.explain.StageProfile.Queue;
import io.penstock.explain.StageProfile.Shares;
import io.penstock.pipeline.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// An [Analysis] as text of fixed width.
final class ReportText {
    private static final int WIDTH = 100;
    private static final int BAR = 10;

    /// Share of a target at which it counts as reached.
    private static final double REACHED = 0.98;

    private static final String GAP = "  ";

    /// A space, but not before a unit.
    private static final String BREAK = " (?!%|[num]?s\\b|[kMG]?B\\b)";

    /// Columns that begin a line of the table; the others hold numbers and stand to the right.
    private static final int TEXT_COLUMNS = 3;

    private final Analysis analysis;
    private final StringBuilder text = new StringBuilder(4_096);

    private ReportText(Analysis analysis) {
        this.analysis = analysis;
    }

    static String of(Analysis analysis) {
        ReportText report = new ReportText(analysis);
        report.head();
        report.table();
        report.advice();
        for (Plan.Warning warning : analysis.warnings()) {
            report.paragraph("! ", warning.stage() + ": " + warning.text());
        }
        return report.text.toString();
    }

    private void head() {
        Limit ceiling = analysis.ceiling();
        text.append("pipeline ").append(analysis.pipeline()).append(": ");
        text.append(Figures.rate(analysis.rate())).append(" for ");
        text.append(Figures.time((double) analysis.elapsedNs())).append('\n');
        if (analysis.evidence().extent() == Evidence.Extent.NOTHING) {
            paragraph("  ", "nothing measured: no item has come, so nothing can be concluded");
            text.append('\n');
            return;
        }
        String upper = analysis.isCeilingComplete() ? "" : "at most ";
        String bound =
                Double.isInfinite(ceiling.rate())
                        ? "ceiling unknown: nothing that was measured sets one"
                        : "ceiling %s%s, set by %s; now %s of it"
                                .formatted(
                                        upper,
                                        Figures.rate(ceiling.rate()),
                                        setBy(ceiling),
                                        Figures.percent(analysis.rate() / ceiling.rate()));
        paragraph("  ", bound);
        target();
        boolean isShort = analysis.evidence().extent() == Evidence.Extent.SHORT;
        paragraph(
                "  ",
                analysis.bottleneck()
                        .map(found -> "bottleneck " + found.stage() + ": " + found.why())
                        .orElse(
                                isShort
                                        ? "no bottleneck can be told from a run this short"
                                        : "no bottleneck: nobody waits for room, the line does all"
                                                + " that comes"));
        doubts(analysis.evidence());
        text.append('\n');
    }

    /// What the rate is beside the one that is wanted; the limit of this plan tells whether more
    /// would go through it.
    private void target() {
        double target = analysis.targetRate();
        if (Double.isInfinite(target)) {
            return;
        }
        double reached = analysis.rate() / target;
        String way =
                reached >= REACHED
                        ? "reached"
                        : analysis.limit().rate() >= target
                                ? "%s of it, and this plan can do it: no more comes"
                                : analysis.ceiling().rate() >= target
                                        ? "%s of it, and this plan cannot do it"
                                        : "%s of it, and no plan passes the ceiling";
        paragraph(
                "  ",
                "target " + Figures.rate(target) + ": " + way.formatted(Figures.percent(reached)));
    }

    private void doubts(Evidence evidence) {
        if (evidence.extent() == Evidence.Extent.SHORT) {
            paragraph(
                    "  ",
                    ("short run: for at least %s of it nobody worked (start, wake-ups, end), so a"
                                    + " longer one has other rates")
                            .formatted(Figures.time(evidence.restNs())));
        }
        if (evidence.items() < Confidence.FEW_ITEMS) {
            paragraph(
                    "  ",
                    "few items: averages of %s may be chance"
                            .formatted(Figures.whole(evidence.items())));
        }
    }

    private String setBy(Limit limit) {
        Machine machine = analysis.machine();
        double itemNs = LittlesLaw.NANOS / limit.rate();
        return switch (limit.cause()) {
            case CORES ->
                    "%s (%s / %s of processor time an item)"
                            .formatted(
                                    limit.cause(),
                                    Figures.count(machine.cores(), "core"),
                                    Figures.time(machine.cores() * itemNs));
            case SERIAL ->
                    "%s, one item at a time (1 / %s)"
                            .formatted(limit.stage(), Figures.time(itemNs));
            case WORKERS, KEY -> limit.stage() + ", " + limit.cause();
            case RESOURCE -> "resource " + limit.stage() + ", all of it in use";
            case RATE -> "the rate limit of " + limit.stage();
            case SOURCE -> limit.stage().isEmpty() ? "the source" : limit.stage();
        };
    }

    private void table() {
        List<String[]> rows = new ArrayList<>();
        rows.add(
                new String[] {
                    "",
                    "stage",
                    "how",
                    "busy",
                    "idle",
                    "blocked",
                    "items",
                    "service",
                    "cpu",
                    "run queue",
                    "queue 50/99",
                    "alloc"
                });
        String limiting = analysis.bottleneck().map(Bottleneck::stage).orElse("");
        for (StageProfile stage : analysis.stages()) {
            rows.add(row(stage, stage.name().equals(limiting)));
        }
        int[] widths = new int[rows.getFirst().length];
        for (String[] row : rows) {
            Arrays.setAll(widths, i -> Math.max(widths[i], row[i].length()));
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String room = " ".repeat(widths[i] - row[i].length());
                line.append(i <= TEXT_COLUMNS ? row[i] + room : room + row[i]);
                line.append(i == 0 ? "" : GAP);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        text.append("   █ busy  ▒ blocked on output  · waiting for input, busy in other stages,");
        text.append(" not started, or ended\n");
        if (analysis.stages().stream().anyMatch(stage -> stage.cost().isCpuGuessed())) {
            text.append("   ~ a guess: known of all stages of the strand together\n");
        }
        text.append('\n');
    }

    private static String[] row(StageProfile stage, boolean isLimiting) {
        Cost cost = stage.cost();
        Shares shares = stage.shares();
        return new String[] {
            isLimiting ? "=> " : "   ",
            stage.name(),
            how(stage),
            bar(shares) + " " + percent(shares.busy()),
            percent(shares.idle()),
            percent(shares.blocked()),
            Figures.whole(stage.flow().in()),
            Figures.time(cost.serviceNs()),
            (cost.isCpuGuessed() ? "~" : "") + Figures.time(cost.cpuNs()),
            Figures.time(cost.runQueueNs()),
            queue(stage.queue()),
            Figures.bytes(cost.allocatedBytes())
        };
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%3.0f%%", 100 * share);
    }

    /// Busy is full, blocked is half full, the rest is idle, or busy in other stages of the strand.
    private static String bar(Shares shares) {
        int busy = Math.clamp(Math.round(BAR * shares.busy()), 0, BAR);
        int blocked = Math.clamp(Math.round(BAR * shares.blocked()), 0, BAR - busy);
        return "█".repeat(busy) + "▒".repeat(blocked) + "·".repeat(BAR - busy - blocked);
    }

    private static String how(StageProfile stage) {
        return stage.kind() == StageKind.SOURCE ? stage.how().describe() : Draft.describe(stage);
    }

    private static String queue(Queue queue) {
        if (queue.capacity() == 0) {
            return "-";
        }
        return queue.p50() < 0
                ? "?"
                : Figures.whole(queue.p50()) + "/" + Figures.whole(queue.p99());
    }

    private void advice() {
        boolean isMeasured = analysis.evidence().extent() != Evidence.Extent.NOTHING;
        if (analysis.advice().isEmpty() && isMeasured) {
            paragraph("  ", "Nothing to advise.");
        }
        int number = 1;
        for (Advice piece : analysis.advice()) {
            String change = piece.change() == null ? " -> " + piece.to() : changed(piece);
            paragraph(
                    "%2d. ".formatted(number++),
                    piece.stage() + ": " + piece.diagnosis() + "." + change);
            paragraph("    ", piece.why());
            paragraph("    ", outcome(piece) + "Confidence " + piece.confidence() + ".");
            paragraph("    ", "Not if: " + piece.revise());
        }
    }

    private static String changed(Advice piece) {
        return " " + piece.from() + " -> " + piece.to();
    }

    private static String outcome(Advice piece) {
        return piece.predicted()
                .map(
                        prediction ->
                                "Predicted %s%s (%s). "
                                        .formatted(
                                                prediction.isAtMost() ? "at most " : "",
                                                Figures.rate(prediction.after()),
                                                Figures.gain(prediction.gain())))
                .orElse("");
    }

    /// Wraps words below a first line with a mark. A unit stays with its number.
    private void paragraph(String mark, String words) {
        StringBuilder line = new StringBuilder(mark);
        for (String word : words.split(BREAK, -1)) {
            if (line.length() + word.length() > WIDTH && line.length() > mark.length()) {
                text.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(" ".repeat(mark.length()));
            }
            line.append(word).append(' ');
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
