// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

import io.penstock.channel.EdgeStatistics;
import io.penstock.market.Instrument;
import io.penstock.report.InstrumentResult.Account;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A result as text for a terminal of 80 columns.
public final class SummaryText {
    private static final int MOST_INSTRUMENTS = 8;

    private final RunResult result;
    private final TextLayout text = new TextLayout();

    private SummaryText(RunResult result) {
        this.result = result;
    }

    /// The whole summary, each line ended.
    public static String of(RunResult result) {
        SummaryText summary = new SummaryText(result);
        summary.setup(result.setup());
        summary.speed(result.speed());
        summary.orders(result.orders());
        summary.instruments();
        summary.totals();
        summary.latencies();
        summary.edges();
        summary.warnings();
        return summary.text.toString();
    }

    private void setup(RunSetup setup) {
        boolean isPartial = result.status().isPartial();
        text.title(setup.title(), isPartial ? "PARTIAL" : "complete");
        if (isPartial) {
            text.entry("PARTIAL", result.status().reason());
            text.entry("", "All numbers below are those of the part before.");
        }
        text.entry("strategy", setup.strategy() + parameters(setup.parameters()));
        text.entry("data", setup.data());
        text.entry("period", NumberText.period(setup.fromNs(), setup.toNs()));
        text.entry("seed", Long.toString(setup.seed()));
        if (!setup.settings().isEmpty()) {
            text.entry("settings", joined(setup.settings()));
        }
        text.blank();
    }

    private static String parameters(List<ParameterValue> parameters) {
        return parameters.stream()
                .map(p -> " " + p.name() + "=" + p.value())
                .collect(Collectors.joining());
    }

    private static String joined(List<Setting> settings) {
        return settings.stream()
                .map(s -> TextLayout.together(s.name() + " " + s.value()))
                .collect(Collectors.joining(", "));
    }

    private void speed(RunSpeed speed) {
        String skipped =
                speed.skippedRecords() == 0
                        ? ""
                        : ", "
                                + NumberText.count(speed.skippedRecords())
                                + (speed.skippedRecords() == 1 ? " bad record" : " bad records")
                                + " left out";
        text.entry(
                "events",
                NumberText.count(speed.events())
                        + " in "
                        + NumberText.duration((double) speed.wallNs())
                        + ", "
                        + NumberText.rate(speed.eventsPerSecond())
                        + " events/s"
                        + skipped);
        if (speed.allocatedBytes() >= 0) {
            text.entry(
                    "allocated",
                    NumberText.bytes(speed.allocatedBytes())
                            + ", "
                            + NumberText.rate(speed.bytesPerEvent())
                            + " bytes an event");
        }
    }

    private void orders(OrderCounts orders) {
        String states =
                orders.byState().entrySet().stream()
                        .map(e -> NumberText.count(e.getValue()) + " " + words(e.getKey()))
                        .collect(Collectors.joining(", "));
        text.entry(
                "orders",
                NumberText.count(orders.total()) + (states.isEmpty() ? "" : ": " + states));
        if (!orders.rejections().isEmpty()) {
            text.entry(
                    "rejections",
                    orders.rejections().entrySet().stream()
                            .map(e -> NumberText.count(e.getValue()) + " " + e.getKey().text())
                            .collect(Collectors.joining(", ")));
        }
        text.entry("order log", NumberText.count(orders.logEntries()) + " entries, SHA-256");
        text.entry("", orders.logHash());
    }

    private static String words(Enum<?> constant) {
        return NumberText.words(constant);
    }

    private void instruments() {
        List<InstrumentResult> instruments = result.instruments();
        for (InstrumentResult each :
                instruments.subList(0, Math.min(MOST_INSTRUMENTS, instruments.size()))) {
            Instrument instrument = each.instrument();
            text.blank();
            text.entry(
                    instrument.symbol(),
                    "tick "
                            + NumberText.exact(instrument.priceOf(instrument.tick()))
                            + ", lot "
                            + NumberText.exact(instrument.lot())
                            + " ("
                            + HtmlTables.originText(instrument)
                            + ")");
            text.entry("liquidity", each.liquidity());
            account(each.account());
        }
        if (instruments.size() > MOST_INSTRUMENTS) {
            int more = instruments.size() - MOST_INSTRUMENTS;
            text.blank().entry("", more + " more instruments are in the report");
        }
    }

