// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The matrix of the conformance suite as a document.
final class ConformanceDocument {
    private ConformanceDocument() {}

    static String text() {
        StringBuilder out = new StringBuilder(8_000);
        out.append(
                """
                # What all execution models promise alike

                Written by `ConformanceTest`; do not edit. Each entry is a small pipeline in which
                one thing goes wrong. It runs under the seeded scheduler of `simulation`: %,d
                interleavings of each entry in every build (%,d that switch where a strand waits,
                %,d that may switch at every operation), and %,d with `-Pnightly`, where every
                operator is tried behind every model as well (`-Dpenstock.schedules=N` tries another
                number).

                What must be true at the end depends on the trouble, not on the model: nothing is
                lost or doubled but by a policy, order is kept where it is promised, nothing passes
                a failed item in an ordered stage, the first failure is the one that is told, and no
                strand is left. And in every run, however it ended:

                - every edge balances (`sent = received + dropped + left`) and nothing is left in
                  it;
                - every stage that gives one result for each item balances (`in = out + failed +
                  undelivered`);
                - what edges have dropped and stages have not delivered is what the listener of
                  undelivered items was told, item by item;
                - what the sources gave is what came to its end, failed, or was told to be lost;
                - there was never more inside than the plan says (`worstCaseItems`).

                """
                        .formatted(
                                ConformanceTest.AT_WAITS + ConformanceTest.AT_EVERY_OPERATION,
                                ConformanceTest.AT_WAITS,
                                ConformanceTest.AT_EVERY_OPERATION,
                                ConformanceTest.NIGHTLY_SCHEDULES));
        troubles(out);
        operators(out);
        pairs(out);
        return out.toString();
    }

    private static void troubles(StringBuilder out) {
        out.append("## What goes wrong\n\n| trouble | meaning | the end |\n| --- | --- | --- |\n");
        for (Trouble trouble : Trouble.values()) {
            out.append("| ")
                    .append(words(trouble))
                    .append(" | ")
                    .append(trouble.meaning())
                    .append(" | ")
                    .append(trouble.end())
                    .append(" |\n");
        }
    }

    private static void operators(StringBuilder out) {
        out.append("\n## Operators on models: troubles tried\n\n| operator |");
        header(out);
        for (Operation operation : Operation.values()) {
            out.append("| ").append(words(operation)).append(" |");
            for (Model model : Model.values()) {
                out.append(' ')
                        .append(operation.canRunAs(model) ? Trouble.values().length : "refused")
                        .append(" |");
            }
            out.append('\n');
        }
        out.append(
                "\nRefused: an operator that cannot work on several items at a time says so when"
                        + " the pipeline is built.\n");
    }

    private static void pairs(StringBuilder out) {
        out.append("\n## Ordered pairs of models: troubles tried\n\n| first, then |");
        header(out);
        for (Model before : Model.values()) {
            out.append("| ").append(words(before)).append(" |");
            out.append(
                    Arrays.stream(Model.values())
                            .map(_ -> " " + Trouble.values().length + " |")
                            .collect(Collectors.joining()));
            out.append('\n');
        }
        long entries =
                ConformanceEntry.ofOperators().size() + (long) ConformanceEntry.ofPairs().size();
        out.append("\nEntries in every build: ")
                .append(entries)
                .append(". With `-Pnightly` the other operators behind each model too: ")
                .append(entries + ConformanceEntry.ofOperatorsOnPairs().size())
                .append(".\n");
    }

    private static void header(StringBuilder out) {
        for (Model model : Model.values()) {
            out.append(' ').append(words(model)).append(" |");
        }
        out.append("\n| --- |");
        out.append(Stream.of(Model.values()).map(_ -> " --- |").collect(Collectors.joining()));
        out.append('\n');
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
