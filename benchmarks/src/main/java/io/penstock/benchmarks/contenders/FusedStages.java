// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.benchmarks.rivals.Contender;

/// W3 on one strand: how a library runs the functions of a [StageSet].
abstract class FusedStages implements Contender {
    private static final int TIMES = 3;

    /// Runs a pipeline from its feed to its end; written the way the library's users write it.
    abstract <T> long through(StageSet<T> stages, long items) throws Exception;

    @Override
    public final long run(long items) throws Exception {
        return through(StageSet.TICKS, items);
    }

    @Override
    public final long expected(long items) {
        return Tick.sum(items);
    }

    @Override
    public final void pollute() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            for (StageSet<?> other : OtherStages.ALL) {
                through(other, OtherStages.ITEMS);
            }
        }
    }
}
