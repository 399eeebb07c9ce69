// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/// One operator of a chain: takes an item, works on it, and hands what comes of it to the next link
/// by a plain call. Confined to the strand of its group, but for [#published].
///
/// A link that ends the run throws [ChainStopped]; nothing else comes out of [#accept].
public abstract class Link implements Consumer<Object> {
    private static final VarHandle COUNT;
    private static final VarHandle PUBLISHED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            COUNT = lookup.findVarHandle(Link.class, "count", long.class).withInvokeExactBehavior();
            PUBLISHED =
                    lookup.findVarHandle(Link.class, "published", long.class)
                            .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// What the link counts: items in for the head of a chain, results for an operator that gives
    /// more or fewer of them than it takes.
    long count;

    @SuppressWarnings("UnusedVariable") // through PUBLISHED
    private long published;

    Link() {}

    /// Works on one item.
    @Override
    public abstract void accept(Object item);

    /// The count as it is now, or was a few items ago. For any strand.
    final long seen() {
        return (long) COUNT.getOpaque(this);
    }

    /// Shows the count to other strands. Called once a batch.
    final void publish() {
        PUBLISHED.setOpaque(this, count);
    }

    /// The count as it was shown last. For any strand.
    final long published() {
        return (long) PUBLISHED.getOpaque(this);
    }

    /// Hands on what is kept for later, because no more items come.
    void finish() {}

    /// Gives up what is kept for later.
    void abandon() {}

    /// Whether it may want to be called at a deadline.
    boolean isTimed() {
        return false;
    }

    /// When [#due] wants to be called, in elapsed time of the scheduler; never by default.
    long deadlineNs() {
        return Scheduler.NO_DEADLINE;
    }

    /// The deadline has come.
    void due() {}
}
