// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstrumentTest {
    private final Instrument cents =
            new Instrument(0, "X", 2, 5, new BigDecimal("0.10"), Instrument.Origin.GIVEN);

    @ParameterizedTest
    @CsvSource({"12.34,1234", "-0.05,-5", "7,700", "0.300,30"})
    void countsPricesInPriceUnits(BigDecimal decimal, long price) {
        assertThat(cents.toPrice(decimal)).isEqualTo(price);
        assertThat(cents.priceOf(price)).isEqualByComparingTo(decimal);
    }

    @Test
    void countsWholePricesWhereItHasNoDecimals() {
        Instrument whole = new Instrument(0, "Y", 0, 1, BigDecimal.ONE, Instrument.Origin.DETECTED);
        assertThat(whole.toPrice(new BigDecimal("12"))).isEqualTo(12);
    }

    @Test
    void refusesPricesThatItCannotCount() {
        assertThatThrownBy(() -> cents.toPrice(new BigDecimal("0.001")))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> cents.toPrice(new BigDecimal("1e17")))
                .isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "BUY,10,10",
        "SELL,10,10",
        "BUY,14,10",
        "SELL,11,15",
        "BUY,-1,-5",
        "SELL,-4,0",
        "BUY,0,0"
    })
    void roundsToTheTickOnThePassiveSide(Side side, long price, long rounded) {
        assertThat(cents.roundToTick(price, side)).isEqualTo(rounded);
    }

    @ParameterizedTest
    @CsvSource({"0.1,1", "12.30,123"})
    void countsQuantitiesInLots(BigDecimal quantity, long lots) {
        assertThat(cents.toLots(quantity)).isEqualTo(lots);
        assertThat(cents.quantityOf(lots)).isEqualByComparingTo(quantity);
    }

    @Test
    void refusesQuantitiesBetweenLots() {
        assertThatThrownBy(() -> cents.toLots(new BigDecimal("0.15")))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("no whole number of lots: quantity=0.15");
    }
}
