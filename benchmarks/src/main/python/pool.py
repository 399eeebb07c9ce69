# SPDX-License-Identifier: Apache-2.0
"""400 jobs of arithmetic by multiprocessing.Pool(4), in chunks of the given size."""
import math
import sys
from multiprocessing import Pool

import sampling

JOBS = 400


def cpu_heavy(n):
    s = 0.0
    for i in range(10_000):
        s += math.sqrt((i * n) % 97)
    return s


class Workers:
    """The pool of the chapter."""

    def __init__(self, chunk):
        self.chunk = chunk
        self.pool = None
        self.inputs = [10 + i for i in range(JOBS)]

    def open(self):
        self.pool = Pool(4)

    def close(self):
        self.pool.close()
        self.pool.join()

    def run(self, items):
        total = 0
        for _ in range(items // JOBS):
            results = self.pool.map(cpu_heavy, self.inputs, chunksize=self.chunk)
            total += sum(round(r * 1e6) for r in results)
        return total


def main():
    workers = Workers(int(sys.argv[1]))
    once = sum(round(cpu_heavy(n) * 1e6) for n in workers.inputs)
    sampling.measure(
        workers.run, lambda items: items // JOBS * once, first=JOBS, pool=workers
    )
    workers.close()


if __name__ == "__main__":
    main()
