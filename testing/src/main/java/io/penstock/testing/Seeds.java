// SPDX-License-Identifier: Apache-2.0
package io.penstock.testing;

import java.util.SplittableRandom;

/// Runs a randomised test over a fixed list of seeds, small cases first, and names the seed that
/// failed. Setting the system property `penstock.seed` runs that seed alone, at the size that it
/// has in the list, or at `penstock.size`: a failure names both, so that it comes again also where
/// the list is of another length.
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
            long seed = Long.parseLong(only);
            run(seed, Integer.getInteger("penstock.size", sizeOf(seed, count, maxSize)), test);
            return;
        }
        for (int seed = 1; seed <= count; seed++) {
            run(seed, sizeOf(seed, count, maxSize), test);
        }
    }

    /// Seeds that are not of the list have the nearest size.
    private static int sizeOf(long seed, int count, int maxSize) {
        long place = Math.clamp(seed, 1L, count) - 1L;
        return 1 + (int) ((maxSize - 1) * place / Math.max(1, count - 1));
    }

    private static void run(long seed, int size, Case test) throws Exception {
        try {
            test.run(new SplittableRandom(seed), size);
        } catch (Throwable e) { // whatever it is, the seed must not be lost
            throw new AssertionError(
                    "failed with -Dpenstock.seed=" + seed + " -Dpenstock.size=" + size, e);
        }
    }
}
