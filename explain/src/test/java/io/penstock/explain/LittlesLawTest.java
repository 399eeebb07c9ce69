// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LittlesLawTest {
    @Test
    void countsItemsInProgress() {
        assertThat(LittlesLaw.inFlight(50_000, 3_400_000, 0.7)).isEqualTo(243);
        assertThat(LittlesLaw.inFlight(1_000, 10_000_000, 1.0)).isEqualTo(10);
        assertThat(LittlesLaw.inFlight(1, 1, 0.5)).isEqualTo(1);
    }

    @Test
    void doesNotAddAPlaceForWhatFloatingPointAdds() {
        assertThat(LittlesLaw.inFlight(0.7 * 1_000, 10_000_000, 0.7)).isEqualTo(10);
        assertThat(LittlesLaw.whole(3.0000000000000004)).isEqualTo(3);
        assertThat(LittlesLaw.whole(3.001)).isEqualTo(4);
    }

    @Test
    void sizesAQueueForAStall() {
        assertThat(LittlesLaw.capacity(10_000, 25_000_000)).isEqualTo(250);
        assertThat(LittlesLaw.queueingNs(250, 10_000)).isEqualTo(25_000_000);
    }

    @Test
    void estimatesTheWaitOfAnExponentialQueueExactly() {
        // M/M/1: Wq = rho / (1 - rho) * S
        assertThat(LittlesLaw.waitingNs(1, 0.5, 1_000, 1)).isCloseTo(1_000, within(1e-6));
        assertThat(LittlesLaw.waitingNs(1, 0.9, 1_000, 1)).isCloseTo(9_000, within(1e-6));
        assertThat(LittlesLaw.waitingNs(1, 0.9, 1_000, 0)).isZero();
        assertThat(LittlesLaw.waitingNs(2, 1.0, 1_000, 1)).isInfinite();
        // more places wait less at the same utilisation
        assertThat(LittlesLaw.waitingNs(8, 0.9, 1_000, 1))
                .isLessThan(LittlesLaw.waitingNs(2, 0.9, 1_000, 1));
    }

    @Test
    void refusesWhatIsNoRate() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LittlesLaw.inFlight(0, 1, 1))
                .withMessage("rate must be positive: rate=0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LittlesLaw.inFlight(Double.NaN, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LittlesLaw.inFlight(1, 1, 1.01))
                .withMessageContaining("utilisation=1.01");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LittlesLaw.waitingNs(0, 0.5, 1, 1))
                .withMessageContaining("workers=0");
    }
}
