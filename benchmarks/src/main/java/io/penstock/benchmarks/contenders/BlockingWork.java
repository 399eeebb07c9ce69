// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import java.time.Duration;

/// Stands for a call that blocks its thread.
final class BlockingWork {
    private BlockingWork() {}

    /// Blocks this long and answers with the number of the request.
    static int answer(int request, Duration work) throws InterruptedException {
        Thread.sleep(work);
        return request;
    }
}
