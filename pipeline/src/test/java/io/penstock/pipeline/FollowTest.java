// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.simulation.Simulation;
import io.penstock.stage.ListenerFaults;
import io.penstock.stage.Watched;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A strand whose progress may stand for many quick items is followed before it is reported.
class FollowTest {
    private static final class Still implements Watched, Strand {
        int asked;
        int reported;

        @Override
        public Strand strand() {
            return this;
        }

        @Override
        public boolean isAtWork() {
            return true;
        }

        @Override
        public long progress() {
            return 0;
        }

        @Override
        public boolean follow() {
            return ++asked > 1;
        }

        @Override
        public String name() {
            return "still";
        }

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public StackTraceElement[] stackTrace() {
            return new StackTraceElement[] {new StackTraceElement("user.Code", "work", null, 1)};
        }
    }

    private static void watches(Scheduler scheduler) {
        Still still = new Still();
        Watching watching =
                Watching.NOTHING
                        .items(Duration.ofSeconds(1))
                        .onStall(
                                _ -> {
                                    assertThat(still.asked).isEqualTo(2);
                                    still.reported++;
                                });
        RunStatistics nothing = new RunStatistics("p", 0, List.of(), List.of());
        Watch watch = new Watch("p", scheduler, watching, () -> nothing, new ListenerFaults("p"));
        watch.add(still, List.of("stage"), false);
        watch.start(() -> null);
        long untilNs = scheduler.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!Scheduler.isDue(untilNs, scheduler.nanoTime())) {
            scheduler.park(watch, untilNs);
        }
        watch.stop(new Ended.Done(nothing));
        watch.join(Scheduler.NO_DEADLINE);
        assertThat(still.reported).isEqualTo(1);
    }

    @Test
    void isAskedForBeforeAReport() {
        Simulation.of(FollowTest::watches).seeds(50).check();
    }
}
