// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

/// W5 by coroutines: `withTimeout` around `delay`.
final class KotlinRequests extends Requests {
    KotlinRequests(Terms terms) {
        super(terms);
    }

    @Override
    long all(int requests) {
        return KotlinTimeouts.all(
                requests,
                i -> terms().timeout(i).toMillis(),
                i -> terms().work(i).toMillis(),
                TIMED_OUT);
    }
}
