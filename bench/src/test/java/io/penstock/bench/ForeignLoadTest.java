// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForeignLoadTest {
    private static final ForeignLoad.Sample FROM =
            ForeignLoad.Sample.of(
                    List.of(
                            "cpu  100 0 100 1000 50 0 0 0 0 0",
                            "cpu0 50 0 50 500 25 0 0 0 0 0",
                            "cpu1 50 0 50 500 25 0 0 0 0 0",
                            "intr 17"));

    @Test
    void readsWhatTheKernelCounts() {
        assertThat(FROM).isEqualTo(new ForeignLoad.Sample(200, 1_250, 2));
    }

    @Test
    void takesOurOwnTimeOff() {
        // Of 200 ticks of both cores 150 were busy: 1.5 of 2 cores, of which 1 was ours.
        ForeignLoad.Sample to = new ForeignLoad.Sample(350, 1_450, 2);
        assertThat(ForeignLoad.foreignCores(FROM, to, 1_000_000_000, 1_000_000_000))
                .isCloseTo(0.5, within(1e-9));
    }

    @Test
    void isNeverNegative() {
        ForeignLoad.Sample to = new ForeignLoad.Sample(250, 1_450, 2);
        assertThat(ForeignLoad.foreignCores(FROM, to, 1_000_000_000, 1_000_000_000)).isZero();
    }

    @Test
    void isUnknownWhereTheMachineDoesNotSay() {
        var none = ForeignLoad.Sample.UNKNOWN;
        assertThat(ForeignLoad.foreignCores(none, none, 1, 1)).isNaN();
        assertThat(ForeignLoad.Sample.of(List.of("something else"))).isEqualTo(none);
    }
}
