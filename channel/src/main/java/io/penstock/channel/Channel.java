// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A bounded hand-off of objects between strands.
///
/// **Threads.** Any number of strands send and receive. A channel built [Builder#oneToOne] has one
/// sending and one receiving strand at a time, one built [Builder#oneToMany] one sending strand; a
/// strand that takes such a side over from another one must start or be handed the channel after
/// the other's last call. To the sending side belong `send`, `trySend`, `append`, `tryAppend`,
/// `flush`, `done` and `fail`; to the receiving side `receive`, `tryReceive`, `drain`, `await`,
/// `isReady`, `isEnded` and the iterator. The rest is for everybody; [#close] of a channel with one
/// sending strand is for whoever owns it, when that strand has stopped, and the receiving one, too,
/// where there is only one.
///
/// A second strand at a side that was said to have one is noticed where that costs the first one
/// nothing, and gets `IllegalStateException` with the names of both: when it would wait, meets a
/// full channel, makes several items visible together, or drains, while another strand waits there.
/// What neither of two strands has to wait for goes unnoticed, and items and wake-ups are lost.
///
/// **Full.** The [OverflowPolicy] says what becomes of an item that meets a full channel. Items
/// that are lost go to `undelivered`, each once.
///
/// **Ends.** *Done* and *failed* say that nothing more will be sent: receivers still get what was
/// sent before, and see the cause of a failure at once in [#failure]. *Cancelled* says that nothing
/// more is wanted: receivers find nothing more, and what is inside goes to `undelivered`: between
/// many senders at once; otherwise what the sending strand has not made visible, or was just
/// sending, in its next call, and in a one-to-one channel what can be received in the next call of
/// the receiving strand; the rest in [#close]. The first end counts, but a channel that is done or
/// failed can still be cancelled. After [#close] a channel is like a cancelled one.
///
/// **Waiting.** A strand that waits yields a few times and then parks, so platform and virtual
/// threads may be mixed. A wait ends by progress, by an end of the channel, by its deadline, or by
/// an interrupt of the caller, whose flag stays set. No item is handed to a strand before that
/// strand takes it, so none is lost with a wait that ends otherwise. On one strand that sends and
/// receives (an event loop) nothing may wait: use the methods that never do.
///
/// **Wake-ups** that nobody misses normally cost a fence for each item. A single item is sent here
/// without one; instead a strand that is about to park for long parks for a millisecond first and
/// looks again. So this rests on one thing that the Java memory model does not promise: that a
/// store is seen by other processors within that millisecond. Processors take nanoseconds. A
/// machine that took longer could leave a receiver asleep beside an item until the next one is
/// sent; [#flush] makes the fence always.
///
/// **Memory.** Between many receivers the channel keeps references to received items, up to its
/// capacity rounded up to a power of two, until they are overwritten or the channel has ended and
/// is empty: whoever claimed an item cannot clear its place, where the next one may stand by then.
/// (One that was cancelled and has one sender lets go of them in the sender's next call, or when it
/// is closed: the last of its items are the sender's.) So an idle channel of large items holds as
/// many of them as a full one; give it a small capacity. One receiver alone clears each place as it
/// takes the item.
///
/// @param <T> type of the items; never null
public abstract sealed class Channel<T> extends ChannelGate<T> implements Iterable<T>, AutoCloseable
        permits OneToOneChannel, SharedChannel, ConflatingChannel {
    /// The largest capacity, 2^24. A channel allocates its places when it is built, 4 to 28 bytes
    /// for each.
    public static final int MOST_CAPACITY = 1 << 24;

    private final int senders;
    private final AtomicInteger handles = new AtomicInteger();
    private final AtomicInteger openHandles;

    Channel(Builder<T> builder, Waiter sender, Waiter receiver) {
        super(builder, sender, receiver);
        senders = builder.senders;
        openHandles = new AtomicInteger(senders);
    }

    /// Describes a channel of at most `capacity` items.
    ///
    /// @param name unique in its run, for statistics and messages
    /// @param capacity any number from 1 to [#MOST_CAPACITY]; exact
    /// @throws IllegalArgumentException when it is another one
    public static <T> Builder<T> builder(String name, int capacity) {
        return new Builder<>(name, capacity);
    }

    // ---------------------------------------------------------------- sender

    /// Sends an item. A full channel is treated by the policy: BLOCK and CONFLATE wait for room,
    /// FAIL returns false, DROP_NEWEST drops this item and DROP_OLDEST the oldest one.
    ///
    /// @return true when the channel has taken the item, even if only to drop it; false when it has
    ///   ended, is full (FAIL), or the caller was interrupted while waiting: the caller keeps the
    ///   item, and it is counted as refused
    public abstract boolean send(T item);

    /// Sends an item as [#send(Object)] does, but gives up at the deadline.
    ///
    /// @param deadlineNs elapsed time of the scheduler, or [Scheduler#NO_DEADLINE]
    public boolean sendUntil(T item, long deadlineNs) {
        int outcome = offer(item);
        return outcome == TAKEN || offerSlowly(item, outcome, deadlineNs);
    }

    /// Sends an item as [#send(Object)] does, but gives up after the time-out.
    public boolean send(T item, Duration timeout) {
        return sendUntil(item, deadlineAfter(timeout));
    }

    /// Sends an item if that needs no waiting, whatever the policy.
    public boolean trySend(T item) {
        return offer(item) == TAKEN || refuse();
    }

    /// Sends an item that receivers need not see before the next [#flush]; several sent so are
    /// cheaper than one by one. They become visible at the latest when 64 are pending, when the
    /// sender waits for room, and when it ends the channel.
    ///
    /// @return as [#send(Object)]
    public boolean append(T item) {
        return send(item);
    }

    /// Appends an item if that needs no waiting, whatever the policy. Without room the caller keeps
    /// it, and that does not count as refused: for a sender that comes again with it.
    ///
    /// @return whether it was taken; false when there is no room or the channel has ended
    public boolean tryAppend(T item) {
        return offer(item) == TAKEN;
    }

    /// Makes visible what was appended. Cheap when nothing is new.
    @Override
    public void flush() {
        // Storages that make items visible at once have nothing to do.
    }

    /// One of the handles by whose end the channel is done, see [Builder#senders].
    ///
    /// @throws IllegalStateException when all have been given out
    public Sender<T> sender() {
        if (handles.getAndIncrement() >= senders) {
            handles.getAndDecrement();
            throw new IllegalStateException(
                    "no more handles than senders: channel=" + name() + " senders=" + senders);
        }
        return new Sender<>(this, senders == 1);
    }

    /// A handle has ended.
    final void handleDone() {
        if (openHandles.decrementAndGet() == 0) {
            done();
        }
    }

    /// Says that nothing more will be sent, whatever handles are open; where one strand sends, by
    /// that strand. Receivers get what is left and then see the end. Without effect on a channel
    /// that has ended.
    public void done() {
        end(DONE);
    }

    /// Says that nothing more will be sent because of `cause`. Receivers see the cause at once and
    /// may take what is left. Without effect on a channel that has ended.
    public void fail(Throwable cause) {
        Objects.requireNonNull(cause, "cause");
        remember(cause);
        end(FAILED);
    }

    // -------------------------------------------------------------- receiver

    /// Takes the oldest item, waiting for one if need be.
    ///
    /// @return null when the channel has ended and is empty, however it ended (see [#failure] and
    ///   [#isCancelled]), or the caller was interrupted while waiting
    public abstract @Nullable T receive();

    /// Takes the oldest item as [#receive()] does, but gives up at the deadline.
    ///
    /// @param deadlineNs elapsed time of the scheduler, or [Scheduler#NO_DEADLINE]
    public @Nullable T receiveUntil(long deadlineNs) {
        T item = take();
        return item != null ? item : takeSlowly(deadlineNs);
    }

    /// Takes the oldest item as [#receive()] does, but gives up after the time-out.
    public @Nullable T receive(Duration timeout) {
        return receiveUntil(deadlineAfter(timeout));
    }

    /// Takes the oldest item if there is one now.
    ///
    /// @return null when there is none; with many senders also while the oldest is still being put
    ///   in, even if one behind it is there already
    public abstract @Nullable T tryReceive();

    /// Hands up to `max` of the items that are there now to the sink, in order, and counts them as
    /// processed; never waits. The sink must not call the receiving side of a one-to-one channel.
    /// An item whose sink throws counts as received; those behind it stay, or, where a channel of
    /// many receivers had given them to this one already, go to `undelivered`.
    ///
    /// @return items handed over
    public abstract int drain(Consumer<? super T> sink, int max);

    /// Hands items to the sink as [#drain(Consumer, int)] does, after waiting until there is one.
    ///
    /// @return 0 when the channel has ended and is empty, the deadline came, or the caller was
    ///   interrupted while waiting
    public int drainUntil(Consumer<? super T> sink, int max, long deadlineNs) {
        while (true) {
            int count = drain(sink, max);
            if (count > 0 || !awaitItem(deadlineNs)) {
                return count;
            }
        }
    }

    /// Waits until there is an item to receive or the channel has ended. With many receivers
    /// another one may take it first.
    ///
    /// @param deadlineNs elapsed time of the scheduler to give up at, or [Scheduler#NO_DEADLINE]
    /// @return true when there is an item; false when the channel has ended and is empty, the
    ///   deadline came, or the caller was interrupted
    public boolean awaitUntil(long deadlineNs) {
        boolean isThere = awaitItem(deadlineNs);
        if (isThere) {
            // The caller may not take it after all, and it alone was woken.
            receiver.wake(scheduler);
        }
        return isThere;
    }

    /// Waits as [#awaitUntil] does, but gives up after the time-out.
    public boolean await(Duration timeout) {
        return awaitUntil(deadlineAfter(timeout));
    }

    /// True when a receiver would not have to wait now: there is something to receive, or the
    /// channel has ended. For the receiving side, which after a cancel it lets give back what is
    /// inside. Unlike [#size] it does not count what was appended and not yet flushed.
    public boolean isReady() {
        return progress(RECEIVING) != WAITING;
    }

    /// True when the channel has ended and there is nothing left to receive.
    public boolean isEnded() {
        return progress(RECEIVING) == OVER;
    }

    /// Takes the items one by one, waiting for each; [Iterator#next] marks the item before it as
    /// processed, and the end of the iteration the last one. Each iterator is for one strand.
    ///
    /// The iteration ends normally when the channel is done and everything has been received, so a
    /// loop that comes to its end has had, with the other receivers, all that was sent. Otherwise
    /// [Iterator#hasNext] throws: [java.util.concurrent.CompletionException] with the cause, after
    /// the last item, when the channel has failed or was cancelled with one;
    /// [java.util.concurrent.CancellationException] when it was cancelled or closed before the end,
    /// or the caller was interrupted while waiting (its flag stays set). [#receive()] tells of none
    /// of these, for receivers that want to decide by themselves.
    @Override
    public Iterator<T> iterator() {
        return new ChannelIterator<>(this);
    }

    /// Says that the caller has finished with `count` items that were received otherwise than by
    /// `drain` or an iterator.
    ///
    /// @throws IllegalArgumentException when it is negative
    /// @throws IllegalStateException when more would be processed than were received
    public void processed(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative: count=" + count);
        }
        scheduler.point(this);
        while (true) {
            long before = processedOpaque();
            long finished = before + drainedOpaque();
            if (count > receivedCount() - finished) {
                throw new IllegalStateException(
                        "no more must be processed than was received: channel="
                                + name()
                                + " count="
                                + count);
            }
            if (processedMoves(before, before + count)) {
                break;
            }
        }
        tellJoiners();
    }

    /// Waits until there is a moment at which everything sent has been processed or dropped;
    /// sending may go on meanwhile. A strand that ends with an item in hand never processes it:
    /// whoever learns of that ends this wait by [#cancel].
    ///
    /// @param deadlineNs elapsed time of the scheduler to give up at, or [Scheduler#NO_DEADLINE]
    /// @return false when the deadline or a cancel came first or the caller was interrupted
    public boolean awaitProcessedUntil(long deadlineNs) {
        int progress = progress(JOINING);
        if (progress == WAITING) {
            progress = awaitProgress(joiners, JOINING, deadlineNs);
            joiners.wake(scheduler);
        }
        return progress == READY;
    }

    /// Waits as [#awaitProcessedUntil] does, but gives up after the time-out.
    public boolean awaitProcessed(Duration timeout) {
        return awaitProcessedUntil(deadlineAfter(timeout));
    }

    // ------------------------------------------------------------------ ends

    /// Cancels and gives what is left inside to `undelivered`. Closing again does nothing. A strand
    /// that still sends, where it is the only one, may find its items lost or undelivered twice:
    /// [#cancel] is the end that may come at any time.
    @Override
    public void close() {
        scheduler.point(this);
        stopSenders();
        if (moveTo(CLOSED, 0)) {
            wakeBoth();
            Thrown thrown = new Thrown();
            thrown.by(this::discard);
            thrown.by(this::withdraw);
            forget();
            joiners.wakeAll(scheduler);
            thrown.rethrow();
        }
    }

    @Override
    public String toString() {
        return "Channel[" + name() + ", " + size() + " of " + capacity() + "]";
    }

    /// What a channel is to be. Confined to the thread that builds.
    ///
    /// @param <T> type of the items
    public static final class Builder<T> {
        final String name;
        final int capacity;
        OverflowPolicy policy = OverflowPolicy.BLOCK;
        Scheduler scheduler = Scheduler.real();
        Consumer<? super T> undelivered = item -> {};
        @Nullable Function<? super T, ?> key;
        @Nullable BinaryOperator<T> merge;
        int senders = 1;
        private boolean isOneSender;
        private boolean isOneReceiver;

        private Builder(String name, int capacity) {
            this.name = Objects.requireNonNull(name, "name");
            if (capacity < 1 || capacity > MOST_CAPACITY) {
                throw new IllegalArgumentException(
                        "capacity must be from 1 to "
                                + MOST_CAPACITY
                                + ": channel="
                                + name
                                + " capacity="
                                + capacity);
            }
            this.capacity = capacity;
        }

        /// What happens to an item that meets a full channel; BLOCK unless said otherwise. For
        /// CONFLATE use [#conflate].
        public Builder<T> overflow(OverflowPolicy policy) {
            this.policy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /// Merges an item into the unread one of the same key: [OverflowPolicy#CONFLATE].
        ///
        /// The merged item keeps the place of the older one. Each merge counts one item as sent and
        /// one as dropped; `undelivered` does not see it, because `merge` had it.
        ///
        /// @param key never null; its `equals` and `hashCode` must be those of a value, and are
        ///   called with the channel's lock held
        /// @param merge from the unread item and the new one to the item that replaces both, never
        ///   null. Called without a lock: it may be called again when the unread one was taken
        ///   meanwhile, so it must not have effects. When it fails, or `key` does, nothing has
        ///   changed, and the sender gets `IllegalStateException` with the cause; an error goes to
        ///   it as it is
        public <K> Builder<T> conflate(Function<? super T, K> key, BinaryOperator<T> merge) {
            this.key = Objects.requireNonNull(key, "key");
            this.merge = Objects.requireNonNull(merge, "merge");
            policy = OverflowPolicy.CONFLATE;
            return this;
        }

        /// Called once for each item that is dropped or undelivered, on the strand that drops it.
        /// Must not call the channel. What it throws goes to that strand's caller; the item counts
        /// as dropped. Where several are dropped together each is given to it first: then the first
        /// exception is thrown, with up to 32 others suppressed.
        public Builder<T> undelivered(Consumer<? super T> undelivered) {
            this.undelivered = Objects.requireNonNull(undelivered, "undelivered");
            return this;
        }

        /// Says that one strand sends and one receives: a promise of the caller, of which only some
        /// breaches are noticed, see [Channel].
        public Builder<T> oneToOne() {
            isOneSender = true;
            isOneReceiver = true;
            return this;
        }

        /// Says that one strand sends: a promise likewise.
        public Builder<T> oneToMany() {
            isOneSender = true;
            isOneReceiver = false;
            return this;
        }

        /// How many handles [Channel#sender] gives out; the channel is done when all of them are. 1
        /// unless said otherwise.
        public Builder<T> senders(int senders) {
            if (senders < 1) {
                throw new IllegalArgumentException("senders must be positive: senders=" + senders);
            }
            this.senders = senders;
            return this;
        }

        /// What the strands wait with; the machine's unless said otherwise.
        public Builder<T> scheduler(Scheduler scheduler) {
            this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
            return this;
        }

        /// Allocates the channel, in the fastest form that its topology and policy allow.
        ///
        /// @throws IllegalStateException when CONFLATE has no key and merge, or another policy has,
        ///   or one sending strand is said to have several handles
        public Channel<T> build() {
            if ((policy == OverflowPolicy.CONFLATE) != (merge != null)) {
                throw new IllegalStateException(
                        "conflate must say how to merge, and no other policy: policy=" + policy);
            }
            if (isOneSender && senders > 1) {
                throw new IllegalStateException(
                        "one sending strand must have one handle: senders=" + senders);
            }
            if (policy == OverflowPolicy.CONFLATE) {
                return new ConflatingChannel<>(this);
            }
            if (!isOneSender) {
                return new ManyToManyChannel<>(this);
            }
            // The sender takes part in receiving when it drops the oldest.
            return isOneReceiver && policy != OverflowPolicy.DROP_OLDEST
                    ? new OneToOneChannel<>(this)
                    : new OneToManyChannel<>(this);
        }
    }
}
