// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.pipeline.How;
import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Source;
import io.penstock.stage.Emitter;
import java.util.function.UnaryOperator;

/// W4 by our `Pipeline`: a source that pushes, and two stages with a strand each.
final class PipelineOpenLoop extends OpenLoop {
    private final How how;

    PipelineOpenLoop(Kind kind, long perSecond) {
        super(perSecond);
        how = kind == Kind.VIRTUAL ? How.virtual(1) : How.platform(1);
    }

    @Override
    long relay(long items) throws InterruptedException {
        long[] count = new long[1];
        PipelineRuns.run(
                Pipeline.from("sender", Source.<Stamp>emitting(out -> send(items, out)))
                        .map("pass", UnaryOperator.<Stamp>identity(), how)
                        .sink(
                                "receiver",
                                stamp -> {
                                    arrived(stamp.meantNs());
                                    count[0]++;
                                },
                                how));
        return count[0];
    }

    private void send(long items, Emitter<Stamp> out) {
        long begin = System.nanoTime();
        for (long i = 0; i < items; i++) {
            out.emit(new Stamp(awaitTime(begin, i)));
        }
    }
}
