// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.SlotSink;
import io.penstock.trading.OrderLogHash;
import io.penstock.trading.OrderRequest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The edge to an OMS on another strand, as a [Desk] sees it. How much room there is, is looked up
/// once for each message that the worker takes, so that what the strategy is told depends on
/// nothing that happens meanwhile: with that number in its log a replay tells it the same. Confined
/// to the strand of the worker.
final class StagedRequests implements RequestEdge {
    private final SlotSink target;
    private final MemorySegment request = Arena.ofAuto().allocate(OrderRequest.BYTES, 8);
    private final OrderLogHash hash = new OrderLogHash();
    private int room;

    /// @param target takes each request
    StagedRequests(SlotSink target) {
        this.target = target;
    }

    /// From here on there is room for so many.
    void room(int requests) {
        room = requests;
    }

    @Override
    public int room() {
        return room;
    }

    @Override
    public long claim() {
        return 0;
    }

    @Override
    public MemorySegment segment() {
        return request;
    }

    @Override
    public void send() {
        room--;
        hash.append(request, 0);
        target.accept(request, 0);
    }

    /// Requests so far, and their hash.
    OrderLogHash hash() {
        return hash;
    }
}
