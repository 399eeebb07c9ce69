// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.market.Instrument;
import io.penstock.report.InstrumentResult;
import io.penstock.report.OrderCounts;
import io.penstock.report.ParameterValue;
import io.penstock.report.RunResult;
import io.penstock.report.RunSetup;
import io.penstock.report.RunSpeed;
import io.penstock.report.RunStatus;
import io.penstock.strategy.OrderState;
import io.penstock.strategy.Parameters;
import io.penstock.strategy.Position;
import io.penstock.strategy.Reason;
import io.penstock.trading.OmsStatistics;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Writes down what a run has done so far as a [RunResult]. Called on the loop's thread.
final class ResultWriter {
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private final BacktestPlan plan;
    private final Parameters parameters;
    private final Connections connections;
    private final AllocationCounter allocations = new AllocationCounter();

    ResultWriter(BacktestPlan plan, Parameters parameters, Connections connections) {
        this.plan = plan;
        this.parameters = parameters;
        this.connections = connections;
    }

    RunResult result(RunStatus status) {
        LoopMeters meters = connections.records().meters();
        OmsStatistics orders = connections.stages().oms().statistics();
        return new RunResult(
                setup(),
                status,
                new RunSpeed(
                        meters.events(),
                        plan.market().skippedRecords(),
                        meters.elapsedNs(),
                        allocations.bytes()),
                orderCounts(orders),
                instruments(orders),
                connections.records().recorder().equity(),
                List.of(connections.desk().orderLatency(), meters.feedLatency()),
                meters.stages(),
                connections.edgeStatistics(),
                new RunWarnings(plan, connections).list(orders));
    }

    private RunSetup setup() {
        List<ParameterValue> declared =
                parameters.declared().stream()
                        .map(p -> new ParameterValue(p.name(), p.value(), p.defaultValue()))
                        .toList();
        String symbols =
                String.join(
                        ", ",
                        connections.market().instruments().stream()
                                .map(Instrument::symbol)
                                .toList());
        return new RunSetup(
                plan.strategy().name() + " on " + symbols,
                "backtest",
                plan.strategy().name(),
                declared,
                plan.market().description(),
                connections.span().fromNs(),
                connections.span().toNs(),
                plan.run().seed(),
                plan.run().settings());
    }

    private OrderCounts orderCounts(OmsStatistics orders) {
        Map<OrderState, Long> byState = new EnumMap<>(OrderState.class);
        orders.orders()
                .forEach(
                        (state, count) -> {
                            if (count > 0) {
                                byState.put(state, count);
                            }
                        });
        Map<Reason, Long> rejections = new EnumMap<>(Reason.class);
        orders.refused().forEach((reason, count) -> rejections.merge(reason, count, Long::sum));
        orders.rejectedByVenue()
                .forEach((reason, count) -> rejections.merge(reason, count, Long::sum));
        merge(rejections, Reason.NO_ROOM, connections.desk().withoutRoom());
        merge(rejections, Reason.SESSION_END, connections.desk().afterEnd());
        return new OrderCounts(
                byState,
                rejections,
                connections.desk().requestsSent(),
                connections.orderLog().hex(),
                connections.orderLog().count());
    }

    private static void merge(Map<Reason, Long> rejections, Reason reason, long count) {
        if (count > 0) {
            rejections.merge(reason, count, Long::sum);
        }
    }

    private List<InstrumentResult> instruments(OmsStatistics orders) {
        List<InstrumentResult> results = new ArrayList<>();
        for (Instrument instrument : connections.market().instruments()) {
            results.add(
                    new InstrumentResult(
                            instrument,
                            connections.market().liquidity(instrument.id()),
                            connections.records().recorder().events(instrument.id()),
                            account(instrument, orders.instruments().get(instrument.id())),
                            connections.records().recorder().price(instrument.id(), "mid"),
                            connections.records().recorder().fills(instrument.id()),
                            connections.records().recorder().position(instrument.id())));
        }
        return results;
    }

    private InstrumentResult.Account account(Instrument of, OmsStatistics.Traded traded) {
        Position position = connections.stages().oms().portfolio().position(of.id());
        BigDecimal unit = of.moneyUnit();
        return new InstrumentResult.Account(
                traded.fills(),
                of.quantityOf(traded.volume()),
                unit.multiply(new BigDecimal(traded.notional())),
                unit.multiply(BigDecimal.valueOf(traded.fees())),
                unit.multiply(BigDecimal.valueOf(position.realizedProfit())),
                unit.multiply(
                        unrealized(position, connections.records().recorder().doubleMid(of.id()))),
                connections.records().recorder().maxDrawdown(of.id()),
                of.quantityOf(position.quantity()),
                of.priceOf(position.averagePrice()));
    }

    /// Profit of the open position at the mid, which can lie between two price units: the profit is
    /// linear in the price, so it is the mean of those at the two.
    private static BigDecimal unrealized(Position position, long doubleMid) {
        if (position.quantity() == 0) {
            return BigDecimal.ZERO;
        }
        long below = position.unrealizedProfit(Math.floorDiv(doubleMid, 2));
        long above = position.unrealizedProfit(Math.ceilDiv(doubleMid, 2));
        return BigDecimal.valueOf(below)
                .add(BigDecimal.valueOf(above))
                .divide(TWO, 1, RoundingMode.UNNECESSARY);
    }
}
