// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders

import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors
import java.util.function.LongFunction
import java.util.function.ToLongFunction
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking

/** A channel between two coroutines, on the default dispatcher or on virtual threads. */
class KotlinChannel(capacity: Int, isVirtual: Boolean) {
    private val channel = Channel<Any>(capacity)
    private val threads: ExecutorService? =
        if (isVirtual) Executors.newVirtualThreadPerTaskExecutor() else null
    private val dispatcher: CoroutineDispatcher =
        threads?.asCoroutineDispatcher() ?: Dispatchers.Default

    /** Hands items over and sums up what they are worth. */
    @Suppress("UNCHECKED_CAST")
    fun <T : Any> handOff(items: Long, make: LongFunction<T>, worth: ToLongFunction<T>): Long =
        runBlocking(dispatcher) {
            val through = channel as Channel<T>
            launch {
                for (i in 0 until items) {
                    through.send(make.apply(i))
                }
            }
            async {
                    var sum = 0L
                    for (i in 0 until items) {
                        sum += worth.applyAsLong(through.receive())
                    }
                    sum
                }
                .await()
        }

    fun close() {
        threads?.shutdownNow()
    }
}
