// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.engine.TapeSource;
import io.penstock.formats.ConversionOptions;
import io.penstock.formats.ConversionProgress;
import io.penstock.formats.Source;
import io.penstock.market.BookBuilder;
import io.penstock.market.EventKind;
import io.penstock.market.Instrument;
import io.penstock.market.LevelBook;
import io.penstock.market.OrderByOrderBook;
import io.penstock.market.Side;
import io.penstock.market.Tape;
import io.penstock.report.RunResult;
import io.penstock.testing.RecordedData;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WorkloadsTest {
    private static final long EVENTS = 60_000;

    private static AgentTapes tapes;

    @BeforeAll
    static void record() {
        tapes = AgentTapes.record(EVENTS, _ -> {});
    }

    @AfterAll
    static void delete() {
        tapes.close();
    }

    @Test
    void recordsAsManyEventsAsAskedFor() {
        assertThat(tapes.orders().count()).isBetween(EVENTS, EVENTS + 1_000);
        assertThat(tapes.orders().info().count(EventKind.QUOTE)).isPositive();
        assertThat(tapes.levels().info().counts()).containsOnlyKeys(EventKind.LEVEL);
        tapes.orders().verify();
        tapes.levels().verify();
    }

    @Test
    void recordsTheSameTapesEveryTime() {
        try (AgentTapes again = AgentTapes.record(EVENTS, _ -> {})) {
            assertThat(again.orders().events().mismatch(tapes.orders().events())).isEqualTo(-1);
            assertThat(again.levels().events().mismatch(tapes.levels().events())).isEqualTo(-1);
        }
    }

    @Test
    void measuresEverythingOnTheMarketOfAgents() {
        Workloads.Choice choice = choose(tapes.orders(), tapes.levels());
        assertThat(choice.skipped()).isEmpty();
        assertThat(choice.workloads())
                .extracting(Workload::name)
                .containsExactlyElementsOf(Workloads.NAMES);
        requireAgreement(choice);
    }

    @Test
    void endsWithTheSameBookByLevelAndByOrder() {
        Instrument instrument = tapes.orders().instruments().getFirst();
        BookBuilder byOrder = built(new OrderByOrderBook(instrument), tapes.orders());
        BookBuilder byLevel = built(new LevelBook(instrument), tapes.levels());
        for (Side side : Side.values()) {
            assertThat(byLevel.levels(side)).isEqualTo(byOrder.levels(side)).isPositive();
            for (int level = 0; level < byLevel.levels(side); level++) {
                assertThat(byLevel.price(side, level)).isEqualTo(byOrder.price(side, level));
                assertThat(byLevel.quantity(side, level)).isEqualTo(byOrder.quantity(side, level));
            }
        }
    }

    private static BookBuilder built(BookBuilder book, Tape tape) {
        for (long i = 0; i < tape.count(); i++) {
            book.apply(tape.events(), Tape.offset(i));
        }
        return book;
    }

    @Test
    void agreesOnARecordingByLevel() {
        requireAgreement("binance-raw/usdm/btcusdt_20240808.gz");
    }

    @Test
    void agreesOnARecordingThatShowsAPartOfTheOrders() {
        requireAgreement("lobster/LOBSTER_SampleFile_AMZN_2012-06-21_1.zip");
    }

    @Test
    void skipsWhatATapeHasNoEventsFor() {
        Workloads.Choice byLevel = choose(tapes.levels(), tapes.levels());
        assertThat(byLevel.workloads())
                .extracting(Workload::name)
                .containsExactly(Workloads.READ, Workloads.LEVEL_BOOK, Workloads.BACKTEST);
        assertThat(byLevel.skipped()).containsExactly("order-book: the tape has no orders");
        requireAgreement(byLevel);
    }

    @Test
    void refusesANameThatThereIsNot() {
        assertThatThrownBy(() -> Workloads.choose(List.of("books"), tapes.orders(), tapes.orders()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "nothing to measure is called books; there are read, level-book,"
                                + " order-book, backtest");
    }

    @Test
    void tradesInTheBacktestAndInItsFloor() {
        Tape tape = tapes.orders();
        BacktestFloor floor =
                new BacktestFloor(
                        tape.events(), FloorBooks.byOrder(tape, PriceRange.of(tape)), true);
        floor.run();
        RunResult result =
                BacktestWorkload.run(BacktestWorkload.plan(tape, Map.of()), new Marks(EVENTS));
        assertThat(floor.trades()).isEqualTo(result.orders().requests()).isPositive();
        assertThat(floor.cash()).isNotZero();
    }

    @Test
    void allocatesNothingPerEventInABacktestWithoutOrders() {
        Marks marks = new Marks(EVENTS);
        var plan = BacktestWorkload.plan(tapes.orders(), Map.of("threshold-bp", "10000"));
        double bytes = Double.MAX_VALUE;
        // The virtual machine itself may allocate on the thread while it still links code.
        for (int i = 0; i < 3; i++) {
            marks.begin();
            BacktestWorkload.run(plan, marks);
            marks.end();
            bytes = marks.bytesPerEvent();
        }
        // An array of the venue's book may still double once; nothing is paid by the event.
        assertThat(bytes * EVENTS).isLessThan(1 << 16);
        assertThat(marks.bytes()).isPositive();
    }

    private static void requireAgreement(String recording) {
        Path file = RecordedData.require(recording);
        try (TapeSource source =
                TapeSource.open(
                        Source.of(List.of(file)),
                        ConversionOptions.DEFAULT,
                        ConversionProgress.NONE)) {
            requireAgreement(choose(source.tape(), source.tape()));
        }
    }

    private static void requireAgreement(Workloads.Choice choice) {
        for (Workload workload : choice.workloads()) {
            long subject = sum(workload.subject(), workload);
            assertThat(sum(workload.floor(), workload)).as(workload.name()).isEqualTo(subject);
            assertThat(sum(workload.floor(), workload)).as("again").isEqualTo(subject);
            assertThat(sum(workload.subject(), workload)).as("again").isEqualTo(subject);
        }
    }

    private static Workloads.Choice choose(Tape main, Tape levels) {
        return Workloads.choose(List.of(), main, levels);
    }

    private static long sum(Workload.Pass pass, Workload workload) {
        return pass.run(new Marks(workload.events()));
    }
}
