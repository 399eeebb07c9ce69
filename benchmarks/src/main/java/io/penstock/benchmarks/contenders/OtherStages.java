// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.benchmarks.contenders.StageSet.Feed;
import io.penstock.benchmarks.contenders.StageSet.Sum;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Four pipelines of other types that run before the measured one in a polluted virtual machine:
/// each with classes of its own for what flows, the feed and the sum.
final class OtherStages {
    /// How many items each of them carries, three times.
    static final long ITEMS = 1_000_000;

    static final List<StageSet<?>> ALL =
            List.of(
                    new StageSet<>(
                            Trade::make,
                            TradeFeed::new,
                            t -> new Trade(t.price + 1, t.size),
                            t -> t.price % 5 != 0,
                            TradeSum::new),
                    new StageSet<>(
                            Point::make,
                            PointFeed::new,
                            p -> new Point(p.y, p.x),
                            p -> p.x > 1,
                            PointSum::new),
                    new StageSet<>(
                            Reading::make,
                            ReadingFeed::new,
                            r -> new Reading(r.celsius * 1.8 + 32),
                            r -> r.celsius > 40,
                            ReadingSum::new),
                    new StageSet<>(
                            Fill::make,
                            FillFeed::new,
                            f -> new Fill(f.order, f.quantity - 1),
                            f -> f.quantity != 3,
                            FillSum::new));

    private OtherStages() {}

    private record Trade(long price, long size) {
        static Trade make(long i) {
            return new Trade(i & 1_023, i & 7);
        }
    }

    private static final class TradeFeed implements Feed<Trade> {
        private final long count;
        private long next;

        TradeFeed(long count) {
            this.count = count;
        }

        @Override
        public boolean hasNext() {
            return next < count;
        }

        @Override
        public Trade next() {
            return Trade.make(next++);
        }

        @Override
        public @Nullable Trade get() {
            return next < count ? Trade.make(next++) : null;
        }
    }

    private static final class TradeSum implements Sum<Trade> {
        private long total;

        @Override
        public void accept(Trade trade) {
            total += trade.price * trade.size;
        }

        @Override
        public long total() {
            return total;
        }
    }

    private record Point(int x, int y) {
        static Point make(long i) {
            return new Point((int) i & 31, (int) i & 63);
        }
    }

    private static final class PointFeed implements Feed<Point> {
        private final long count;
        private long next;

        PointFeed(long count) {
            this.count = count;
        }

        @Override
        public boolean hasNext() {
            return next < count;
        }

        @Override
        public Point next() {
            return Point.make(next++);
        }

        @Override
        public @Nullable Point get() {
            return next < count ? Point.make(next++) : null;
        }
    }

    private static final class PointSum implements Sum<Point> {
        private long total;

        @Override
        public void accept(Point point) {
            total += point.x + point.y;
        }

        @Override
        public long total() {
            return total;
        }
    }

    private record Reading(double celsius) {
        static Reading make(long i) {
            return new Reading((double) (i & 63));
        }
    }

    private static final class ReadingFeed implements Feed<Reading> {
        private final long count;
        private long next;

        ReadingFeed(long count) {
            this.count = count;
        }

        @Override
        public boolean hasNext() {
            return next < count;
        }

        @Override
        public Reading next() {
            return Reading.make(next++);
        }

        @Override
        public @Nullable Reading get() {
            return next < count ? Reading.make(next++) : null;
        }
    }

    private static final class ReadingSum implements Sum<Reading> {
        private double total;

        @Override
        public void accept(Reading reading) {
            total += reading.celsius;
        }

        @Override
        public long total() {
            return (long) total;
        }
    }

    private record Fill(long order, int quantity) {
        static Fill make(long i) {
            return new Fill(i, (int) i & 15);
        }
    }

    private static final class FillFeed implements Feed<Fill> {
        private final long count;
        private long next;

        FillFeed(long count) {
            this.count = count;
        }

        @Override
        public boolean hasNext() {
            return next < count;
        }

        @Override
        public Fill next() {
            return Fill.make(next++);
        }

        @Override
        public @Nullable Fill get() {
            return next < count ? Fill.make(next++) : null;
        }
    }

    private static final class FillSum implements Sum<Fill> {
        private long total;

        @Override
        public void accept(Fill fill) {
            total += fill.quantity ^ fill.order;
        }

        @Override
        public long total() {
            return total;
        }
    }
}
