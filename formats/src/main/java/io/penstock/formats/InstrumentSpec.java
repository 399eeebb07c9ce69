// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What an instrument file says about one instrument; null where it says nothing.
record InstrumentSpec(
        @Nullable BigDecimal tick, @Nullable BigDecimal lot, @Nullable BigDecimal priceUnit) {
    static final InstrumentSpec NONE = new InstrumentSpec(null, null, null);

    /// True when nothing has to be found in the data.
    boolean isComplete() {
        return tick != null && lot != null && priceUnit != null;
    }

    InstrumentSpec with(String key, BigDecimal value) {
        return switch (key) {
            case "tick" -> new InstrumentSpec(value, lot, priceUnit);
            case "lot" -> new InstrumentSpec(tick, value, priceUnit);
            case "price-unit" -> new InstrumentSpec(tick, lot, value);
            default -> throw new IllegalArgumentException("no such key: key=" + key);
        };
    }

    /// What it says for a key.
    @Nullable BigDecimal value(String key) {
        return switch (key) {
            case "tick" -> tick;
            case "lot" -> lot;
            case "price-unit" -> priceUnit;
            default -> throw new IllegalArgumentException("no such key: key=" + key);
        };
    }
}
