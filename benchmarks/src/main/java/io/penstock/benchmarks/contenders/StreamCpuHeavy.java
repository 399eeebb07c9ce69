// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import java.util.stream.IntStream;

/// W6 by a parallel stream.
final class StreamCpuHeavy extends CpuHeavy {
    @Override
    long set() {
        return IntStream.range(0, JOBS).parallel().mapToLong(CpuHeavy::job).sum();
    }
}
