// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.simulation.SimulatedScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The programs that everybody writes first: fetch many prices at once, with one time for all, with
/// a time for each, and cancel one that takes too long.
class FetchProgramsTest {
    private record Price(String symbol, double price) {}

    private final SimulatedScheduler scheduler = SimulatedScheduler.ordinary();
    private final ScopeOptions options = ScopeOptions.on(scheduler);
    private final RandomGenerator random = scheduler.random("fetch");

    @Test
    void fetchesTenWithinTwoSeconds() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    ScopeOptions all = options.timeout(Duration.ofSeconds(2));
                    List<Price> prices = Scope.gather("all", all, symbols(10), this::fetch);

                    assertThat(prices).extracting(Price::symbol).isEqualTo(symbols(10));
                    assertThat(scheduler.elapsed().toMillis()).isLessThan(200);

                    ScopeOptions tooShort = options.timeout(Duration.ofMillis(20));
                    assertThatThrownBy(
                                    () -> Scope.gather("all", tooShort, symbols(10), this::fetch))
                            .isInstanceOf(TimeoutException.class);
                    assertThat(scheduler.alive()).isEqualTo(1);
                });
    }

    @Test
    void fetchesFiftyWithATimeForEach() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    List<Outcome<Price>> outcomes =
                            Scope.gatherEach(
                                    "each",
                                    options,
                                    Duration.ofMillis(100),
                                    symbols(50),
                                    this::fetch);

                    assertThat(outcomes).hasSize(50).anyMatch(Outcome::isOk);
                    assertThat(outcomes).anyMatch(each -> each.equals(Outcome.timedOut()));
                    for (int i = 0; i < 50; i++) {
                        if (outcomes.get(i) instanceof Outcome.Ok<Price>(Price price)) {
                            assertThat(price.symbol()).isEqualTo("SYM" + i);
                        }
                    }
                    assertThat(scheduler.elapsed().toMillis()).isBetween(100L, 101L);
                });
    }

    @Test
    void cancelsOneFetchAndKeepsTheOther() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    List<String> cleanUps = new ArrayList<>();
                    try (Scope scope = Scope.open("fetches", options)) {
                        Task<Price> kept = scope.fork("kept", () -> fetch("KEPT"));
                        Task<Integer> endless =
                                scope.fork(
                                        "endless",
                                        () -> {
                                            try {
                                                scope.sleep(Duration.ofDays(1));
                                                return 1;
                                            } finally {
                                                cleanUps.add("closed");
                                            }
                                        });
                        scope.sleep(Duration.ofMillis(5));
                        endless.cancel();
                        scope.join();
                        assertThat(endless.await()).isEqualTo(Outcome.cancelled());
                        assertThat(kept.get().symbol()).isEqualTo("KEPT");
                    }
                    assertThat(cleanUps).containsExactly("closed");
                });
    }

    private Price fetch(String symbol) throws InterruptedException {
        Duration time = Duration.ofMillis(random.nextInt(200));
        double price = 100 + random.nextDouble();
        try (Scope io = Scope.open("io", options)) {
            io.sleep(time);
        }
        return new Price(symbol, price);
    }

    private static List<String> symbols(int count) {
        List<String> symbols = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            symbols.add("SYM" + i);
        }
        return symbols;
    }
}
