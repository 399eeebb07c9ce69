// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

/// What is wrong with a stage, or with what it is given.
public enum Diagnosis {
    /// It computes, and has fewer workers than there are cores left.
    COMPUTING("computes on too few cores"),
    /// Every core computes: no plan makes it faster, only less work or more cores do.
    MACHINE_FULL("the cores are all in use"),
    /// It waits for something outside, and too few items wait at a time.
    BLOCKING("waits for something outside, too few at a time"),
    /// One strand does it, and that is the limit; it cannot have workers.
    SERIAL("one strand is the limit"),
    /// The end of the line is slower than what comes.
    SLOW_SINK("the sink is slower than what comes"),
    /// One key has more items than its worker can serve.
    SKEWED_KEY("one key has most of the items"),
    /// The rate that was asked for is reached.
    RATE_LIMIT("the rate limit is reached"),
    /// All that there is of a resource is in use.
    RESOURCE("a resource allows no more at a time"),
    /// Its workers wait for each other's locks.
    LOCK("its workers wait for a lock"),
    /// Batches so small that what they save is lost.
    TINY_BATCHES("batches are tiny"),
    /// Everybody waits for the source.
    SLOW_SOURCE("the source gives no more"),
    /// More busy threads than cores: they wait for each other in the run queue.
    RUN_QUEUE("more busy threads than cores"),
    /// It is ready to run, and something beside the run has the cores.
    FOREIGN_LOAD("waits for a core that others have"),
    /// The collector of garbage takes the time.
    ALLOCATION("allocates too much"),
    /// A call that waits holds up everybody on the loop.
    BLOCKED_LOOP("waits inside an event loop"),
    /// Less room inside than its workers need.
    SMALL_WINDOW("its window is too small for its workers"),
    /// A slow item holds up those behind it that are finished.
    HEAD_OF_LINE("slow items hold up finished ones"),
    /// Bursts fill the queue, and then it runs dry.
    SMALL_QUEUE("the queue is too small for the bursts"),
    /// A wake-up for each item.
    UNBATCHED("hands on item by item"),
    /// The hand-off costs more than the work.
    TINY_STAGE("the work is smaller than the hand-off"),
    /// Most of the work is done again.
    RETRIES("attempts are repeated"),
    /// Work that ends in nothing.
    TIMEOUTS("deadlines throw work away"),
    /// Items that fail.
    FAILURES("items fail"),
    /// One branch holds up the others.
    SLOW_BRANCH("one branch holds up the others"),
    /// Work for a core on threads that are meant to wait.
    VIRTUAL_COMPUTING("computes on virtual threads"),
    /// Threads of the operating system that only wait.
    PLATFORM_WAITING("waits on platform threads"),
    /// Measured with different numbers of workers: another number is faster.
    OFF_PEAK("another number of workers is faster");

    private final String words;

    Diagnosis(String words) {
        this.words = words;
    }

    /// In words, as in reports.
    @Override
    public String toString() {
        return words;
    }
}
