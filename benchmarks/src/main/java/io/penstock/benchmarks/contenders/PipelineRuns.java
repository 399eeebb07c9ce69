// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.pipeline.Ended;
import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Run;

/// Runs our pipelines to their end.
final class PipelineRuns {
    private PipelineRuns() {}

    /// Runs it, and insists that it is done.
    static void run(Pipeline pipeline) throws InterruptedException {
        try (Run run = pipeline.start()) {
            Ended ended = run.await();
            if (!(ended instanceof Ended.Done)) {
                throw new IllegalStateException("the run must be done: ended=" + ended);
            }
        }
    }
}
