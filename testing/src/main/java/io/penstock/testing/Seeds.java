// SPDX-License-Identifier: Apache-2.0
package io.penstock.testing;

import java.util.SplittableRandom;

/// Runs a randomised test over a fixed list of seeds, small cases first, and names the seed that
/// failed. Setting the system property `penstock.seed` runs that seed alone.
public final class Seeds {
    /// A test of one seed.
    @FunctionalInterface
    public interface Case {
        void run(SplittableRandom random, int size) throws Exception;
    }

    private Seeds() {}

    /// Runs the case with seeds 1 to `count`; `size` grows from 1 to `maxSize`.
    public static void check(int count, int maxSize, Case test) throws Exception {
        String only = System.getProperty("penstock.seed");
        if (only != null) {
            run(Long.parseLong(only), maxSize, test);
            return;
        }
        for (int seed = 1; seed <= count; seed++) {
            run(seed, 1 + (int) ((long) (maxSize - 1) * (seed - 1) / Math.max(1, count - 1)), test);
        }
    }

    private static void run(long seed, int size, Case test) throws Exception {
        try {
            test.run(new SplittableRandom(seed), size);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("failed with -Dpenstock.seed=" + seed + " size=" + size, e);
        }
    }
}
