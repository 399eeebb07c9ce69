// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;
import java.util.List;

/// Finds the finest steps of a LOBSTER recording. The tick is what resting orders keep: hidden
/// executions happen between ticks, so their prices do not count. Confined to the reading strand.
final class LobsterSteps implements LobsterReader.Handler {
    private final StepFinder prices = new StepFinder(LobsterUnits.DECIMALS);
    private final StepFinder lots = new StepFinder();

    /// Reads everything once, up to the first row that cannot be used.
    ///
    /// @param failure keeps what was wrong with that row
    /// @throws DataException when no row can be used
    static LobsterSteps of(
            List<Part> parts, LobsterReader reader, ProgressMeter progress, FirstFailure failure) {
        LobsterSteps steps = new LobsterSteps();
        Part messages = parts.getFirst();
        failure.keep(() -> reader.read(messages, parts.getLast(), progress, steps));
        if (steps.lots.isEmpty()) {
            failure.rethrow();
            throw new DataException(messages.name(), "", "no row of it can be used", "");
        }
        return steps;
    }

    @Override
    public void accept(LobsterMessage message, LobsterRow row, long number, Place place) {
        if (message.type != LobsterMessage.HALT) {
            lots.add(message.size, 0);
        }
        if (message.changesBook()) {
            addPrice(message.price);
        }
        addSide(row, 1);
        addSide(row, -1);
    }

    private void addSide(LobsterRow row, int sideSign) {
        for (int level = 0; level < row.levels(sideSign); level++) {
            addPrice(row.price(sideSign, level));
            lots.add(row.size(sideSign, level), 0);
        }
    }

    /// Counts in ten-thousandths: whole numbers always fit.
    private void addPrice(long raw) {
        prices.add(raw, 0);
    }

    StepFinder prices() {
        return prices;
    }

    StepFinder lots() {
        return lots;
    }
}
