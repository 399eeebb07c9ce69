// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

/// One row of a LOBSTER message file, read into fields that are used again. Confined to one strand.
final class LobsterMessage {
    static final int ADD = 1;
    static final int REDUCE = 2;
    static final int DELETE = 3;
    static final int EXECUTE = 4;
    static final int EXECUTE_HIDDEN = 5;
    static final int CROSS = 6;
    static final int HALT = 7;

    private static final long SECONDS_OF_DAY = 86_400;

    private final CsvNumbers numbers = new CsvNumbers();
    long timeNs;
    int type;
    long orderId;
    long size;
    long price;
    int direction;

    /// Reads the row at which the reader stands.
    ///
    /// @throws io.penstock.market.DataException when it is no such row
    void read(LineReader line) {
        numbers.begin(line);
        timeNs = numbers.nextSeconds("time", SECONDS_OF_DAY);
        long newType = numbers.next("type");
        orderId = numbers.next("order id");
        size = numbers.next("size");
        price = numbers.next("price");
        long newDirection = numbers.next("direction");
        numbers.end();
        if (newType < ADD || newType > HALT) {
            throw line.error("an unknown event type: type=" + newType, "The types are 1 to 7");
        }
        type = (int) newType;
        check(newDirection, line);
        direction = (int) newDirection;
    }

    private void check(long newDirection, Place place) {
        if (type == HALT) {
            if (price < -1 || price > 1) {
                throw place.error(
                        "a halt with an unknown state: price=" + price,
                        "The states are -1, 0 and 1");
            }
            return;
        }
        if (newDirection != 1 && newDirection != -1) {
            throw place.error("a direction is 1 or -1: direction=" + newDirection, "");
        }
        if (size <= 0) {
            throw place.error("a size is positive: size=" + size, "");
        }
    }

    /// Turns price and size into price units and lots.
    ///
    /// @throws io.penstock.market.DataException when one does not convert exactly
    void convert(LobsterUnits units, Place place) {
        if (type != HALT) {
            price = units.price(price, place);
            size = units.lots(size, place);
        }
    }

    /// True when it changes the visible book.
    boolean changesBook() {
        return type <= EXECUTE;
    }
}
