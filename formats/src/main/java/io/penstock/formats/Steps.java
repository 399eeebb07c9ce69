// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

/// Shows the prices and quantities of Binance messages to [StepFinder]s.
final class Steps {
    private Steps() {}

    static void add(BinanceMessage message, StepFinder prices, StepFinder lots, Place place) {
        boolean fits =
                switch (message.kind()) {
                    case DEPTH, SNAPSHOT ->
                            addLevels(message.bids, prices, lots)
                                    && addLevels(message.asks, prices, lots);
                    case QUOTE ->
                            add(message, BinanceField.BID, prices)
                                    && add(message, BinanceField.BID_QUANTITY, lots)
                                    && add(message, BinanceField.ASK, prices)
                                    && add(message, BinanceField.ASK_QUANTITY, lots);
                    case TRADE, AGGREGATE_TRADE ->
                            add(message, BinanceField.PRICE, prices)
                                    && add(message, BinanceField.QUANTITY, lots);
                    case OTHER -> true;
                };
        if (!fits) {
            throw place.error(
                    "a price or quantity that does not fit 64 bits in the finest unit seen", "");
        }
    }

    private static boolean add(BinanceMessage message, BinanceField field, StepFinder steps) {
        return steps.add(message.decimal(field), message.scale(field));
    }

    private static boolean addLevels(LevelList levels, StepFinder prices, StepFinder lots) {
        boolean fits = true;
        for (int i = 0; i < levels.size(); i++) {
            fits &= prices.add(levels.price(i), levels.priceScale(i));
            fits &= lots.add(levels.quantity(i), levels.quantityScale(i));
        }
        return fits;
    }
}
