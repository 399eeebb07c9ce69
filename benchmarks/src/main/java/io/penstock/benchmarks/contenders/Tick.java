// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

/// What flows through the three stages of W3: the feed makes it, the strategy signs it and drops
/// one in eight, the OMS sums it up. One strand has it at a time.
final class Tick {
    long sequence;
    int price;
    long signal;

    /// The feed's stage.
    static Tick feed(long sequence) {
        return new Tick().set(sequence);
    }

    /// The same in an object that is there already.
    Tick set(long number) {
        sequence = number;
        price = 100_000 + (int) ((number * 0x9E37_79B9_7F4A_7C15L) >>> 54);
        return this;
    }

    /// The strategy's stage.
    static Tick strategy(Tick tick) {
        tick.signal = tick.price * 31L ^ tick.sequence;
        return tick;
    }

    /// What the strategy lets pass.
    static boolean isWanted(Tick tick) {
        return (tick.signal & 7) != 0;
    }

    /// What the OMS sums up.
    long worth() {
        return signal + price;
    }

    /// What the OMS has at the end.
    static long sum(long items) {
        Tick tick = new Tick();
        long sum = 0;
        for (long i = 0; i < items; i++) {
            strategy(tick.set(i));
            sum += isWanted(tick) ? tick.worth() : 0;
        }
        return sum;
    }
}
