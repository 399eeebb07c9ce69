// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import java.util.SplittableRandom;

/// The chance of one agent. Nothing in it depends on the machine: only whole numbers, products and
/// strict functions.
final class AgentRandom {
    private final SplittableRandom random;

    AgentRandom(SplittableRandom random) {
        this.random = random;
    }

    /// A whole number from 0 to `bound` - 1.
    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    boolean coin() {
        return random.nextBoolean();
    }

    /// About normal with mean 0 and deviation 1: the sum of twelve uniform numbers, never beyond 6.
    double normal() {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return sum;
    }

    /// Time to the next of events that come at random, at least 1 microsecond.
    long waitNs(double meanNs) {
        return 1_000 + (long) (-StrictMath.log(1 - random.nextDouble()) * meanNs);
    }

    /// A whole number from 0, each one half as likely as the one before, at most `max`.
    int halving(int max) {
        return Math.min(max, Integer.numberOfTrailingZeros(random.nextInt() | (1 << 30)));
    }
}
