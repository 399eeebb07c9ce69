// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.app.OptionValues.TimeLength;
import io.penstock.engine.BacktestPlan;
import io.penstock.exchange.FeeSchedule;
import io.penstock.exchange.LatencyConfiguration;
import io.penstock.exchange.LatencyModel;
import io.penstock.exchange.QueueModel;
import io.penstock.market.Instrument;
import io.penstock.report.NumberText;
import io.penstock.report.Setting;
import io.penstock.trading.OmsConfiguration;
import io.penstock.trading.RiskLimits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// Turns options about the venue, the way to it and the risk limits into what the engine takes:
/// decimals become whole numbers of the instruments' units.
final class WorldOptions {
    private static final long SECOND_NS = 1_000_000_000L;

    /// The edges of a run keep room for all of them: about 150 MB then.
    private static final int MOST_OPEN_ORDERS = 1 << 16;

    private WorldOptions() {}

    /// The simulated world of a run.
    ///
    /// @throws IllegalArgumentException when a value does not fit the instruments
    static BacktestPlan.World world(BacktestRequest request, List<Instrument> instruments) {
        return new BacktestPlan.World(
                latencies(request),
                fees(request.venue(), instruments),
                queueModel(request.venue()),
                quoteSize(request.venue(), instruments),
                oms(request.risk(), instruments),
                request.risk().maxLoss);
    }

    private static LatencyConfiguration latencies(BacktestRequest request) {
        VenueOptions venue = request.venue();
        long jitterNs = venue.latencyJitter.ns();
        long seed = request.period().seed;
        return new LatencyConfiguration(
                latency(venue.feedLatency.ns(), jitterNs, 4 * seed + 1),
                latency(venue.orderLatency.ns(), jitterNs, 4 * seed + 2),
                latency(venue.reportLatency.ns(), jitterNs, 4 * seed + 3));
    }

    private static LatencyModel latency(long ns, long jitterNs, long seed) {
        return jitterNs == 0 ? LatencyModel.constant(ns) : LatencyModel.uniform(ns, jitterNs, seed);
    }

    private static FeeSchedule fees(VenueOptions venue, List<Instrument> instruments) {
        return new FeeSchedule(
                ppm(venue.makerFee),
                ppm(venue.takerFee),
                perLot("--maker-fee", venue.makerFee, instruments),
                perLot("--taker-fee", venue.takerFee, instruments));
    }

    private static long ppm(FeeRate rate) {
        return rate.isPerLot() ? 0 : rate.amount().longValueExact();
    }

    private static long perLot(String option, FeeRate rate, List<Instrument> instruments) {
        if (!rate.isPerLot()) {
            return 0;
        }
        List<BigDecimal> units =
                instruments.stream()
                        .map(i -> i.moneyUnit().stripTrailingZeros())
                        .distinct()
                        .toList();
        if (units.size() > 1) {
            throw new IllegalArgumentException(
                    option + " a lot is for instruments that count money alike; use a rate");
        }
        try {
            return rate.amount().divide(units.getFirst()).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    option
                            + " is a whole number of "
                            + NumberText.exact(units.getFirst())
                            + " a lot: "
                            + NumberText.exact(rate.amount()),
                    e);
        }
    }

    private static QueueModel queueModel(VenueOptions venue) {
        return switch (venue.queueModel) {
            case PESSIMISTIC -> QueueModel.PESSIMISTIC;
            case PROPORTIONAL -> QueueModel.PROPORTIONAL;
            case OPTIMISTIC -> QueueModel.OPTIMISTIC;
        };
    }

    private static long quoteSize(VenueOptions venue, List<Instrument> instruments) {
        BigDecimal size = venue.quoteSize;
        if (size == null) {
            return 0;
        }
        return lots("--quote-size", size, instruments.getFirst());
    }

    private static OmsConfiguration oms(RiskOptions risk, List<Instrument> instruments) {
        risk.check();
        OmsConfiguration oms = OmsConfiguration.DEFAULT;
        if (risk.maxOrderRate != null) {
            oms = oms.withOrderRate(new OmsConfiguration.OrderRate(risk.maxOrderRate, SECOND_NS));
        }
        if (risk.maxOpenOrders != null) {
            oms = oms.withCapacity(capacity(risk.maxOpenOrders, instruments.size()));
        }
        for (Instrument instrument : instruments) {
            oms = oms.withLimits(instrument.id(), limits(risk, instrument));
        }
        return oms;
    }

    /// Room for as many open orders as the limit lets through; never less than by default.
    private static OmsConfiguration.Capacity capacity(int openOrders, int instruments) {
        long most = (long) openOrders * instruments;
        if (most > MOST_OPEN_ORDERS) {
            throw new IllegalArgumentException(
                    "--max-open-orders is at most "
                            + MOST_OPEN_ORDERS / instruments
                            + (instruments == 1 ? "" : " for " + instruments + " instruments")
                            + ": "
                            + openOrders);
        }
        OmsConfiguration.Capacity usual = OmsConfiguration.Capacity.DEFAULT;
        return new OmsConfiguration.Capacity(
                Math.max(usual.openOrders(), (int) most),
                usual.endedOrders(),
                usual.executions(),
                usual.strategies());
    }

    private static RiskLimits limits(RiskOptions risk, Instrument instrument) {
        RiskLimits limits = RiskLimits.DEFAULT;
        if (risk.maxOrder != null) {
            limits = limits.withOrderQuantity(lots("--max-order", risk.maxOrder, instrument));
        }
        if (risk.maxNotional != null) {
            BigDecimal units = risk.maxNotional.divideToIntegralValue(instrument.moneyUnit());
            limits = limits.withOrderNotional(units.longValueExact());
        }
        if (risk.maxPosition != null) {
            limits = limits.withPosition(lots("--max-position", risk.maxPosition, instrument));
        }
        if (risk.priceCollar != null) {
            limits = limits.withCollar(risk.priceCollar.value());
        }
        if (risk.maxOpenOrders != null) {
            limits = limits.withOpenOrders(risk.maxOpenOrders);
        }
        return limits;
    }

    private static long lots(String option, BigDecimal quantity, Instrument instrument) {
        try {
            return instrument.toLots(quantity);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    option
                            + " is a whole number of lots of "
                            + NumberText.exact(instrument.lot())
                            + ": "
                            + NumberText.exact(quantity),
                    e);
        }
    }

    /// The settings as people read them.
    static List<Setting> settings(BacktestRequest request) {
        VenueOptions venue = request.venue();
        List<Setting> settings = new ArrayList<>();
        settings.add(length("feed latency", venue.feedLatency));
        settings.add(length("order latency", venue.orderLatency));
        settings.add(length("report latency", venue.reportLatency));
        settings.add(length("latency jitter", venue.latencyJitter));
        settings.add(new Setting("maker fee", venue.makerFee.words()));
        settings.add(new Setting("taker fee", venue.takerFee.words()));
        settings.add(new Setting("queue model", venue.queueModel.toString()));
        if (request.risk().maxLoss != null) {
            settings.add(new Setting("max loss", NumberText.exact(request.risk().maxLoss)));
        }
        settings.add(new Setting("placement", request.run().placement.toString()));
        return settings;
    }

    private static Setting length(String name, TimeLength length) {
        return new Setting(name, NumberText.duration((double) length.ns()));
    }
}
