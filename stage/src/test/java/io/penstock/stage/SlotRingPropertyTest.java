// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.simulation.Simulation;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random rings under random interleavings, with everything that can go wrong, against what any run
/// must keep.
class SlotRingPropertyTest {
    private static final int SEEDS = Integer.getInteger("penstock.seeds", 150);

    @Test
    void givesEveryResultOnceAndInOrder() {
        explore(SEEDS, false);
    }

    @Test
    void accountsForEveryItemHoweverItEnds() {
        explore(2 * SEEDS, true);
    }

    @Test
    @Tag("nightly")
    void holdsUnderManySeeds() {
        explore(20_000, false);
        explore(100_000, true);
    }

    private static void explore(int seeds, boolean trouble) {
        Simulation.of(scheduler -> new Scenario(scheduler).play(trouble))
                .everyOperation()
                .seeds(seeds)
                .check();
    }

    private static final class Scenario {
        private final Scheduler scheduler;
        private final RandomGenerator random;
        private final int size;
        private final RingRun run;
        private final int throwing;
        private final int slow;
        private final int empty;

        Scenario(Scheduler scheduler) {
            this.scheduler = scheduler;
            random = scheduler.random("scenario");
            size = 1 + random.nextInt(40);
            throwing = random.nextInt(3) == 0 ? random.nextInt(size + 1) : -1;
            slow = 1 + random.nextInt(5);
            empty = 2 + random.nextInt(10);
            RingRun.Order[] orders = RingRun.Order.values();
            run =
                    new RingRun(
                            scheduler,
                            orders[random.nextInt(orders.length)],
                            StrandKind.values()[random.nextInt(2)],
                            new int[] {1 + random.nextInt(5), 1 + random.nextInt(12)},
                            this::work);
        }

        private boolean trouble;

        private Object work(int item) throws Exception {
            if (item % slow == 0) {
                long untilNs = scheduler.nanoTime() + 700_000L * (item % 7);
                while (untilNs - scheduler.nanoTime() > 0) {
                    if (scheduler.clearInterrupt()) {
                        throw new InterruptedException("item " + item);
                    }
                    scheduler.park(this, untilNs);
                }
            }
            scheduler.point(this);
            if (trouble && (item == throwing || item == throwing + 2)) {
                throw item % 2 == 0 ? new IllegalStateException("no " + item) : failError(item);
            }
            return item % empty == 1 ? Step.NOTHING : (Object) (item + RingRun.RESULT);
        }

        private static Exception failError(int item) {
            throw new AssertionError("error " + item);
        }

        void play(boolean withTrouble) {
            trouble = withTrouble;
            Strand producer = run.produce(size);
            int what = withTrouble ? random.nextInt(6) : 0;
            Strand collector =
                    what == 1
                            ? run.collect(random.nextInt(size), 4)
                            : run.collect(Integer.MAX_VALUE, 1 + random.nextInt(8));
            if (withTrouble) {
                disturb(what, producer, collector);
            }
            if (what == 0 || what == 3) {
                run.finish();
            } else {
                run.finishCancelled();
            }
            if (!withTrouble) {
                assertThat(run.out.size() + run.skipped.size()).isEqualTo(size);
                assertThat(run.ring.failure()).isNull();
            } else if (throwing >= 0 && what == 0) {
                boolean met = throwing < size || throwing + 2 < size;
                assertThat(run.ring.failure() != null).isEqualTo(met);
                if (met && run.order == RingRun.Order.ORDERED) {
                    assertThat(run.out).allMatch(number -> number < throwing + 2);
                }
            }
        }

        private void disturb(int what, Strand producer, Strand collector) {
            long when = scheduler.nanoTime() + random.nextInt(5_000_000);
            while (when - scheduler.nanoTime() > 0) {
                scheduler.park(this, when);
            }
            switch (what) {
                case 1 -> {
                    scheduler.join(collector, RingRun.FOREVER);
                    run.ring.cancel(); // what an owner does for a collector that died
                }
                case 2 -> run.ring.cancel();
                case 3 -> scheduler.interrupt(producer);
                case 4 -> List.copyOf(run.strands).forEach(scheduler::interrupt);
                case 5 -> run.ring.cancel(new IllegalStateException("enough"));
                default -> {}
            }
            if (what == 4) {
                scheduler.join(collector, RingRun.FOREVER);
                run.ring.cancel();
            }
        }
    }
}
