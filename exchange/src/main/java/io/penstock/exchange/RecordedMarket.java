// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.BookBuilder;
import io.penstock.market.BookChange;
import io.penstock.market.EventKind;
import io.penstock.market.MarketEvent;
import io.penstock.market.OrderBook;
import io.penstock.market.Side;
import io.penstock.market.TradingStatus;
import io.penstock.strategy.Reason;
import java.lang.foreign.MemorySegment;

/// The market of one instrument as it was recorded, without us: book, quotes, last trade, status,
/// and which of them orders are filled from. Confined to one thread.
final class RecordedMarket {
    private static final byte QUOTE = EventKind.QUOTE.code();
    private static final byte TRADE = EventKind.TRADE.code();
    private static final byte STATUS = EventKind.STATUS.code();
    private static final byte ORDER_EXECUTE = EventKind.ORDER_EXECUTE.code();
    private static final byte REFERENCE = EventKind.REFERENCE.code();
    private static final byte TIMER = EventKind.TIMER.code();

    private final BookBuilder book;
    private final QuoteBook quotes;
    private final int visibleDepth;
    private LiquiditySource source = LiquiditySource.NONE;
    private boolean hasBookEvents;
    private boolean isQuoteLast;
    private boolean isTrading = true;
    private long lastTrade = MarketEvent.NO_PRICE;
    private long gaps;

    /// @param visibleDepth levels a side that the recording shows, 0 when it shows all
    RecordedMarket(BookBuilder book, QuoteBook quotes, int visibleDepth) {
        this.book = book;
        this.quotes = quotes;
        this.visibleDepth = visibleDepth == 0 ? Integer.MAX_VALUE : visibleDepth;
    }

    void apply(MemorySegment segment, long offset) {
        byte kind = MarketEvent.kindCode(segment, offset);
        if (kind == QUOTE) {
            quotes.apply(segment, offset);
            isQuoteLast = true;
        } else if (kind == TRADE) {
            lastTrade = MarketEvent.payload0(segment, offset);
        } else if (kind == STATUS) {
            TradingStatus status = TradingStatus.of(MarketEvent.payload0(segment, offset));
            isTrading = status == TradingStatus.TRADING;
        } else if (kind != REFERENCE && kind != TIMER) {
            hasBookEvents = true;
            isQuoteLast = false;
            if (book.apply(segment, offset) == BookChange.GAP) {
                gaps++;
            }
            if (kind == ORDER_EXECUTE) {
                lastTrade = MarketEvent.payload1(segment, offset);
            }
        }
    }

    /// To be called where a packet is complete.
    ///
    /// @return true when another source fills orders from here on
    boolean settle() {
        if (source == LiquiditySource.BOOK) {
            return false;
        }
        if (hasBookEvents && !book.isStale()) {
            source = LiquiditySource.BOOK;
            return true;
        }
        if (source == LiquiditySource.NONE && hasQuote()) {
            source = LiquiditySource.QUOTES;
            return true;
        }
        return false;
    }

    LiquiditySource source() {
        return source;
    }

    BookBuilder book() {
        return book;
    }

    QuoteBook quotes() {
        return quotes;
    }

    /// What orders are filled from.
    OrderBook shown() {
        return source == LiquiditySource.BOOK ? book : quotes;
    }

    /// What can be taken at a price of the book. A recording often has quotes more often than
    /// books: while the last quote is newer than the book, nothing is left at prices better than
    /// the quote's, and at its price no more than it says.
    ///
    /// @param quantity lots that the source shows at the price
    long takeable(Side side, long price, long quantity) {
        if (source != LiquiditySource.BOOK || !isQuoteNewer()) {
            return quantity;
        }
        long quoted = quotes.bestPrice(side);
        if (quoted == MarketEvent.NO_PRICE || side.isBetter(price, quoted)) {
            return 0;
        }
        return price == quoted && quotes.hasSizes()
                ? Math.min(quantity, quotes.bestQuantity(side))
                : quantity;
    }

    private boolean isQuoteNewer() {
        long quoteSequence = quotes.sequence();
        long bookSequence = book.sequence();
        boolean hasSequences =
                quoteSequence != MarketEvent.NO_SEQUENCE && bookSequence != MarketEvent.NO_SEQUENCE;
        return hasSequences ? quoteSequence > bookSequence : isQuoteLast;
    }

    /// Levels a side that count.
    int depth() {
        return source == LiquiditySource.BOOK ? visibleDepth : 1;
    }

    /// True when nobody can tell what is recorded at a price, because it is behind the levels that
    /// the recording shows.
    boolean isBeyondView(Side side, long price) {
        OrderBook shown = shown();
        int depth = depth();
        return source == LiquiditySource.NONE
                || (shown.levels(side) >= depth
                        && side.isBetter(shown.price(side, depth - 1), price));
    }

    /// Price of the last trade, or [MarketEvent#NO_PRICE].
    long lastTrade() {
        return lastTrade;
    }

    /// How often events were missing, so that the book was stale until the next snapshot.
    long gaps() {
        return gaps;
    }

    /// True when orders can be filled.
    boolean isLive() {
        return refusal() == Reason.NONE;
    }

    /// Why no order can be filled, or [Reason#NONE].
    Reason refusal() {
        if (!isTrading) {
            return Reason.NOT_TRADING;
        }
        boolean isStale =
                switch (source) {
                    case BOOK -> book.isStale();
                    case QUOTES -> false;
                    case NONE -> hasBookEvents;
                };
        return isStale ? Reason.STALE_BOOK : Reason.NONE;
    }

    private boolean hasQuote() {
        return quotes.levels(Side.BUY) + quotes.levels(Side.SELL) > 0;
    }
}
