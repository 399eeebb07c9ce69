# SPDX-License-Identifier: Apache-2.0
"""Takes timed samples of a program and prints each as a line of JSON, as the Java side does."""
import json
import os
import sys
import threading
import time


def _machine():
    """When, how long all processors were busy, how long stolen, how long this process ran."""
    times = os.times()
    own = times.user + times.system + times.children_user + times.children_system
    busy, steal = float("nan"), float("nan")
    try:
        with open("/proc/stat", encoding="ascii") as stat:
            fields = stat.readline().split()
        busy = sum(int(fields[i]) for i in (1, 2, 3, 6, 7)) / 100
        steal = int(fields[8]) / 100
    except OSError:
        pass
    return time.perf_counter(), busy, steal, own


def _number(value):
    return None if value != value else value


def measure(run, expected, first, metric="rate", fixed=False, pool=None):
    """Warms up and samples `run(items)`, whose result must be `expected(items)`.

    The last argument of the program is warm-up ms, sample ms and the number of samples.
    `pool` has `open` and `close` for child processes: their processor time counts only once they
    have ended, so they are fresh in each sample.
    """
    warm_up, length, samples = (int(part) for part in sys.argv[-1].split(":"))
    if pool is not None:
        pool.open()
    items = first
    begin = time.perf_counter()
    while True:
        start = time.perf_counter()
        _check(run(items), expected(items))
        took = max(1e-9, time.perf_counter() - start)
        if time.perf_counter() - begin >= warm_up / 1e3:
            break
        if not fixed and took < 0.15:
            items *= 2
    if not fixed:
        items = max(first, int(items / took * length / 1e3) // first * first)
    for _ in range(samples):
        if pool is not None:
            pool.close()
        before = _machine()
        if pool is not None:
            pool.open()
        start = time.perf_counter()
        passes = 0
        while passes == 0 or metric == "wall" and time.perf_counter() - start < length / 1e3:
            _check(run(items), expected(items))
            passes += 1
        elapsed = time.perf_counter() - start
        if pool is not None:
            pool.close()
        now = _machine()
        wall = now[0] - before[0]
        foreign = (now[1] - before[1] - now[3] + before[3]) / wall
        value = items * passes / elapsed if metric == "rate" else elapsed * 1e3 / passes
        print(
            json.dumps(
                {
                    "value": value,
                    "foreignCores": _number(max(foreign, 0.0)),
                    "stealCores": _number((now[2] - before[2]) / wall),
                    "cores": (now[3] - before[3]) / wall,
                }
            ),
            flush=True,
        )


def _check(result, expected):
    if result != expected:
        raise RuntimeError(f"every item is computed once: result={result} expected={expected}")


def in_threads(*bodies):
    """Runs functions at the same time."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
