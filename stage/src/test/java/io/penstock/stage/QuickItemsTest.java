// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.ForwardingScheduler;
import io.penstock.channel.Scheduler;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sources at hand whose items take no time at all, by a clock that stands still.
class QuickItemsTest {
    private static final int ITEMS = 100_000;

    /// Well behind the first batches, by which the group learns that items are quick.
    private static final int AT = 3_000;

    /// More items than pass in one stretch.
    private static final int STRETCH = 256;

    enum Given {
        RANGE,
        ITERABLE,
        SUPPLIER;

        Inlet inlet(Links links, Ending ending) {
            Iterator<Long> items = LongStream.range(0, ITEMS).boxed().iterator();
            Iterable<Long> iterable = () -> items;
            Supplier<@Nullable Object> next = new Once(items);
            return switch (this) {
                case RANGE -> links.range(0, ITEMS, Long::valueOf, ending);
                case ITERABLE -> links.iterable(iterable, ending);
                case SUPPLIER -> links.supplier(next, ending);
            };
        }
    }

    /// A supplier that must not be asked again when it has given null.
    private static final class Once implements Supplier<@Nullable Object> {
        private final Iterator<Long> items;
        private boolean isOver;

        Once(Iterator<Long> items) {
            this.items = items;
        }

        @Override
        public @Nullable Object get() {
            if (isOver) {
                throw new IllegalStateException("asked again");
            }
            isOver = !items.hasNext();
            return isOver ? null : items.next();
        }
    }

    /// Moves only when an item is slow.
    private final class StandingClock extends ForwardingScheduler {
        StandingClock() {
            super(Scheduler.real());
        }

        @Override
        public long nanoTime() {
            return nowNs;
        }
    }

    private final Scheduler scheduler = new StandingClock();
    private long nowNs;
    private final Ending ending = new Ending(() -> {});
    private final StageMeter source = new StageMeter("source", null);
    private final StageGuard guard =
            new StageGuard(new StageMeter("sink", source), ending, scheduler, (_, _) -> {});
    private long seen;

    private Group group(Given given, LongConsumer sink) {
        Links links = new LinkClasses(1).linksFor("quick");
        Inlet inlet = given.inlet(links, ending);
        Link last =
                links.sink(
                        item -> {
                            assertThat(item).isEqualTo(seen);
                            sink.accept(seen++);
                        },
                        guard);
        Head head = links.head(ending, guard, last);
        source.fedBy(head);
        Chain chain = new Chain(head, head, List.of(), List.of(head), List.of());
        return new Group("source", scheduler, ending, inlet, chain);
    }

    @ParameterizedTest
    @EnumSource
    void comeAllAndInOrder(Given given) {
        group(given, _ -> {}).run();
        assertThat(ending.failure()).isNull();
        assertThat(seen).isEqualTo(ITEMS);
        assertThat(source.in()).isEqualTo(ITEMS);
    }

    @ParameterizedTest
    @EnumSource
    void areShownOneByOneWhenTheyBecomeSlow(Given given) {
        int slowFrom = 60_000; // batches are at their longest
        int mostInHand = 20_000;
        group(
                        given,
                        item -> {
                            if (item >= slowFrom) {
                                nowNs += 10_000_000;
                            }
                            if (item >= slowFrom + mostInHand) {
                                assertThat(item - source.in()).isLessThan(2);
                            }
                        })
                .run();
        assertThat(ending.failure()).isNull();
        assertThat(seen).isEqualTo(ITEMS);
    }

    @ParameterizedTest
    @EnumSource
    void areCountedUpToTheOneThatThrows(Given given) {
        group(
                        given,
                        item -> {
                            if (item == AT) {
                                throw new IllegalStateException("planned");
                            }
                        })
                .run();
        assertThat(source.in()).isEqualTo(AT + 1);
        assertThat(ending.failure())
                .satisfies(failure -> assertThat(failure.item()).isEqualTo((long) AT));
    }

    @ParameterizedTest
    @EnumSource
    void endSoonAfterAStop(Given given) {
        group(
                        given,
                        item -> {
                            if (item == AT) {
                                ending.stop();
                            }
                        })
                .run();
        assertThat(seen).isBetween(AT + 1L, (long) AT + STRETCH);
        assertThat(source.in()).isEqualTo(seen);
    }

    @ParameterizedTest
    @EnumSource
    void areCountedOneByOneWhenSomebodyFollows(Given given) {
        Group[] group = new Group[1];
        group[0] =
                group(
                        given,
                        item -> {
                            if (item == AT) {
                                assertThat(group[0].follow()).isFalse();
                                assertThat(group[0].follow()).isTrue();
                            }
                            if (item >= AT + STRETCH) {
                                assertThat(group[0].progress()).isEqualTo(2 * (item + 1));
                            }
                        });
        group[0].run();
        assertThat(ending.failure()).isNull();
        assertThat(seen).isEqualTo(ITEMS);
    }
}
