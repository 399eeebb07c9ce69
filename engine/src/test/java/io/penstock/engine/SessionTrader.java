// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import static io.penstock.engine.SessionTrial.Trouble.STRATEGIES_STALL;
import static io.penstock.engine.SessionTrial.Trouble.STRATEGIES_THROW;

import io.penstock.channel.Scheduler;
import io.penstock.market.Quote;
import io.penstock.market.Side;
import io.penstock.strategy.OrderEvent;
import io.penstock.strategy.Orders;
import io.penstock.strategy.ReportKind;
import io.penstock.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// Trades at random, and now and then throws or does not return for a while.
final class SessionTrader implements Strategy {
    private static final long LONG_NS = 60_000_000_000L;
    private static final long SHORT_NS = 10_000_000;

    /// What a trader decides by besides what it is told.
    interface Whims {
        /// One of so many, 0 for the ordinary course.
        int choose(int bound, String what);

        /// Asks for the cancellation of an order.
        default void cancel(long orderId, Orders orders) {
            orders.cancel(orderId);
        }

        /// Time passes.
        default void pause(long ns) {}
    }

    private final SplittableRandom random;
    private final Whims whims;
    private final List<Long> sent = new ArrayList<>();

    SessionTrader(int seed, Whims whims) {
        random = new SplittableRandom(seed);
        this.whims = whims;
    }

    /// Whims by the choices of a scheduler, which are kept.
    record Live(
            Scheduler scheduler,
            Set<SessionTrial.Trouble> troubles,
            List<Integer> made,
            SessionAudit audit,
            int worker)
            implements Whims {
        @Override
        public int choose(int bound, String what) {
            boolean isThrow = what.equals("throw");
            boolean isOn = troubles.contains(isThrow ? STRATEGIES_THROW : STRATEGIES_STALL);
            int choice = isOn ? scheduler.choose(bound, "the strategy: " + what) : 0;
            made.add(choice);
            return choice;
        }

        @Override
        public void cancel(long orderId, Orders orders) {
            long before = audit.requests(worker);
            long refusedBefore = audit.refused(worker);
            orders.cancel(orderId);
            if (audit.requests(worker) > before) {
                audit.cancelSent(worker, orderId);
            }
            audit.cancelRefused(audit.refused(worker) - refusedBefore);
        }

        @Override
        public void pause(long ns) {
            SessionFaults.pause(scheduler, ns);
        }
    }

    /// The same choices again.
    static Whims repeated(List<Integer> made) {
        int[] next = new int[1];
        return (_, _) -> made.get(next[0]++);
    }

    @Override
    public void onQuote(Quote quote, Orders orders) {
        beWhimsical();
        if (!quote.isTwoSided()) {
            return;
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            act(quote, orders);
        }
    }

    private void act(Quote quote, Orders orders) {
        int instrument = quote.instrument();
        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        long quantity = 1 + random.nextLong(3);
        long price =
                side == Side.BUY
                        ? quote.bidPrice() - random.nextLong(-1, 2)
                        : quote.askPrice() + random.nextLong(-1, 2);
        switch (random.nextInt(7)) {
            case 0 -> orders.market(instrument, side, quantity);
            case 1, 2, 3 -> sent.add(orders.limit(instrument, side, quantity, price));
            case 4 -> whims.cancel(any(), orders);
            case 5 -> sent.add(orders.replace(any(), price, quantity));
            default -> orders.timer(orders.nowNs() + random.nextLong(3_000), 7);
        }
    }

    @Override
    public void onOrder(OrderEvent event, Orders orders) {
        beWhimsical();
        if (event.kind() == ReportKind.FILL && random.nextInt(3) == 0) {
            whims.cancel(any(), orders);
        }
    }

    @Override
    public void onTimer(long tag, Orders orders) {
        whims.cancel(any(), orders);
    }

    private long any() {
        return sent.isEmpty() ? 0 : sent.get(random.nextInt(sent.size()));
    }

    private void beWhimsical() {
        if (whims.choose(2, "throw") == 1) {
            throw new IllegalStateException("a whim");
        }
        int stall = whims.choose(3, "stall");
        if (stall > 0) {
            whims.pause(stall == 1 ? SHORT_NS : LONG_NS);
        }
    }
}
