// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.market.Instrument;
import io.penstock.report.NumberText;
import io.penstock.strategy.Reason;
import io.penstock.trading.OmsStatistics;
import io.penstock.trading.TradingState;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What the user should know about a run and its data, a sentence each. Called on the loop's
/// thread.
final class RunWarnings {
    /// Binance names its coin-margined futures like this.
    private static final Pattern COIN_MARGINED = Pattern.compile("[A-Z0-9]+USD_(PERP|\\d{6})");

    private final BacktestPlan plan;
    private final Connections connections;

    RunWarnings(BacktestPlan plan, Connections connections) {
        this.plan = plan;
        this.connections = connections;
    }

    List<String> list(OmsStatistics orders) {
        List<String> warnings = new ArrayList<>(plan.market().warnings());
        for (Instrument instrument : connections.market().instruments()) {
            addData(instrument, warnings);
            addContract(instrument, warnings);
        }
        if (plan.market() instanceof MarketData.Recorded recorded
                && recorded.tape().info().clockOffsetNs() != 0) {
            warnings.add(clock(recorded.tape().info().clockOffsetNs()));
        }
        if (orders.anomalies().overfills() > 0) {
            warnings.add("the venue filled more than was ordered: " + orders.anomalies());
        }
        if (connections.records().recorder().isTooLarge()) {
            warnings.add("the profit was too large for the plots, which end early");
        }
        if (connections.stages().oms().state() != TradingState.ACTIVE) {
            warnings.add("the trading state at the end is " + connections.stages().oms().state());
        }
        if (connections.records().meters().events() == 0) {
            warnings.add("no market event reached the strategy");
        }
        return warnings;
    }

    private void addData(Instrument instrument, List<String> warnings) {
        long gaps = connections.market().gaps(instrument.id());
        if (gaps > 0) {
            warnings.add(
                    instrument.symbol()
                            + ": gaps in the data: "
                            + NumberText.count(gaps)
                            + "; after each the book is stale, and orders are refused, until the"
                            + " next snapshot");
        }
        if (connections.market().refusal(instrument.id()) == Reason.STALE_BOOK) {
            warnings.add(
                    instrument.symbol()
                            + ": events are missing in the data (or it begins without a"
                            + " snapshot), so its book is stale at the end and orders are"
                            + " refused; penstock tape check says more");
        }
        long crossed = connections.records().recorder().crossed(instrument.id());
        if (crossed > 0) {
            warnings.add(
                    instrument.symbol()
                            + ": quotes with the bid above the ask: "
                            + NumberText.count(crossed)
                            + "; the strategy saw them as they are");
        }
    }

    private static void addContract(Instrument instrument, List<String> warnings) {
        if (COIN_MARGINED.matcher(instrument.symbol()).matches()) {
            warnings.add(
                    instrument.symbol()
                            + " looks like a coin-margined (inverse) contract; notional, fees"
                            + " and profit are counted as if it were linear, price times"
                            + " contracts, and are no amounts of money");
        }
        if (instrument.origin() == Instrument.Origin.DETECTED) {
            warnings.add(
                    instrument.symbol()
                            + ": tick "
                            + NumberText.exact(instrument.priceOf(instrument.tick()))
                            + " and lot "
                            + NumberText.exact(instrument.lot())
                            + " are the finest steps seen in the data; --instrument FILE gives"
                            + " the real ones");
        }
    }

    private static String clock(long offsetNs) {
        return "the recorder's clock was "
                + NumberText.duration((double) Math.abs(offsetNs))
                + (offsetNs < 0 ? " behind" : " ahead of")
                + " the venue's, as far as the data can tell; the fastest message counts as"
                + " received at once, and --feed-latency adds to it";
    }
}
