// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.pipeline.How;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReportTest {
    /// Quotes that are enriched by a lookup of 3.4 ms, 64 at a time.
    private static Analysis sample() {
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

    @Test
    void readsWell() throws IOException {
        assertThat(sample().toString()).isEqualTo(resource("report.txt"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ReportTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void staysWithinATerminal() {
        assertThat(sample().toString().lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void isTheSameForTheSameAccount() {
        assertThat(sample().toString()).isEqualTo(sample().toString());
        assertThat(sample().toJson()).isEqualTo(sample().toJson());
    }

    @Test
    void tellsWhetherATargetIsReached() {
        Planted run = new Planted();
        run.source("feed").items(10_000).service(1_000).time(0.02, 0, 0.98).computing(1);
        run.map("wait", How.virtual(1)).items(10_000).service(1_000_000).time(1, 0, 0);
        double rate = run.analysis().rate();
        double ceiling = run.analysis().ceiling().rate();
        assertThat(run.analysis().toString()).doesNotContain("target");
        assertThat(run.analysis(Double.POSITIVE_INFINITY)).hasToString(run.analysis().toString());
        assertThat(run.analysis().toJson()).contains("\"targetRate\":null");
        assertThat(run.analysis(rate).toString()).contains(": reached\n");
        assertThat(run.analysis(2 * rate).toString())
                .contains(": 50 % of it, and this plan cannot do it\n");
        assertThat(run.analysis(2 * ceiling).toString())
                .contains("% of it, and no plan passes the ceiling\n");
        Planted idle = new Planted();
        idle.source("feed").items(10_000).service(100).time(0.02, 0, 0).computing(1);
        assertThat(idle.analysis(2 * idle.analysis().rate()).toString())
                .contains(": 50 % of it, and this plan can do it: no more comes\n");
    }

    @Test
    void saysThatThereIsNothingToAdvise() {
        Planted run = new Planted();
        run.source("feed").items(10).service(100).time(0.02, 0.3, 0).computing(1);
        Analysis analysis = run.analysis();
        assertThat(analysis.toString()).contains("no bottleneck");
    }

    @Test
    void givesTheSameAsJson() {
        String json = sample().toJson();
        assertThat(json)
                .contains("\"ceiling\":{\"rate\":47005.57")
                .contains("\"bottleneck\":{")
                .contains("\"diagnosis\":\"BLOCKING\"")
                .contains("\"to\":\"virtual(226)\"")
                .contains("\"allocatedBytes\":null");
        assertThat(json.chars().filter(c -> c == '{').count())
                .isEqualTo(json.chars().filter(c -> c == '}').count());
    }

    @Test
    void escapesNamesInJson() {
        Planted run = new Planted();
        run.source("a \"feed\"\n\\ \u0001").items(10).service(100).time(1, 0, 0).computing(1);
        assertThat(run.analysis().toJson()).contains("a \\\"feed\\\"\\n\\\\ \\u0001");
    }

    @Test
    void survivesARunThatDidNothing() {
        Planted run = new Planted();
        run.source("feed").items(0);
        run.map("price", How.platform(2)).items(0);
        run.stage("window", "batch(64)", How.fused()).items(0);
        run.sink("out", How.platform(1)).items(0);
        Analysis analysis = run.analysis();
        assertThat(analysis.rate()).isZero();
        assertThat(analysis.changes()).isEmpty();
        assertThat(analysis.toString()).doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(analysis.toJson()).doesNotContain("NaN").doesNotContain("Infinity");
    }
}
