// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.app.OptionValues.BasisPoints;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that hold orders against limits before they reach the venue. Quantities are in the
/// venue's unit, notional in the quote currency; null is the generous default.
final class RiskOptions {
    @Option(
            names = "--max-order",
            paramLabel = "QUANTITY",
            description = "Largest quantity of one order.")
    @Nullable BigDecimal maxOrder;

    @Option(
            names = "--max-notional",
            paramLabel = "MONEY",
            description = "Largest price x quantity of one order.")
    @Nullable BigDecimal maxNotional;

    @Option(
            names = "--max-position",
            paramLabel = "QUANTITY",
            description = "Largest position, long or short, counting open orders.")
    @Nullable BigDecimal maxPosition;

    @Option(
            names = "--price-collar",
            paramLabel = "DISTANCE",
            description = "How far from the market an order's price may be: 5%% or 50bp.")
    @Nullable BasisPoints priceCollar;

    @Option(
            names = "--max-order-rate",
            paramLabel = "N",
            description = "Most orders in any second of market time.")
    @Nullable Integer maxOrderRate;

    @Option(
            names = "--max-open-orders",
            paramLabel = "N",
            description = "Most orders open at once in an instrument (default 1000).")
    @Nullable Integer maxOpenOrders;

    @Option(
            names = "--max-loss",
            paramLabel = "MONEY",
            description =
                    "Loss at which the kill switch is pulled: open orders are cancelled and no new"
                            + " ones sent.")
    @Nullable BigDecimal maxLoss;

    /// Refuses what can be no limit.
    ///
    /// @throws IllegalArgumentException with the option's name
    void check() {
        positive("--max-order", maxOrder);
        positive("--max-notional", maxNotional);
        positive("--max-loss", maxLoss);
        if (maxPosition != null && maxPosition.signum() < 0) {
            throw new IllegalArgumentException("--max-position is not negative: " + maxPosition);
        }
        positive("--max-order-rate", maxOrderRate == null ? null : new BigDecimal(maxOrderRate));
        positive("--max-open-orders", maxOpenOrders == null ? null : new BigDecimal(maxOpenOrders));
    }

    private static void positive(String name, @Nullable BigDecimal limit) {
        if (limit != null && limit.signum() <= 0) {
            throw new IllegalArgumentException(name + " is more than 0: " + limit);
        }
    }
}
