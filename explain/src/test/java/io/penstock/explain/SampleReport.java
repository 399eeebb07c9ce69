// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.pipeline.How;

final class SampleReport {
    static Analysis sample() {
        Planted run = new Planted();
        run.source("feed").items(189_000).service(300).time(0.01, 0, 0.99).computing(1);
        run.map("clean", How.fused()).items(189_000).service(400);
        run.map("enrich", How.virtual(64))
                .items(189_000)
                .service(3_380_000)
                .time(0.99, 0, 0.01)
                .computing(0.006)
                .queue(1_024, 1_024, 1_024)
                .waits(40_000, 2);
        run.map("signal", How.platform(2))
                .items(189_000)
                .service(21_000)
                .time(0.2, 0.8, 0)
                .computing(0.96)
                .queue(1_024, 2, 9)
                .waits(0, 60_000);
        run.sink("oms", How.fused()).items(189_000).service(900).time(0.03, 0.97, 0).computing(1);
        return run.analysis();
    }

    public static void main(String[] a) {
        System.out.println(sample());
        System.out.println(sample().toJson());
    }
}
