# SPDX-License-Identifier: Apache-2.0
"""Concurrent requests of 10 ms, each with a deadline of its own: asyncio.wait_for."""
import asyncio
import sys

import sampling


async def _answer(request):
    await asyncio.sleep(0.010)
    return request


async def _all(requests):
    return sum(
        await asyncio.gather(*[asyncio.wait_for(_answer(i), timeout=5.0) for i in range(requests)])
    )


if __name__ == "__main__":
    sampling.measure(
        lambda requests: asyncio.run(_all(requests)),
        lambda requests: sum(range(requests)),
        first=int(sys.argv[1]),
        metric="wall",
        fixed=True,
    )
