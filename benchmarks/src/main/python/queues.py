# SPDX-License-Identifier: Apache-2.0
"""Pipelines through the queues of Python: fan-out, asyncio, stages."""
import asyncio
import queue
import sys

import sampling

WORKERS = 4
TASKS = 3


def fan_out(items):
    """One producer, four consumers, room for 200, a pill each."""
    q = queue.Queue(maxsize=200)
    sums = []

    def producer():
        for i in range(items):
            q.put((i, i & 7))
        for _ in range(WORKERS):
            q.put(None)

    def consumer():
        total = 0
        while True:
            item = q.get()
            if item is None:
                q.task_done()
                break
            total += item[0] + item[1]
            q.task_done()
        sums.append(total)

    sampling.in_threads(producer, *[consumer] * WORKERS)
    q.join()
    return sum(sums)


def with_asyncio(items):
    """The same with tasks of an event loop: one producer, three consumers."""

    async def run():
        ch = asyncio.Queue(maxsize=200)
        sums = []

        async def producer():
            for i in range(items):
                await ch.put((i, i & 7))
            for _ in range(TASKS):
                await ch.put(None)

        async def consumer():
            total = 0
            while True:
                item = await ch.get()
                if item is None:
                    ch.task_done()
                    break
                total += item[0] + item[1]
                ch.task_done()
            sums.append(total)

        tasks = [asyncio.create_task(consumer()) for _ in range(TASKS)]
        await producer()
        await ch.join()
        for task in tasks:
            await task
        return sum(sums)

    return asyncio.run(run())


def pair_sum(items):
    return sum(i + (i & 7) for i in range(items))


def _tick(i):
    return [i, 100_000 + ((i * 0x9E3779B9) >> 16 & 1023), 0]


def stages(items):
    """Feed, strategy and OMS in a thread each, room for 1,024."""
    ticks, orders = queue.Queue(maxsize=1024), queue.Queue(maxsize=1024)
    sums = []

    def feed():
        for i in range(items):
            ticks.put(_tick(i))
        ticks.put(None)

    def strategy():
        while (tick := ticks.get()) is not None:
            tick[2] = tick[1] * 31 ^ tick[0]
            if tick[2] & 7:
                orders.put(tick)
        orders.put(None)

    def oms():
        total = 0
        while (tick := orders.get()) is not None:
            total += tick[2] + tick[1]
        sums.append(total)

    sampling.in_threads(feed, strategy, oms)
    return sums[0]


def stage_sum(items):
    total = 0
    for i in range(items):
        tick = _tick(i)
        signal = tick[1] * 31 ^ tick[0]
        if signal & 7:
            total += signal + tick[1]
    return total


if __name__ == "__main__":
    WHAT = {
        "fan-out": (fan_out, pair_sum),
        "asyncio": (with_asyncio, pair_sum),
        "stages": (stages, stage_sum),
    }
    sampling.measure(*WHAT[sys.argv[1]], first=1_000)
