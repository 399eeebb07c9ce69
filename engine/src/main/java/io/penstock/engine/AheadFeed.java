// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.OverflowPolicy;
import io.penstock.channel.Ring;
import io.penstock.channel.Scheduler;
import io.penstock.market.MarketEvent;
import io.penstock.scope.Scope;
import io.penstock.trading.Venue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/// Runs another feed ahead of the event loop, on a strand of its scope, through a ring. What
/// reaches the loop, and when in virtual time, is the same as without it.
final class AheadFeed implements MarketFeed {
    private static final int CAPACITY = 4_096;
    private static final int SLOT_BYTES = MarketEvent.BYTES + Long.BYTES;
    private static final long DUE_FIELD = MarketEvent.BYTES;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final MarketFeed source;
    private final Ring ring;
    private final long total;
    private boolean isExhausted;

    AheadFeed(MarketFeed source, Scheduler scheduler) {
        this.source = source;
        this.total = source.total();
        ring =
                Ring.builder("feed → strategy", SLOT_BYTES, CAPACITY)
                        .policy(OverflowPolicy.BLOCK)
                        .scheduler(scheduler)
                        .build();
    }

    @Override
    public void start(Scope scope) {
        scope.onCancel(ring::cancel);
        scope.fork("feed", this::readAhead);
    }

    private @Nullable Void readAhead() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment slot = arena.allocate(SLOT_BYTES, Long.BYTES);
            for (long due = source.nextNs(); due != Venue.NEVER; due = source.nextNs()) {
                MemorySegment.copy(source.segment(), source.offset(), slot, 0, MarketEvent.BYTES);
                slot.set(LONG, DUE_FIELD, due);
                if (!ring.send(slot, 0)) {
                    return null;
                }
                source.release();
            }
            ring.done();
        } catch (Throwable failure) {
            // The loop finds it behind the events that came before it.
            ring.fail(failure);
        }
        return null;
    }

    @Override
    public long nextNs() {
        long slot = ring.peek();
        if (slot == Ring.NONE) {
            if (!ring.awaitUntil(Scheduler.NO_DEADLINE)) {
                if (!ring.isEnded()) {
                    throw new IllegalStateException("interrupted while waiting for the feed");
                }
                end();
                return Venue.NEVER;
            }
            slot = ring.peek();
        }
        return ring.segment().get(LONG, slot + DUE_FIELD);
    }

    private void end() {
        isExhausted = true;
        switch (ring.failure()) {
            case null -> {}
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            case Throwable failure -> throw new IllegalStateException(failure);
        }
    }

    @Override
    public MemorySegment segment() {
        return ring.segment();
    }

    @Override
    public long offset() {
        return ring.peek();
    }

    @Override
    public void release() {
        ring.release();
    }

    @Override
    public boolean isExhausted() {
        return isExhausted || nextNs() == Venue.NEVER;
    }

    @Override
    public long total() {
        return total;
    }

    @Override
    public EdgeStatistics statistics() {
        return ring.statistics();
    }

    @Override
    public void close() {
        ring.close();
        source.close();
    }
}
