// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.engine.Decoding;
import io.penstock.formats.ConversionReport;
import io.penstock.market.Instrument;
import io.penstock.market.MarketEvent;
import io.penstock.market.StreamInfo;
import io.penstock.market.TapeInfo;
import io.penstock.market.TimeSpan;
import io.penstock.report.NumberText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What is said of tapes, line by line.
final class TapeText {
    private TapeText() {}

    /// What a conversion did.
    static List<String> conversion(Decoding.Outcome outcome, Path target) {
        List<String> lines = new ArrayList<>();
        lines.add("wrote " + target + ": " + NumberText.count(outcome.tape().count()) + " events");
        ConversionReport report = outcome.report();
        if (report != null) {
            lines.add(
                    "records "
                            + NumberText.count(report.lines())
                            + " = "
                            + NumberText.count(report.decoded())
                            + " decoded + "
                            + NumberText.count(
                                    report.skipped().values().stream().mapToLong(n -> n).sum())
                            + " passed over + "
                            + NumberText.count(report.badRecords())
                            + " bad");
            report.skipped()
                    .forEach((type, count) -> lines.add("  passed over: " + type + " " + count));
            if (report.cutShort() != null) {
                lines.add("  PARTIAL: " + report.cutShort());
            }
            report.firstBadRecords().forEach(bad -> lines.add("  bad: " + bad));
            report.findings().forEach(finding -> lines.add("  " + finding));
        }
        lines.addAll(info(outcome.tape()));
        return lines;
    }

    /// What a tape says about itself.
    static List<String> info(TapeInfo info) {
        List<String> lines = new ArrayList<>();
        info.sources().forEach(source -> lines.add("source         " + source));
        for (Instrument instrument : info.instruments()) {
            lines.add(
                    "instrument     "
                            + instrument.symbol()
                            + ": tick "
                            + NumberText.exact(instrument.priceOf(instrument.tick()))
                            + ", lot "
                            + NumberText.exact(instrument.lot())
                            + (instrument.origin() == Instrument.Origin.DETECTED
                                    ? " (the finest steps seen in the data)"
                                    : " (given)"));
        }
        lines.add("events         " + NumberText.count(info.count()));
        info.counts()
                .forEach(
                        (kind, count) ->
                                lines.add(
                                        "  %-12s %s"
                                                .formatted(
                                                        NumberText.words(kind),
                                                        NumberText.count(count))));
        lines.add("exchange time  " + span(info.exchangeTimes()));
        lines.add("receive time   " + span(info.receiveTimes()));
        lines.add("clock offset   " + info.clockOffsetNs() / 1_000_000.0 + " ms");
        lines.add("visible depth  " + (info.visibleDepth() == 0 ? "all" : info.visibleDepth()));
        lines.add("reference rows " + (info.keptReference() ? "kept" : "not kept"));
        for (StreamInfo stream : info.streams()) {
            lines.add(
                    "stream         "
                            + info.instruments().get(stream.instrument()).symbol()
                            + " "
                            + stream.name()
                            + ": "
                            + NumberText.count(stream.count())
                            + " events, time back: exchange "
                            + stream.exchangeTimeBack()
                            + ", receive "
                            + stream.receiveTimeBack());
        }
        return lines;
    }

    private static String span(TimeSpan span) {
        return span.first() == MarketEvent.NO_TIME
                ? "none"
                : NumberText.period(span.first(), span.last());
    }
}
