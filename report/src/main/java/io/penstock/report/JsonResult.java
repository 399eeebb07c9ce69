// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

import io.penstock.channel.EdgeStatistics;
import io.penstock.market.Instrument;
import io.penstock.strategy.OrderState;
import io.penstock.strategy.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// A result as one JSON object, for `--json` and for the plots of the report. Times are ns since
/// 1970 UTC and lengths of time ns; money and quantities are exact decimal numbers; what was not
/// measured is null. Fields are only ever added: `schema` changes when one changes its meaning.
public final class JsonResult {
    /// Name and version of the layout.
    static final String SCHEMA = "penstock.run/1";

    private final JsonWriter json;

    private JsonResult(JsonWriter json) {
        this.json = json;
    }

    /// The whole result, in ASCII.
    public static String of(RunResult result) {
        StringBuilder text = new StringBuilder(1 << 16);
        try {
            new JsonResult(new JsonWriter(text)).result(result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void result(RunResult result) throws IOException {
        json.open('{').name("schema").text(SCHEMA);
        setup(result.setup());
        json.name("status").text(NumberText.words(result.status().state()));
        json.name("reason").text(result.status().isPartial() ? result.status().reason() : null);
        speed(result.speed());
        orders(result.orders());
        totals(result);
        json.name("instruments").open('[');
        for (InstrumentResult instrument : result.instruments()) {
            instrument(instrument);
        }
        json.close(']');
        equity(result.equity());
        latencies(result.latencies());
        stages(result.stages());
        edges(result.edges());
        json.name("warnings").open('[');
        for (String warning : result.warnings()) {
            json.text(warning);
        }
        json.close(']').close('}');
    }

    private void setup(RunSetup setup) throws IOException {
        json.name("title").text(setup.title());
        json.name("mode").text(setup.mode());
        json.name("strategy").text(setup.strategy());
        json.name("parameters").open('[');
        for (ParameterValue parameter : setup.parameters()) {
            json.open('{').name("name").text(parameter.name());
            json.name("value").text(parameter.value());
            json.name("default").text(parameter.defaultValue()).close('}');
        }
        json.close(']');
        json.name("data").text(setup.data());
        json.name("fromNs").number(setup.fromNs()).name("toNs").number(setup.toNs());
        json.name("seed").number(setup.seed());
        json.name("settings").open('{');
        for (Setting setting : setup.settings()) {
            json.name(setting.name()).text(setting.value());
        }
        json.close('}');
    }

    private void speed(RunSpeed speed) throws IOException {
        json.name("events").number(speed.events());
        json.name("skippedRecords").number(speed.skippedRecords());
        json.name("wallNs").number(speed.wallNs());
        json.name("eventsPerSecond").number(speed.eventsPerSecond());
        json.name("allocatedBytes")
                .number(speed.allocatedBytes() < 0 ? Double.NaN : (double) speed.allocatedBytes());
        json.name("bytesPerEvent").number(speed.bytesPerEvent());
    }

    private void orders(OrderCounts orders) throws IOException {
        json.name("orders").open('{').name("total").number(orders.total());
        json.name("requests").number(orders.requests());
        json.name("byState").open('{');
        for (Map.Entry<OrderState, Long> entry : orders.byState().entrySet()) {
            json.name(NumberText.words(entry.getKey())).number(entry.getValue());
        }
        json.close('}').name("rejections").open('{');
        for (Map.Entry<Reason, Long> entry : orders.rejections().entrySet()) {
            json.name(entry.getKey().text()).number(entry.getValue());
        }
        json.close('}').name("logHash").text(orders.logHash());
        json.name("logEntries").number(orders.logEntries()).close('}');
    }

    private void totals(RunResult result) throws IOException {
        Totals totals = result.totals();
        json.name("totals").open('{').name("fills").number(totals.fills());
        json.name("notional").number(totals.notional());
        json.name("fees").number(totals.fees());
        json.name("realized").number(totals.realized());
        json.name("unrealized").number(totals.unrealized());
        json.name("net").number(totals.net());
        json.name("maxDrawdown").number(result.equity().maxDrawdown()).close('}');
    }

    private void instrument(InstrumentResult result) throws IOException {
        Instrument instrument = result.instrument();
        json.open('{').name("id").number(instrument.id());
        json.name("symbol").text(instrument.symbol());
        json.name("tick").number(instrument.priceOf(instrument.tick()));
        json.name("lot").number(instrument.lot());
        json.name("origin").text(NumberText.words(instrument.origin()));
        json.name("liquidity").text(result.liquidity());
        json.name("events").number(result.events());
        account(result.account());
        json.name("price").open('{').name("what").text(result.price().what());
        json.name("timeNs").numbers(result.price().timeNs());
        json.name("low").numbers(result.price().low());
        json.name("high").numbers(result.price().high());
        json.name("last").numbers(result.price().last()).close('}');
        json.name("fillPoints").open('{').name("timeNs").numbers(result.fills().timeNs());
        json.name("price").numbers(result.fills().price());
        json.name("quantity").numbers(result.fills().quantity());
        json.name("leftOut").number(result.fills().leftOut()).close('}');
        json.name("positionPoints").open('{');
        json.name("timeNs").numbers(result.position().timeNs());
        json.name("position").numbers(result.position().value()).close('}');
        json.close('}');
    }

    private void account(InstrumentResult.Account account) throws IOException {
        json.name("fills").number(account.fills());
        json.name("volume").number(account.volume());
        json.name("notional").number(account.notional());
        json.name("fees").number(account.fees());
        json.name("realized").number(account.realized());
        json.name("unrealized").number(account.unrealized());
        json.name("net").number(account.net());
        json.name("maxDrawdown").number(account.maxDrawdown());
        json.name("position").number(account.position());
        json.name("averagePrice").number(account.averagePrice());
    }

    private void equity(EquitySeries equity) throws IOException {
        json.name("equity").open('{').name("timeNs").numbers(equity.timeNs());
        json.name("equity").numbers(equity.equity());
        json.name("drawdown").numbers(equity.drawdown()).close('}');
    }

    private void latencies(List<LatencyResult> latencies) throws IOException {
        json.name("latencies").open('[');
        for (LatencyResult latency : latencies) {
            json.open('{').name("name").text(latency.name());
            json.name("meaning").text(latency.meaning());
            json.name("count").number(latency.count());
            json.name("minNs").number(latency.minNs());
            json.name("meanNs").number(latency.meanNs());
            json.name("maxNs").number(latency.maxNs());
            json.name("percent").open('[');
            for (LatencyResult.Percentile point : latency.percentiles()) {
                json.number(point.percent());
            }
            json.close(']').name("valueNs").open('[');
            for (LatencyResult.Percentile point : latency.percentiles()) {
                json.number(point.valueNs());
            }
            json.close(']').close('}');
        }
        json.close(']');
    }

    private void stages(List<StageResult> stages) throws IOException {
        json.name("stages").open('[');
        for (StageResult stage : stages) {
            json.open('{').name("name").text(stage.name());
            json.name("placement").text(stage.placement());
            json.name("items").number(stage.items());
            json.name("throughput").open('{');
            json.name("elapsedNs").numbers(stage.itemsPerSecond().timeNs());
            json.name("itemsPerSecond").numbers(stage.itemsPerSecond().value());
            json.close('}').close('}');
        }
        json.close(']');
    }

    private void edges(List<EdgeStatistics> edges) throws IOException {
        json.name("edges").open('[');
        for (EdgeStatistics edge : edges) {
            json.open('{').name("name").text(edge.name());
            json.name("capacity").number(edge.capacity());
            json.name("sent").number(edge.sent()).name("received").number(edge.received());
            json.name("dropped").number(edge.dropped()).name("left").number(edge.left());
            json.name("balanced").bool(edge.isBalanced());
            json.name("highWater").number(edge.highWater());
            json.name("refused").number(edge.refused());
            json.name("senderWaits").number(edge.senderWaits());
            json.name("receiverWaits").number(edge.receiverWaits());
            json.name("senderWaitNs").number(edge.senderWaitNs());
            json.name("receiverWaitNs").number(edge.receiverWaitNs()).close('}');
        }
        json.close(']');
    }
}
