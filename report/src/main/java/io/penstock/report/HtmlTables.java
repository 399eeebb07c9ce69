// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

import io.penstock.channel.EdgeStatistics;
import io.penstock.market.Instrument;
import io.penstock.strategy.OrderState;
import io.penstock.strategy.Reason;
import java.util.Map;

/// The tables of the report: every number of the result, exact.
final class HtmlTables {
    private final Html html;
    private final RunResult result;

    HtmlTables(Html html, RunResult result) {
        this.html = html;
        this.result = result;
    }

    void write() {
        html.raw("<section class=\"tables\" aria-label=\"Tables\">");
        accounts();
        orders();
        rejections();
        edges();
        stages();
        latencies();
        instruments();
        parameters();
        settings();
        html.raw("</section>");
    }

    private void accounts() {
        html.beginTable(
                "Result by instrument",
                "Instrument",
                "#Fills",
                "#Volume",
                "#Notional",
                "#Realised",
                "#Unrealised",
                "#Fees",
                "#Net",
                "#Max drawdown",
                "#Position",
                "#Average price");
        for (InstrumentResult instrument : result.instruments()) {
            InstrumentResult.Account account = instrument.account();
            html.row(
                    instrument.instrument().symbol(),
                    number(account.fills()),
                    Html.NUMBER + NumberText.exact(account.volume()),
                    Html.NUMBER + NumberText.exact(account.notional()),
                    Html.NUMBER + NumberText.exact(account.realized()),
                    Html.NUMBER + NumberText.exact(account.unrealized()),
                    Html.NUMBER + NumberText.exact(account.fees()),
                    Html.NUMBER + NumberText.exact(account.net()),
                    Html.NUMBER + NumberText.exact(account.maxDrawdown()),
                    Html.NUMBER + NumberText.exact(account.position()),
                    Html.NUMBER + NumberText.exact(account.averagePrice()));
        }
        html.endTable();
    }

    private void orders() {
        html.beginTable("Orders by final state", "State", "#Orders");
        for (Map.Entry<OrderState, Long> entry : result.orders().byState().entrySet()) {
            html.row(NumberText.words(entry.getKey()), number(entry.getValue()));
        }
        html.row("all", number(result.orders().total())).endTable();
    }

    private void rejections() {
        html.beginTable("Rejections by reason", "Reason", "#Requests");
        if (result.orders().rejections().isEmpty()) {
            html.row("none", Html.NUMBER + "0");
        }
        for (Map.Entry<Reason, Long> entry : result.orders().rejections().entrySet()) {
            html.row(entry.getKey().text(), number(entry.getValue()));
        }
        html.endTable();
    }

    private void edges() {
        html.beginTable(
                "Edges: sent = received + dropped + left",
                "Edge",
                "Balanced",
                "#Sent",
                "#Received",
                "#Dropped",
                "#Left",
                "#Capacity",
                "#Most inside",
                "#Refused",
                "#Sender waits",
                "#Receiver waits");
        for (EdgeStatistics edge : result.edges()) {
            html.row(
                    edge.name(),
                    edge.isBalanced() ? "\u2713 yes" : "\u2717 NO",
                    number(edge.sent()),
                    number(edge.received()),
                    number(edge.dropped()),
                    number(edge.left()),
                    number(edge.capacity()),
                    number(edge.highWater()),
                    number(edge.refused()),
                    waits(edge.senderWaits(), edge.senderWaitNs()),
                    waits(edge.receiverWaits(), edge.receiverWaitNs()));
        }
        html.endTable();
    }

    private static String waits(long count, long ns) {
        return count == 0
                ? number(0)
                : Html.NUMBER
                        + NumberText.count(count)
                        + " × "
                        + NumberText.duration((double) ns / count);
    }

    private void stages() {
        html.beginTable("Stages", "Stage", "Placement", "#Items");
        result.stages().forEach(s -> html.row(s.name(), s.placement(), number(s.items())));
        html.endTable();
    }

    private void latencies() {
        html.beginTable(
                "Latencies",
                "Latency",
                "From, to",
                "#Count",
                "#Least",
                "#Mean",
                "#50 %",
                "#90 %",
                "#99 %",
                "#99.9 %",
                "#Most");
        for (LatencyResult latency : result.latencies()) {
            boolean isMeasured = latency.count() > 0;
            html.row(
                    latency.name(),
                    latency.meaning(),
                    number(latency.count()),
                    time(isMeasured, (double) latency.minNs()),
                    time(isMeasured, latency.meanNs()),
                    time(isMeasured, (double) latency.valueAt(50)),
                    time(isMeasured, (double) latency.valueAt(90)),
                    time(isMeasured, (double) latency.valueAt(99)),
                    time(isMeasured, (double) latency.valueAt(99.9)),
                    time(isMeasured, (double) latency.maxNs()));
        }
        html.endTable();
    }

    private void instruments() {
        html.beginTable(
                "Instruments",
                "Instrument",
                "#Tick",
                "#Lot",
                "Tick and lot",
                "#Events",
                "Liquidity");
        for (InstrumentResult each : result.instruments()) {
            Instrument instrument = each.instrument();
            html.row(
                    instrument.symbol(),
                    Html.NUMBER + NumberText.exact(instrument.priceOf(instrument.tick())),
                    Html.NUMBER + NumberText.exact(instrument.lot()),
                    originText(instrument),
                    number(each.events()),
                    each.liquidity());
        }
        html.endTable();
    }

    static String originText(Instrument instrument) {
        return switch (instrument.origin()) {
            case GIVEN -> "given";
            case DETECTED -> "finest step seen in the data";
        };
    }

    private void parameters() {
        html.beginTable("Parameters of the strategy", "Parameter", "Value", "Default");
        if (result.setup().parameters().isEmpty()) {
            html.row("none", "", "");
        }
        for (ParameterValue parameter : result.setup().parameters()) {
            html.row(
                    parameter.name(),
                    parameter.value() + (parameter.isChanged() ? " (set)" : ""),
                    parameter.defaultValue());
        }
        html.endTable();
    }

    private void settings() {
        html.beginTable("Settings of the run", "Setting", "Value");
        for (Setting setting : result.setup().settings()) {
            html.row(setting.name(), setting.value());
        }
        RunSpeed speed = result.speed();
        html.row("bad records left out", NumberText.count(speed.skippedRecords()));
        html.row(
                "heap bytes allocated",
                speed.allocatedBytes() < 0
                        ? "not measured"
                        : NumberText.bytes(speed.allocatedBytes())
                                + ", "
                                + NumberText.rate(speed.bytesPerEvent())
                                + " bytes an event");
        html.row("order log SHA-256", result.orders().logHash()).endTable();
    }

    private static String number(long count) {
        return Html.NUMBER + NumberText.count(count);
    }

    private static String time(boolean isMeasured, double ns) {
        return isMeasured ? Html.NUMBER + NumberText.duration(ns) : Html.NUMBER + "-";
    }
}
