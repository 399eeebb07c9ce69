// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OmsConfigurationTest {
    @Test
    void anInstrumentMayHaveLimitsOfItsOwn() {
        RiskLimits own = RiskLimits.DEFAULT.withPosition(5);
        OmsConfiguration configuration = OmsConfiguration.DEFAULT.withLimits(1, own);
        assertThat(configuration.limitsOf(1)).isEqualTo(own);
        assertThat(configuration.limitsOf(0)).isEqualTo(RiskLimits.DEFAULT);
    }

    @Test
    void refusesValuesOutOfBounds() {
        assertThatThrownBy(() -> RiskLimits.DEFAULT.withOrderQuantity(0))
                .hasMessage("orderQuantity must be 1 to 9007199254740992: orderQuantity=0");
        assertThatThrownBy(() -> RiskLimits.DEFAULT.withPosition(-1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OmsConfiguration.DEFAULT.withAnswerTimeout(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OmsConfiguration.Capacity(0, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OmsConfiguration.OrderRate(1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void idsSayWhoseTheyAre() {
        long id = ClientOrderIds.of(3, 17);
        assertThat(id).isEqualTo((3L << 40) + 17);
        assertThat(ClientOrderIds.strategy(id)).isEqualTo(3);
        assertThat(ClientOrderIds.counter(id)).isEqualTo(17);
        assertThat(ClientOrderIds.of(ClientOrderIds.MAX_STRATEGY, ClientOrderIds.MAX_COUNTER))
                .isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> ClientOrderIds.of(-1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClientOrderIds.of(0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
