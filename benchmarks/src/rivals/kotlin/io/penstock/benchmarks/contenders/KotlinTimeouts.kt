// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders

import java.util.function.IntToLongFunction
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout

/** Concurrent requests with a deadline each. */
object KotlinTimeouts {
    /** The numbers of those that answered, and [timedOut] for each other, summed up. */
    @JvmStatic
    fun all(
        requests: Int,
        timeoutMs: IntToLongFunction,
        workMs: IntToLongFunction,
        timedOut: Long,
    ): Long =
        runBlocking(Dispatchers.Default) {
            List(requests) { i ->
                    async {
                        try {
                            withTimeout(timeoutMs.applyAsLong(i)) {
                                delay(workMs.applyAsLong(i))
                                i.toLong()
                            }
                        } catch (_: TimeoutCancellationException) {
                            timedOut
                        }
                    }
                }
                .sumOf { it.await() }
        }
}
