// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

import io.penstock.strategy.OrderState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// A result as one HTML page that needs nothing else: styles, script, plot library and data are
/// inside, and its content policy forbids every request. The plots read the same JSON that `--json`
/// prints.
public final class HtmlReport {
    private final RunResult result;
    private final Html html = new Html();

    private HtmlReport(RunResult result) {
        this.result = result;
    }

    /// The whole page.
    public static String of(RunResult result) {
        HtmlReport report = new HtmlReport(result);
        report.head();
        report.title();
        report.cards();
        report.plots();
        new HtmlTables(report.html, result).write();
        report.end();
        return report.html.toString();
    }

    private void head() {
        html.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
        html.raw("style-src 'unsafe-inline'; script-src 'unsafe-inline'\">");
        html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.raw("<meta name=\"color-scheme\" content=\"light dark\">");
        html.element("title", result.setup().title() + " - Penstock");
        html.raw("<style>").raw(resource("uPlot.min.css")).raw(resource("report.css"));
        html.raw("</style></head>\n<body>");
    }

    private void title() {
        RunSetup setup = result.setup();
        html.raw("<header><p class=\"brand\"><span aria-hidden=\"true\" class=\"mark\"></span>");
        html.raw("Penstock <span class=\"mode\">").text(setup.mode()).raw("</span></p>");
        html.raw("<h1>").text(setup.title());
        if (result.status().isPartial()) {
            html.raw(" <span class=\"chip bad\">partial</span></h1>");
            html.raw("<p class=\"banner\" role=\"alert\"><strong>Partial run.</strong> ");
            html.text(result.status().reason());
            html.raw(" All numbers are those of the part before.</p>");
        } else {
            html.raw(" <span class=\"chip good\">complete</span></h1>");
        }
        html.raw("<p class=\"facts\">");
        fact("Strategy", setup.strategy());
        fact("Data", setup.data());
        fact("Period", NumberText.period(setup.fromNs(), setup.toNs()));
        fact("Seed", Long.toString(setup.seed()));
        html.raw("</p>");
        for (String warning : result.warnings()) {
            html.element("p class=\"warning\"", warning);
        }
        html.raw("</header>\n<main>");
    }

    private void fact(String name, String value) {
        html.raw("<span class=\"fact\">").element("b", name).raw(" ").text(value).raw("</span> ");
    }

    private void cards() {
        Totals totals = result.totals();
        html.raw("<section class=\"cards\" aria-label=\"Key figures\">");
        card("Net profit", NumberText.money(totals.net()), profitDetail(totals), sign(totals));
        BigDecimal drawdown = result.equity().maxDrawdown();
        card("Max drawdown", NumberText.money(drawdown), "from the highest profit so far", "");
        card("Fees", NumberText.money(totals.fees()), feesDetail(totals), "");
        card(
                "Fills",
                NumberText.count(totals.fills()),
                "notional " + NumberText.money(totals.notional()),
                "");
        long filled = result.orders().in(OrderState.FILLED);
        long rejected = result.orders().in(OrderState.REJECTED);
        card(
                "Orders",
                NumberText.count(result.orders().total()),
                NumberText.count(filled) + " filled, " + NumberText.count(rejected) + " rejected",
                "");
        card("Position at the end", positions(), "", "");
        card(
                "Market events",
                NumberText.count(result.speed().events()),
                NumberText.rate(result.speed().eventsPerSecond())
                        + " events/s, "
                        + NumberText.duration((double) result.speed().wallNs()),
                "");
        hashCard();
        html.raw("</section>");
    }

    private static String profitDetail(Totals totals) {
        return "realised "
                + NumberText.money(totals.realized())
                + ", open "
                + NumberText.money(totals.unrealized());
    }

    private static String feesDetail(Totals totals) {
        return switch (totals.fees().signum()) {
            case 1 -> "paid, and taken off the profit";
            case -1 -> "rebates, and part of the profit";
            default -> "none were charged";
        };
    }

