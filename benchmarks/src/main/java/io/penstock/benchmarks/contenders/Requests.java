// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.benchmarks.rivals.Contender;
import java.time.Duration;

/// W5: requests that all run at the same time, each with a deadline that is armed before its work
/// starts. An answering request takes `work`; a hanging one never answers and its deadline is
/// short, so that both take about as long.
abstract class Requests implements Contender {
    /// What the requests are like. Immutable.
    ///
    /// @param work how long one takes that answers
    /// @param timeout from the start of one that answers to its deadline
    /// @param hangingEvery one in so many hangs; 0 for none
    record Terms(Duration work, Duration timeout, int hangingEvery) {
        private static final Duration HANGING_TIMEOUT = Duration.ofMillis(10);

        /// All of 10 ms.
        static final Terms ANSWERING = new Terms(Duration.ofMillis(10), Duration.ofSeconds(5), 0);

        /// Long ones, to look at while they pend.
        static final Terms PENDING = new Terms(Duration.ofSeconds(4), Duration.ofSeconds(60), 0);

        /// The same as `ANSWERING`, but one in so many hangs.
        static Terms hanging(int every) {
            return new Terms(ANSWERING.work, ANSWERING.timeout, every);
        }

        boolean isHanging(int request) {
            return hangingEvery > 0 && request % hangingEvery == 0;
        }

        Duration timeout(int request) {
            return isHanging(request) ? HANGING_TIMEOUT : timeout;
        }

        /// How long its work lasts if nobody ends it.
        Duration work(int request) {
            return isHanging(request) ? Duration.ofMinutes(1) : work;
        }
    }

    /// What a request that hit its deadline counts in the checksum.
    static final long TIMED_OUT = 1_000_000_007L;

    private final Terms terms;

    Requests(Terms terms) {
        this.terms = terms;
    }

    final Terms terms() {
        return terms;
    }

    /// Sums up the numbers of the requests that answered and [#TIMED_OUT] for each other
    abstract long all(int requests) throws Exception;

    @Override
    public final long run(long items) throws Exception {
        return all(Math.toIntExact(items));
    }

    @Override
    public final long expected(long items) {
        long sum = 0;
        for (int i = 0; i < items; i++) {
            sum += terms.isHanging(i) ? TIMED_OUT : i;
        }
        return sum;
    }
}
