// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.Scheduler;
import io.penstock.market.MarketEvent;
import io.penstock.stage.Bell;
import io.penstock.trading.Venue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The strand of the feed: publishes each market event to the OMS as a price, to the venue, and to
/// each worker. It waits where the venue or a worker with the policy BLOCK has no room. When the
/// end of the session begins it publishes nothing more.
final class FeedStage extends SessionStage {
    private static final ValueLayout.OfLong LONG = TakenRecord.LONG;

    private final MarketFeed feed;
    private final MarketView view;
    private final SessionEdges edges;
    private final SessionControl control;
    private final SessionStage oms;
    private final long[] last;
    private final MemorySegment slot = Arena.ofAuto().allocate(SessionEdges.DATA_BYTES, Long.BYTES);
    private long number;
    private boolean isOver;

    /// @param oms whom it tells of new prices
    FeedStage(Scheduler scheduler, SessionMarket market, SessionParts parts, SessionStage oms) {
        super("feed", new Bell(scheduler));
        feed = market.feed();
        view = new MarketView(market.instruments(), market.sources(), Arena.ofAuto());
        view.keepOnlyWhatIsUsed();
        edges = parts.edges();
        control = parts.control();
        this.oms = oms;
        last = new long[market.instruments().size()];
        Arrays.fill(last, MarketEvent.NO_PRICE);
    }

    @Override
    boolean select() {
        if (!isOver) {
            isOver = control.isEnding() || isExhausted();
        }
        return !isOver;
    }

    /// Others can come to their end without the feed, so its failure is told and not thrown.
    private boolean isExhausted() {
        try {
            return feed.nextNs() == Venue.NEVER;
        } catch (RuntimeException e) {
            control.failed(name(), e);
            return true;
        }
    }

    @Override
    void handle() {
        MemorySegment.copy(feed.segment(), feed.offset(), slot, 0, MarketEvent.BYTES);
        slot.set(LONG, SessionEdges.DUE_FIELD, feed.nextNs());
        slot.set(LONG, SessionEdges.NUMBER_FIELD, number++);
        feed.release();
        mark();
        edges.market().send(slot, 0);
        for (WorkerEdges worker : edges.workers()) {
            worker.data().send(slot, 0);
        }
    }

    private void mark() {
        int changed = view.apply(slot, 0);
        int instrument = MarketEvent.instrument(slot, 0);
        if ((changed & MarketView.TRADE) != 0) {
            last[instrument] = MarketEvent.payload0(slot, 0);
        }
        if ((changed & (MarketView.QUOTE | MarketView.TRADE)) != 0) {
            edges.marks()
                    .trySend(
                            new Mark(
                                    instrument,
                                    view.bid(instrument),
                                    view.ask(instrument),
                                    last[instrument],
                                    slot.get(LONG, SessionEdges.DUE_FIELD)));
            oms.ring();
        }
    }

    @Override
    public boolean isEnded() {
        return isOver;
    }

    @Override
    void leave() {
        edges.marks().done();
        edges.market().done();
        edges.workers().forEach(worker -> worker.data().done());
    }

    @Override
    List<EdgeStatistics> outputs() {
        List<EdgeStatistics> outputs = new ArrayList<>();
        outputs.add(edges.market().statistics());
        for (WorkerEdges worker : edges.workers()) {
            outputs.add(worker.data().statistics());
        }
        return outputs;
    }
}