    private void account(Account account) {
        text.entry(
                "fills",
                NumberText.count(account.fills())
                        + ", volume "
                        + NumberText.exact(account.volume())
                        + ", notional "
                        + NumberText.money(account.notional()));
        text.entry(
                "profit",
                NumberText.money(account.net())
                        + " net = "
                        + NumberText.money(account.realized())
                        + " realised"
                        + signed(account.unrealized())
                        + " open"
                        + fees(account.fees()));
        text.entry("drawdown", NumberText.money(account.maxDrawdown()) + " at most");
        text.entry("position", position(account));
    }

    private static String fees(BigDecimal fees) {
        return fees.signum() < 0
                ? signed(fees.negate()) + " rebates"
                : " - " + NumberText.money(fees) + " fees";
    }

    /// A part of a sum with its sign as an operator.
    private static String signed(BigDecimal part) {
        return (part.signum() < 0 ? " - " : " + ") + NumberText.money(part.abs());
    }

    private static String position(Account account) {
        return account.position().signum() == 0
                ? "flat"
                : NumberText.exact(account.position())
                        + " at "
                        + NumberText.exact(account.averagePrice());
    }

    private void totals() {
        if (result.instruments().size() < 2) {
            return;
        }
        Totals totals = result.totals();
        text.blank();
        text.entry(
                "all together",
                NumberText.money(totals.net())
                        + " net, "
                        + NumberText.count(totals.fills())
                        + " fills, notional "
                        + NumberText.money(totals.notional())
                        + ", drawdown "
                        + NumberText.money(result.equity().maxDrawdown()));
    }

    private void latencies() {
        text.blank();
        for (LatencyResult latency : result.latencies()) {
            String value =
                    latency.count() == 0
                            ? "nothing measured"
                            : percentile(latency, 50, "50 % ")
                                    + percentile(latency, 99, ", 99 % ")
                                    + ", most "
                                    + NumberText.duration((double) latency.maxNs())
                                    + " ("
                                    + NumberText.count(latency.count())
                                    + ")";
            text.entry(latency.name(), value);
        }
    }

    private static String percentile(LatencyResult latency, double percent, String name) {
        return name + NumberText.duration((double) latency.valueAt(percent));
    }

    private void edges() {
        if (result.edges().isEmpty()) {
            return;
        }
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"edge", "sent =", "received +", "dropped +", "left", ""});
        for (EdgeStatistics edge : result.edges()) {
            rows.add(
                    new String[] {
                        edge.name(),
                        NumberText.count(edge.sent()) + "  ",
                        NumberText.count(edge.received()) + "  ",
                        NumberText.count(edge.dropped()) + "  ",
                        NumberText.count(edge.left()),
                        edge.isBalanced() ? "balanced" : "NOT BALANCED"
                    });
        }
        text.blank().columns(rows);
        for (EdgeStatistics edge : result.edges()) {
            if (edge.senderWaits() + edge.receiverWaits() > 0) {
                text.entry("waiting", edge.name() + ": " + waits(edge));
            }
        }
    }

    private static String waits(EdgeStatistics edge) {
        return "sender "
                + waits(edge.senderWaits(), edge.senderWaitNs())
                + ", receiver "
                + waits(edge.receiverWaits(), edge.receiverWaitNs());
    }

    private static String waits(long count, long ns) {
        return count == 0
                ? "never"
                : NumberText.duration((double) ns)
                        + " in "
                        + NumberText.count(count)
                        + (count == 1 ? " wait" : " waits");
    }

    private void warnings() {
        if (!result.warnings().isEmpty()) {
            text.blank();
        }
        for (String warning : result.warnings()) {
            text.entry("warning", warning);
        }
    }
}