    private static String sign(Totals totals) {
        return switch (totals.net().signum()) {
            case 1 -> " gain";
            case -1 -> " loss";
            default -> "";
        };
    }

    private String positions() {
        List<InstrumentResult> open =
                result.instruments().stream()
                        .filter(i -> i.account().position().signum() != 0)
                        .toList();
        if (open.isEmpty()) {
            return "flat";
        }
        if (open.size() > 2) {
            return open.size() + " instruments";
        }
        return open.stream()
                .map(i -> NumberText.exact(i.account().position()) + " " + i.instrument().symbol())
                .collect(Collectors.joining(", "));
    }

    private void hashCard() {
        String hash = result.orders().logHash();
        html.raw("<div class=\"card\">").element("h2", "Order log");
        html.raw("<p class=\"figure hash\" title=\"").text(hash).raw("\">");
        html.text(hash.substring(0, Math.min(12, hash.length()))).raw("</p>");
        html.element(
                "p class=\"detail\"",
                NumberText.count(result.orders().logEntries())
                        + " entries; the same run has the same hash");
        html.raw("</div>");
    }

    private void card(String name, String figure, String detail, String kind) {
        html.raw("<div class=\"card" + kind + "\">").element("h2", name);
        html.element("p class=\"figure\"", figure);
        if (!detail.isEmpty()) {
            html.element("p class=\"detail\"", detail);
        }
        html.raw("</div>");
    }

    private void plots() {
        html.raw("<noscript><p class=\"warning\">The plots need JavaScript; every number is in ");
        html.raw("the tables below.</p></noscript>");
        html.raw("<section id=\"plots\" aria-label=\"Plots\">");
        for (int i = 0; i < result.instruments().size(); i++) {
            InstrumentResult instrument = result.instruments().get(i);
            String symbol = instrument.instrument().symbol();
            plot("price-" + i, symbol + ": price and fills", priceNote(instrument));
            plot("position-" + i, symbol + ": position", "Quantity held, long above zero.");
        }
        plot("equity", "Equity", "Profit after fees, open positions at the market.");
        plot("drawdown", "Drawdown", "How far the profit is below its highest so far.");
        html.raw("<div class=\"pair\">");
        for (int i = 0; i < result.latencies().size(); i++) {
            String name = result.latencies().get(i).name();
            plot("latency-" + i, capitalized(name), result.latencies().get(i).meaning());
        }
        plot("throughput", "Throughput by stage", "Items per second over the time of the run.");
        html.raw("</div></section>");
    }

    private static String priceNote(InstrumentResult instrument) {
        long shown = instrument.fills().timeNs().length;
        long leftOut = instrument.fills().leftOut();
        return "Line: "
                + instrument.price().what()
                + ", band: lowest to highest. "
                + NumberText.count(shown)
                + (leftOut == 0
                        ? " fills."
                        : " fills are shown, " + NumberText.count(leftOut) + " more are not.");
    }

    private static String capitalized(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private void plot(String id, String title, String note) {
        html.raw("<figure><figcaption><h2>").text(title).raw("</h2><p>").text(note);
        html.raw("</p></figcaption><div class=\"plot\" role=\"img\" id=\"" + id + "\"");
        html.raw(" aria-label=\"").text("Plot: " + title + ". " + note).raw("\"></div></figure>\n");
    }

    private void end() {
        html.raw("</main><footer><p>Times are UTC. Drag in a plot to zoom, double-click to see ");
        html.raw("all. Plots by uPlot (MIT licence, see the source of this page).</p></footer>");
        html.raw("\n<script type=\"application/json\" id=\"result\">");
        html.raw(JsonResult.of(result)).raw("</script>\n<script>\n/*\n");
        html.raw(resource("uPlot.LICENSE.txt")).raw("*/\n").raw(resource("uPlot.iife.min.js"));
        html.raw("\n</script>\n<script>").raw(resource("report.js"));
        html.raw("</script></body></html>\n");
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
