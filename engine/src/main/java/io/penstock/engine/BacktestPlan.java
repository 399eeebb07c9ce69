// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.exchange.FeeSchedule;
import io.penstock.exchange.LatencyConfiguration;
import io.penstock.exchange.QueueModel;
import io.penstock.report.Setting;
import io.penstock.trading.OmsConfiguration;
import io.penstock.trading.Venue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a backtest is to do: immutable, and the same plan gives the same order log every time.
///
/// @param strategy the strategy
/// @param parameters values by name that the strategy is given
/// @param market the market
/// @param world how the simulated world around the strategy behaves
/// @param run which part is run, and how
public record BacktestPlan(
        StrategyLoader strategy,
        Map<String, String> parameters,
        MarketData market,
        World world,
        Run run) {

    /// The simulated world around the strategy.
    ///
    /// @param latencies how long messages are under way
    /// @param fees what fills cost
    /// @param queueModel where cancellations happen in a recorded queue without single orders
    /// @param quoteSizeLots lots that a quote without sizes stands for, 0 when not said
    /// @param oms capacity, timeouts and risk limits
    /// @param maxLoss loss in the quote currency at which the kill switch is pulled; null for never
    public record World(
            LatencyConfiguration latencies,
            FeeSchedule fees,
            QueueModel queueModel,
            long quoteSizeLots,
            OmsConfiguration oms,
            @Nullable BigDecimal maxLoss) {
        /// No latency, no fees, default limits.
        public static World standard() {
            return new World(
                    LatencyConfiguration.none(),
                    FeeSchedule.none(),
                    QueueModel.PROPORTIONAL,
                    0,
                    OmsConfiguration.DEFAULT,
                    null);
        }
    }

    /// Which part is run, and how.
    ///
    /// @param fromNs market time before which events only build books; [Long#MIN_VALUE] for none
    /// @param toNs market time after which nothing happens; [Venue#NEVER] for none
    /// @param seed seed that the report names
    /// @param placement on which threads the stages run
    /// @param callbackLimitNs how long one callback of the strategy may run
    /// @param settings what the report says of the settings
    public record Run(
            long fromNs,
            long toNs,
            long seed,
            Placement placement,
            long callbackLimitNs,
            List<Setting> settings) {
        private static final long DEFAULT_CALLBACK_LIMIT_NS = 10_000_000_000L;

        public Run {
            if (fromNs >= toNs) {
                throw new IllegalArgumentException(
                        "a run ends after it starts: fromNs=" + fromNs + " toNs=" + toNs);
            }
            if (callbackLimitNs < 1) {
                throw new IllegalArgumentException(
                        "a callback may run for a while: callbackLimitNs=" + callbackLimitNs);
            }
            settings = List.copyOf(settings);
        }

        /// The whole market on one thread, ten seconds for a callback.
        public static Run whole(long seed) {
            return new Run(
                    Long.MIN_VALUE,
                    Venue.NEVER,
                    seed,
                    Placement.FUSED,
                    DEFAULT_CALLBACK_LIMIT_NS,
                    List.of());
        }
    }

    public BacktestPlan {
        parameters = Map.copyOf(parameters);
    }
}
