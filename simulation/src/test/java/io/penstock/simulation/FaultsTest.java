// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.channel.Channel;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final Duration MOST = Duration.ofMillis(30);

    /// What one run of a program showed, of all runs with the given share of faults.
    private static Set<Object> seen(double percent, Function<SimulatedScheduler, Object> program) {
        Set<Object> seen = new HashSet<>();
        Simulation.of(scheduler -> seen.add(program.apply(scheduler)))
                .seeds(200)
                .earlyTimers(0)
                .faults(percent)
                .check();
        return seen;
    }

    private static Object thrown(Scheduler scheduler) {
        Function<Integer, Integer> half =
                Faults.by(scheduler)
                        .throwing(
                                "it breaks",
                                () -> new IllegalStateException("broken"),
                                (Integer item) -> item / 2);
        try {
            return half.apply(8);
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }

    @Test
    void throwsNowAndThen() {
        assertThat(seen(50, FaultsTest::thrown)).containsExactlyInAnyOrder(4, "broken");
        assertThat(seen(0, FaultsTest::thrown)).containsExactly(4);
    }

    private static Object stalled(SimulatedScheduler scheduler) {
        Function<Integer, Integer> half =
                Faults.by(scheduler).stalling("it stalls", MOST, (Integer item) -> item / 2);
        assertThat(half.apply(8)).isEqualTo(4);
        return scheduler.elapsed().toMillis();
    }

    @Test
    void stallsForDifferentTimes() {
        assertThat(seen(50, FaultsTest::stalled)).containsExactlyInAnyOrder(0L, 10L, 20L, 30L);
        assertThat(seen(0, FaultsTest::stalled)).containsExactly(0L);
    }

    @Test
    void stallsASource() {
        Set<Object> times =
                seen(
                        50,
                        scheduler -> {
                            Supplier<String> source =
                                    Faults.by(scheduler).stalling("it stalls", MOST, () -> "tick");
                            assertThat(source.get()).isEqualTo("tick");
                            return scheduler.elapsed().toMillis();
                        });
        assertThat(times).containsExactlyInAnyOrder(0L, 10L, 20L, 30L);
    }

    @Test
    void endsAStallByAnInterrupt() {
        Set<Object> times =
                seen(
                        100,
                        scheduler -> {
                            scheduler.interrupt(scheduler.current());
                            stalled(scheduler);
                            assertThat(scheduler.clearInterrupt()).isTrue();
                            return scheduler.elapsed().toMillis();
                        });
        assertThat(times).containsExactly(0L);
    }

    @Test
    void saysThatAnEdgeIsFull() {
        Set<Object> counts =
                seen(
                        50,
                        scheduler -> {
                            Channel<Integer> channel =
                                    Channel.<Integer>builder("edge", 4)
                                            .scheduler(scheduler)
                                            .build();
                            Predicate<Integer> offer =
                                    Faults.by(scheduler).full("it is full", channel::trySend);
                            boolean wasTaken = offer.test(1);
                            assertThat(channel.size()).isEqualTo(wasTaken ? 1 : 0);
                            return wasTaken;
                        });
        assertThat(counts).containsExactlyInAnyOrder(true, false);
    }

    private static Object arrived(
            SimulatedScheduler scheduler, Function<Consumer<Integer>, Consumer<Integer>> way) {
        List<Integer> arrived = new ArrayList<>();
        Consumer<Integer> transport = way.apply(arrived::add);
        Strand sender =
                scheduler.start(
                        "sender",
                        StrandKind.VIRTUAL,
                        () -> {
                            transport.accept(1);
                            transport.accept(2);
                        });
        scheduler.join(sender, Scheduler.NO_DEADLINE);
        scheduler.park(sender, scheduler.nanoTime() + MOST.toNanos());
        return List.copyOf(arrived);
    }

    @Test
    void losesMessages() {
        assertThat(seen(50, s -> arrived(s, to -> Faults.by(s).losing("lost", to))))
                .containsExactlyInAnyOrder(List.of(), List.of(1), List.of(2), List.of(1, 2));
    }

    @Test
    void doublesMessages() {
        assertThat(seen(50, s -> arrived(s, to -> Faults.by(s).doubling("twice", to))))
                .containsExactlyInAnyOrder(
                        List.of(1, 2), List.of(1, 1, 2), List.of(1, 2, 2), List.of(1, 1, 2, 2));
    }

    @Test
    void delaysMessagesSoThatOthersOvertakeThem() {
        Set<Object> seen = seen(50, s -> arrived(s, to -> Faults.by(s).delaying("late", MOST, to)));
        assertThat(seen).contains(List.of(1, 2), List.of(2, 1));
    }

    /// What became of one order on its way there and back.
    private static Object ordered(Scheduler scheduler) {
        Channel<Integer> orders =
                Channel.<Integer>builder("orders", 1).scheduler(scheduler).build();
        List<Integer> arrived = new ArrayList<>();
        Function<Integer, Integer> fill = order -> order + 1;
        Consumer<Integer> reports = arrived::add;
        Faults faults = Faults.by(scheduler);
        Function<Integer, Integer> venue =
                faults.throwing(
                        "the venue rejects",
                        () -> new IllegalStateException("rejected"),
                        faults.stalling("the venue is slow", Duration.ofMillis(50), fill));
        Predicate<Integer> send = faults.full("the edge is full", orders::trySend);
        Consumer<Integer> wire =
                faults.losing(
                        "a report is lost",
                        faults.doubling(
                                "a report comes twice",
                                faults.delaying(
                                        "a report is late", Duration.ofMillis(5), reports)));
        if (!send.test(1)) {
            return "full";
        }
        try {
            wire.accept(venue.apply(orders.receive()));
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
        scheduler.park(wire, scheduler.nanoTime() + Duration.ofMillis(10).toNanos());
        return List.copyOf(arrived);
    }

    @Test
    void nestsAllOfThem() {
        assertThat(seen(30, FaultsTest::ordered))
                .containsExactlyInAnyOrder(
                        "full", "rejected", List.of(), List.of(2), List.of(2, 2));
    }

    @Test
    void doesNothingOnTheMachine() {
        Faults faults = Faults.by(Scheduler.real());
        List<Integer> arrived = new ArrayList<>();
        Consumer<Integer> way =
                faults.losing(
                        "lost",
                        faults.doubling("twice", faults.delaying("late", MOST, arrived::add)));
        Function<Integer, Integer> stage =
                faults.throwing(
                        "broken",
                        IllegalStateException::new,
                        faults.stalling("stalled", Duration.ofDays(1), (Integer item) -> item));
        Predicate<Integer> offer = faults.full("full", _ -> true);
        for (int i = 0; i < 1_000; i++) {
            assertThat(offer.test(i)).isTrue();
            way.accept(stage.apply(i));
        }
        assertThat(arrived).hasSize(1_000).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void refusesANegativeTime() {
        Faults faults = Faults.by(Scheduler.real());
        assertThatThrownBy(() -> faults.stalling("x", Duration.ofMillis(-1), () -> 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("most=PT-0.001S");
    }
}
