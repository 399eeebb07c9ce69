// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// How long a cache line takes from one processor to another: two threads answer each other through
/// one word. It changes when the host moves virtual processors, and with it every hand-off.
final class PingPong implements Runnable {
    private static final int ROUNDS = 20_000;
    private static final int WORD = 16; // in the middle of two cache lines of its own
    private static final VarHandle WORDS =
            MethodHandles.arrayElementVarHandle(long[].class).withInvokeExactBehavior();

    private final long[] words = new long[2 * WORD];

    private PingPong() {}

    /// Nanoseconds one way, on average over 20,000 rounds.
    static double measure() throws InterruptedException {
        PingPong game = new PingPong();
        Thread other = Thread.ofPlatform().daemon().start(game);
        long begin = System.nanoTime();
        for (long i = 1; i < 2L * ROUNDS; i += 2) {
            WORDS.setRelease(game.words, WORD, i);
            game.await(i + 1);
        }
        long elapsed = System.nanoTime() - begin;
        other.join();
        return (double) elapsed / (2L * ROUNDS);
    }

    @Override
    public void run() {
        for (long i = 1; i < 2L * ROUNDS; i += 2) {
            await(i);
            WORDS.setRelease(words, WORD, i + 1);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck")
    private void await(long wanted) {
        // The other may not be running at all: after some spinning it gets the processor.
        for (int spins = 0; (long) WORDS.getAcquire(words, WORD) != wanted; spins++) {
            if (spins > 10_000) {
                Thread.yield();
            }
        }
    }
}
