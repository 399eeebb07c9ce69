// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.MarketEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedTimesTest {
    private static final long START_MS = 1_723_161_255_000L;
    private static final long LATENCY_NS = 7_000_000;
    private static final long WEEK_MS = 604_800_000;

    @TempDir Path folder;

    @Test
    void leavesTimesAloneThatCanBe() {
        List<String> lines = lines(50);
        lines.set(20, line(20, 59 * 60_000, 0));
        ConversionReport report = run(lines, new Events());
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void replacesAnAbsurdReceiveTimeByAnEstimateAndNamesItsLine() {
        for (long wrongMs : new long[] {-START_MS, -WEEK_MS, WEEK_MS}) {
            List<String> lines = lines(50);
            lines.set(20, line(20, wrongMs, 0));
            Events events = new Events();
            ConversionReport report = run(lines, events);
            assertThat(events.list.get(20).receiveTime())
                    .isEqualTo((START_MS + 20) * 1_000_000 + LATENCY_NS);
            assertThat(report.findings()).hasSize(1);
            Finding finding = report.findings().getFirst();
            assertThat(finding.what()).isEqualTo(RecordedTimes.RECEIVE);
            assertThat(finding.count()).isEqualTo(1);
            assertThat(finding.first()).contains("times: line 21: ");
            assertThat(report.decoded()).isEqualTo(50);
        }
    }

    @Test
    void leavesOutAnAbsurdExchangeTime() {
        for (long wrongMs : new long[] {-START_MS, -WEEK_MS, WEEK_MS}) {
            List<String> lines = lines(50);
            lines.set(20, line(20, 0, wrongMs));
            lines.set(30, line(30, 0, wrongMs));
            Events events = new Events();
            ConversionReport report = run(lines, events);
            assertThat(events.list.get(20).exchangeTime()).isEqualTo(MarketEvent.NO_TIME);
            assertThat(events.list.get(20).receiveTime())
                    .isEqualTo((START_MS + 20) * 1_000_000 + LATENCY_NS);
            assertThat(report.findings())
                    .singleElement()
                    .extracting(Finding::what, Finding::count)
                    .containsExactly(RecordedTimes.EXCHANGE, 2L);
        }
    }

    @Test
    void findsItAtTheStartToo() {
        List<String> lines = lines(50);
        lines.set(0, line(0, -START_MS, 0));
        Events events = new Events();
        run(lines, events);
        assertThat(events.list.getFirst().receiveTime())
                .isBetween(START_MS * 1_000_000, (START_MS + 50) * 1_000_000);
    }

    @Test
    void findsAnAbsurdReceiveTimeOfAMessageWithoutAnother() {
        List<String> lines = lines(50);
        lines.add(25, "5 {\"u\":14,\"s\":\"ABC\",\"b\":\"1\",\"B\":\"1\",\"a\":\"2\",\"A\":\"3\"}");
        Events events = new Events();
        ConversionReport report = run(lines, events);
        assertThat(report.findings()).extracting(Finding::count).containsExactly(1L);
        assertThat(events.list.get(25).receiveTime()).isEqualTo(events.list.get(24).receiveTime());
    }

    @Test
    void doesNotJudgeTwoMessages() {
        List<String> lines = lines(2);
        lines.set(1, line(1, WEEK_MS, 0));
        assertThat(run(lines, new Events()).findings()).isEmpty();
    }

    @Test
    void keepsAConstantOffsetOfTheRecorder() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            lines.add(line(i, -START_MS + 1, 0));
        }
        assertThat(run(lines, new Events()).findings()).isEmpty();
    }

    private ConversionReport run(List<String> lines, Events events) {
        Path file = Samples.write(folder, "times", String.join("\n", lines));
        return Samples.open(ConversionOptions.DEFAULT, file).run(events);
    }

    private static List<String> lines(int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(line(i, 0, 0));
        }
        return lines;
    }

    private static String line(int number, long receiveErrorMs, long exchangeErrorMs) {
        long ms = START_MS + number;
        return (ms + receiveErrorMs) * 1_000_000
                + LATENCY_NS
                + " {\"e\":\"trade\",\"T\":"
                + (ms + exchangeErrorMs)
                + ",\"s\":\"ABC\",\"t\":"
                + number
                + ",\"p\":\"10.10\",\"q\":\"0.5\",\"m\":true}";
    }
}
