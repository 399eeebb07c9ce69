// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.ForwardingScheduler;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrandsTest {
    @Test
    void wakesWhoWaitsThoughTheEndCannotBeConcluded() {
        List<Strand> woken = new ArrayList<>();
        Scheduler scheduler =
                new ForwardingScheduler(Scheduler.real()) {
                    @Override
                    public void unpark(Strand strand) {
                        woken.add(strand);
                    }
                };
        Strands strands =
                new Strands(
                        scheduler,
                        () -> {
                            throw new IllegalStateException("planned");
                        });
        strands.addWaiting(scheduler.current());
        assertThatThrownBy(strands::started).hasMessage("planned");
        assertThat(woken).containsExactly(scheduler.current());
    }
}
