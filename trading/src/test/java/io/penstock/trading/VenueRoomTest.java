// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.strategy.OrderState;
import io.penstock.strategy.Reason;
import io.penstock.strategy.ReportKind;
import io.penstock.testing.Seeds;
import org.junit.jupiter.api.Test;

/// The edge to the venue is bounded, and every open order keeps room for its cancel.
class VenueRoomTest {
    private final OmsHarness harness = new OmsHarness();

    @Test
    void refusesAnOrderThatWouldTakeTheRoomOfACancel() {
        harness.room = 5;
        harness.buy(1, 1, 1_000);
        harness.buy(2, 1, 1_000);
        harness.buy(3, 1, 1_000);
        assertThat(harness.sent).hasSize(2);
        assertThat(harness.last().kind()).isEqualTo(ReportKind.REJECTED);
        assertThat(harness.last().reason()).isEqualTo(Reason.NO_ROOM);
        assertThat(harness.oms.statistics().refused()).containsEntry(Reason.NO_ROOM, 1L);
        harness.cancel(1);
        harness.cancel(2);
        assertThat(harness.sent).hasSize(4);
    }

    @Test
    void refusesASecondCancelThatWouldTakeTheRoomOfAFirst() {
        harness.room = 5;
        harness.buy(1, 1, 1_000);
        harness.buy(2, 1, 1_000);
        harness.cancel(1);
        harness.cancel(1);
        assertThat(harness.last().kind()).isEqualTo(ReportKind.CANCEL_REJECTED);
        assertThat(harness.last().reason()).isEqualTo(Reason.NO_ROOM);
        assertThat(harness.last().state()).isEqualTo(OrderState.PENDING_CANCEL);
        harness.oms.kill(harness.now);
        assertThat(harness.sent).hasSize(4);
        assertThat(harness.sent.getLast().target()).isEqualTo(2);
    }

    @Test
    void neverFillsTheEdgeWhateverIsAsked() throws Exception {
        Seeds.check(
                100,
                60,
                (random, size) -> {
                    OmsHarness any = new OmsHarness();
                    any.room = 2 + random.nextInt(size + 1);
                    long id = 0;
                    for (int step = 0; step < 10 * size; step++) {
                        long target = 1 + random.nextLong(id + 1);
                        switch (random.nextInt(8)) {
                            case 0, 1, 2 -> any.buy(++id, 1 + random.nextInt(9), 1_000);
                            case 3 -> any.replace(target, ++id, 1_001, 1 + random.nextInt(9));
                            case 4 -> any.cancel(target);
                            case 5 -> any.report(ReportKind.ACCEPTED, target);
                            case 6 -> any.now += random.nextLong(4_000_000_000L);
                            default -> any.room += random.nextInt(3);
                        }
                        any.oms.onTime(any.now);
                    }
                    any.oms.kill(any.now);
                    assertThat(any.room).isNotNegative();
                });
    }
}
