// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Scheduler;
import io.penstock.simulation.SimulatedScheduler;
import io.penstock.testing.Allocation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupTest {
    private final Ending ending = new Ending(() -> {});
    private final StageMeter source = new StageMeter("source", null);
    private final StageMeter meter = new StageMeter("stage", source);
    private final StageGuard guard = new StageGuard(meter, ending, Scheduler.real(), (_, _) -> {});

    /// Gives one object a number of times.
    private static final class Same {
        private long left;

        Same(long times) {
            left = times;
        }

        Object next() {
            return left-- > 0 ? "same" : null;
        }
    }

    private Group group(Links links, Inlet inlet) {
        List<Head> heads = new ArrayList<>();
        Link timed = null;
        for (boolean isTimed : new boolean[] {false, true}) {
            Probe probe = new Probe(Scheduler.real());
            Link sink = links.sink(_ -> {}, guard);
            Link filter = links.filter(_ -> true, guard, sink);
            Link map = links.map(item -> item, guard, filter);
            timed = isTimed ? probe.around(map, meter) : map;
            Head head = links.head(ending, guard, timed);
            source.fedBy(head);
            heads.add(head);
        }
        Chain chain =
                new Chain(heads.get(0), heads.get(1), List.of(), List.copyOf(heads), List.of());
        return new Group("source", Scheduler.real(), ending, inlet, chain);
    }

    @Test
    void allocatesNothingForAnItem() throws Exception {
        Allocation allocation = new Allocation();
        long[] used = new long[2];
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < used.length; i++) {
                Same same = new Same(i == 0 ? 10_000 : 100_000);
                Links links = new SharedLinks();
                Group group = group(links, links.supplier(same::next, ending));
                long before = allocation.bytes();
                group.run();
                used[i] = allocation.bytes() - before;
            }
        }
        // What a run needs is independent of how many items there are.
        assertThat(used[1] - used[0]).isLessThan(90_000);
        assertThat(source.in()).isEqualTo(3 * 110_000);
    }

    @Test
    void timesFewOfManyItems() {
        Same same = new Same(100_000);
        Links links = new SharedLinks();
        Group group = group(links, links.supplier(same::next, ending));
        group.run();
        StageStatistics statistics = meter.statistics("fused", List.of(group), group.statistics());
        assertThat(statistics.in()).isEqualTo(100_000);
        // Batches of 256 or more, but for the first, and for those after a pause of the machine.
        assertThat(statistics.sampled()).isBetween(1L, 1_000L);
        assertThat(statistics.serviceP50Ns()).isNotNegative();
        assertThat(statistics.strands().batches()).isBetween(100_000L / 16_384, 1_000L);
    }

    /// Gives one item at each drain, and counts what it is asked.
    private static final class CountedInlet implements Inlet {
        private final int items;
        private final int most;
        private int given;
        private int sizes;
        private int drains;
        private int drainsBeforeWait;
        private int mostDrainsBeforeWait;

        /// @param most items of a batch
        CountedInlet(int items, int most) {
            this.items = items;
            this.most = most;
        }

        @Override
        public void begin(Group owner) {}

        @Override
        public int drain(Head head, int max) {
            drains++;
            drainsBeforeWait++;
            mostDrainsBeforeWait = Math.max(mostDrainsBeforeWait, drainsBeforeWait);
            int count = Math.min(Math.min(most, max), items - given);
            for (int i = 0; i < count; i++) {
                given++;
                head.accept("item");
            }
            return count;
        }

        @Override
        public int size() {
            sizes++;
            return 1;
        }

        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public boolean awaitUntil(long deadlineNs) {
            drainsBeforeWait = 0;
            return given < items;
        }

        @Override
        public boolean isEnded() {
            return given == items;
        }
    }

    private Group counted(Scheduler scheduler, CountedInlet inlet) {
        Links links = new SharedLinks();
        Head head = links.head(ending, guard, links.sink(_ -> {}, guard));
        source.fedBy(head);
        Chain chain = new Chain(head, head, List.of(), List.of(head), List.of());
        return new Group("source", scheduler, ending, inlet, chain);
    }

    @Test
    void looksAtWhatWaitsSeldom() {
        SimulatedScheduler scheduler = SimulatedScheduler.ordinary();
        CountedInlet inlet = new CountedInlet(1_000, 1);
        Ordinary.run(scheduler, _ -> counted(scheduler, inlet).run());
        assertThat(scheduler.elapsed().toNanos()).isZero();
        assertThat(inlet.given).isEqualTo(1_000);
        assertThat(inlet.sizes).isBetween(1, 10);
    }

    @Test
    void waitsAtOnceWhenABatchWasShortAndNothingIsThere() {
        SimulatedScheduler scheduler = SimulatedScheduler.ordinary();
        CountedInlet inlet = new CountedInlet(100, 3);
        Ordinary.run(scheduler, _ -> counted(scheduler, inlet).run());
        assertThat(inlet.given).isEqualTo(100);
        // While the batch grows it is full; the last drain finds the end.
        assertThat(inlet.mostDrainsBeforeWait).isLessThanOrEqualTo(3);
        assertThat(inlet.drains).isLessThanOrEqualTo(100 / 3 + 4);
    }

    @Test
    void stopsBetweenTwoItems() {
        List<Object> seen = new ArrayList<>();
        Links links = new SharedLinks();
        Link sink =
                links.sink(
                        item -> {
                            seen.add(item);
                            ending.stop();
                        },
                        guard);
        Head head = links.head(ending, guard, sink);
        source.fedBy(head);
        Chain chain = new Chain(head, head, List.of(), List.of(head), List.of());
        new Group("s", Scheduler.real(), ending, links.iterable(List.of(1, 2, 3), ending), chain)
                .run();
        assertThat(seen).containsExactly(1);
        assertThat(source.in()).isEqualTo(1);
        assertThat(meter.out()).isEqualTo(1);
    }
}
