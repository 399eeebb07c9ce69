// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.SlotSink;
import io.penstock.market.Side;
import io.penstock.strategy.OrderTicket;
import io.penstock.testing.Allocation;
import io.penstock.trading.OrderRequest;
import io.penstock.trading.Venue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Market events allocate nothing once a venue has grown to the size of its market.
class AllocationTest {
    private static final SlotSink NOBODY = (segment, offset) -> {};

    private final Allocation allocation;
    private final MemorySegment request = Arena.ofAuto().allocate(OrderRequest.BYTES, 8);

    AllocationTest() throws ReflectiveOperationException {
        allocation = new Allocation();
    }

    private void rest(Venue venue, long id, Side side, long price) {
        OrderRequest.putNew(request, 0, id, OrderTicket.limit(0, side, 1_000_000, price));
        venue.onRequest(request, 0, 0, NOBODY);
    }

    /// Bytes of the second half of a replay, the measurement itself taken off; the least of a few
    /// rounds, for the first ones load classes.
    private long bytesOfReplay(RecordedEvents events, boolean isBusy) throws Exception {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 4; round++) {
            ReplayVenue venue = new ReplayVenue(events, ReplayConfiguration.standard());
            if (isBusy) {
                rest(venue, 1, Side.BUY, 90);
                rest(venue, 2, Side.SELL, 110);
            }
            while (venue.nextTimeNs() < 5_000) {
                venue.advance(NOBODY);
            }
            long empty = allocation.bytes();
            long before = allocation.bytes();
            while (venue.nextTimeNs() != Venue.NEVER) {
                venue.advance(NOBODY);
            }
            long after = allocation.bytes();
            least = Math.min(least, after - before - (before - empty));
        }
        return least;
    }

    @Test
    void aReplayAllocatesNothing() throws Exception {
        for (boolean isByOrder : new boolean[] {false, true}) {
            RecordedEvents events = RandomRecording.of(new SplittableRandom(5), 10_000, isByOrder);
            assertThat(bytesOfReplay(events, false)).isZero();
            assertThat(bytesOfReplay(events, true)).isZero();
        }
    }

    @Test
    void theAgentMarketAllocatesNextToNothing() throws Exception {
        AgentMarket market =
                new AgentMarket(AgentMarketConfiguration.of(1), FeeSchedule.none(), NOBODY);
        while (market.eventCount() < 100_000) {
            market.advance(NOBODY);
        }
        long before = allocation.bytes();
        while (market.eventCount() < 180_000) {
            market.advance(NOBODY);
        }
        assertThat(allocation.bytes() - before).isLessThan(8_192);
    }
}
