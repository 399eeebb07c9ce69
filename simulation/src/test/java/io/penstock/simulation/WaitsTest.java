// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Channel;
import io.penstock.channel.Mutex;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How waits end: when their time comes, in any order, and for no reason.
class WaitsTest {
    private static final long FOREVER = Scheduler.NO_DEADLINE;

    enum Wait {
        PARK("WaitsTest.awaitLetter"),
        PARK_UNTIL("Programs.sleep"),
        JOIN("Scheduler.join"),
        LOCK("Mutex.tryLockUntil"),
        SEND("Channel.send"),
        RECEIVE("Channel.receive");

        private final String operation;

        Wait(String operation) {
            this.operation = operation;
        }
    }

    @Test
    void letsStrandsWhoseTimeComesTogetherRunInAnyOrder() {
        Set<String> orders = new TreeSet<>();
        Simulation.of(
                        scheduler -> {
                            StringBuilder order = new StringBuilder();
                            Runnable late =
                                    () -> {
                                        Programs.sleep(scheduler, 1);
                                        order.append(scheduler.current().name());
                                    };
                            Programs.together(scheduler, late, late, late);
                            orders.add(order.toString());
                        })
                .exhaustive(0)
                .check();
        assertThat(orders).containsExactly("abc", "acb", "bac", "bca", "cab", "cba");
    }

    @ParameterizedTest
    @EnumSource
    void endsEachWaitForNoReason(Wait wait) {
        Simulation simulation = Simulation.of(scheduler -> program(wait, scheduler));
        Freedom spurious = new Freedom(false, true, false, false, false, false);
        Set<String> steps = new TreeSet<>();
        for (int choice = 0; choice < 20; choice++) {
            int[] tape = new int[choice + 1];
            tape[choice] = 1;
            Trial trial = simulation.replay(new Schedule(0, spurious, Limits.DEFAULT, tape));
            assertThat(trial.outcome()).isEqualTo(new Outcome.Done());
            steps.addAll(trial.words());
        }
        String wakesUp = "(waiting) wakes for no reason from " + wait.operation;
        assertThat(steps).anyMatch(step -> step.contains(wakesUp));
    }

    /// A strand that waits, and root, which ends its wait after a while.
    private static void program(Wait wait, Scheduler scheduler) {
        Channel<Integer> channel =
                Channel.<Integer>builder("items", 1).oneToOne().scheduler(scheduler).build();
        switch (wait) {
            case PARK -> {
                boolean[] hasCome = new boolean[1];
                together(
                        scheduler,
                        () -> awaitLetter(scheduler, hasCome),
                        waiting -> {
                            hasCome[0] = true;
                            scheduler.unpark(waiting);
                        });
            }
            case PARK_UNTIL -> together(scheduler, () -> Programs.sleep(scheduler, 1), _ -> {});
            case JOIN -> {
                Runnable late = () -> Programs.sleep(scheduler, 2);
                Strand other = scheduler.start("other", StrandKind.VIRTUAL, late);
                together(
                        scheduler,
                        () -> assertThat(scheduler.join(other, FOREVER)).isTrue(),
                        _ -> {});
            }
            case LOCK -> {
                Mutex mutex = new Mutex("mutex", scheduler);
                assertThat(mutex.tryLock()).isTrue();
                together(
                        scheduler,
                        () -> assertThat(mutex.tryLockUntil(FOREVER)).isTrue(),
                        _ -> mutex.unlock());
            }
            case SEND -> {
                channel.send(1);
                together(scheduler, () -> channel.send(2), _ -> channel.receive());
                assertThat(channel.receive()).isEqualTo(2);
            }
            case RECEIVE ->
                    together(
                            scheduler,
                            () -> assertThat(channel.receive()).isEqualTo(1),
                            _ -> channel.send(1));
        }
    }

    private static void awaitLetter(Scheduler scheduler, boolean[] hasCome) {
        while (!hasCome[0]) {
            scheduler.park("letter", FOREVER);
        }
    }

    private static void together(Scheduler scheduler, Runnable waits, Consumer<Strand> ends) {
        Strand waiting = scheduler.start("waiting", StrandKind.VIRTUAL, waits);
        Programs.sleep(scheduler, 1);
        ends.accept(waiting);
        scheduler.join(waiting, FOREVER);
    }
}
