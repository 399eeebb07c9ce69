// SPDX-License-Identifier: Apache-2.0

import io.penstock.pipeline.Ended;
import io.penstock.pipeline.How;
import io.penstock.pipeline.Pipeline;
import io.penstock.pipeline.Run;
import io.penstock.pipeline.Source;
import java.util.concurrent.atomic.LongAdder;

/// Sums the squares of odd numbers, which two threads compute.
public final class FirstPipeline {
    private FirstPipeline() {}

    public static void main(String[] args) throws InterruptedException {
        LongAdder sum = new LongAdder();
        Pipeline pipeline =
                Pipeline.from("numbers", Source.<Long>range(0, 1_000, number -> number))
                        .filter("odd", number -> number % 2 == 1)
                        .map("square", number -> number * number, How.platform(2))
                        .sink("sum", sum::add);
        try (Run run = pipeline.start()) {
            Ended ended = run.await();
            System.out.println(
                    switch (ended) {
                        case Ended.Done _ -> "sum " + sum;
                        case Ended.Failed failed -> failed.stage() + ": " + failed.cause();
                        case Ended.Cancelled _ -> "cancelled";
                        case Ended.Stuck stuck -> "stuck: " + stuck.where();
                    });
        }
    }
}
