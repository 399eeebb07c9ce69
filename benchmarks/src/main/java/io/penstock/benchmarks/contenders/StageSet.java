// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The functions of a pipeline of three stages. [#TICKS] is measured; those of [OtherStages] have
/// types and functions of their own and run first where a polluted virtual machine is asked for. No
/// class of theirs is shared, for that would be the user's pollution and not the library's.
///
/// @param make the feed's stage by number
/// @param feed the same as something to pull from; a new one a run
/// @param map the strategy's stage
/// @param isWanted what it lets pass
/// @param sum the OMS's stage; a new one a run
record StageSet<T>(
        LongFunction<T> make,
        Function<Long, Feed<T>> feed,
        Function<T, T> map,
        Predicate<T> isWanted,
        Supplier<Sum<T>> sum) {
    /// Items until the end, by whatever way a library pulls them.
    interface Feed<T> extends Iterator<T>, Supplier<@Nullable T> {}

    /// Sums items up.
    interface Sum<T> extends Consumer<T> {
        long total();
    }

    static final StageSet<Tick> TICKS =
            new StageSet<>(Tick::feed, TickFeed::new, Tick::strategy, Tick::isWanted, TickSum::new);

    private static final class TickFeed implements Feed<Tick> {
        private final long count;
        private long next;

        TickFeed(long count) {
            this.count = count;
        }

        @Override
        public boolean hasNext() {
            return next < count;
        }

        @Override
        public Tick next() {
            return Tick.feed(next++);
        }

        @Override
        public @Nullable Tick get() {
            return next < count ? Tick.feed(next++) : null;
        }
    }

    private static final class TickSum implements Sum<Tick> {
        private long total;

        @Override
        public void accept(Tick tick) {
            total += tick.worth();
        }

        @Override
        public long total() {
            return total;
        }
    }
}
