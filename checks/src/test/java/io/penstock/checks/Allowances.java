// SPDX-License-Identifier: Apache-2.0
package io.penstock.checks;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/// All exceptions from the rules. One that is not needed any more fails the test of its rule.
final class Allowances {
    /// @param subject a class by its full name, a file by its path, or `path#method`
    record Allowance(Rule rule, String subject, String reason) {}

    private static final List<Allowance> ALL =
            List.of(
                    new Allowance(
                            Rule.MONEY,
                            "io.penstock.exchange.AgentMarket",
                            "what an agent believes is no money"),
                    new Allowance(
                            Rule.MONEY,
                            "io.penstock.exchange.FundamentalValue",
                            "what an agent believes is no money"),
                    new Allowance(
                            Rule.MONEY,
                            "io.penstock.exchange.MarketMaker",
                            "what an agent believes is no money"),
                    new Allowance(
                            Rule.MONEY,
                            "io.penstock.exchange.TrendTrader",
                            "what an agent believes is no money"),
                    new Allowance(
                            Rule.RANDOMNESS,
                            "io.penstock.stage.LinkClasses",
                            "the hash of a key; nothing goes by its order"),
                    new Allowance(
                            Rule.REFLECTION,
                            "io.penstock.stage.LinkClasses",
                            "hidden clones have no name to call them by (ADR 0009)"),
                    new Allowance(
                            Rule.SLEEP,
                            "benchmarks/src/main/java/io/penstock/benchmarks/contenders/"
                                    + "BlockingWork.java",
                            "stands for a call that blocks"),
                    new Allowance(
                            Rule.LIBRARIES,
                            "io.penstock.channel.PlatformUsage",
                            "only the JDK's own bean counts the bytes of a thread"),
                    new Allowance(
                            Rule.LIBRARIES,
                            "io.penstock.engine.AllocationCounter",
                            "only the JDK's own bean counts the bytes of a thread"),
                    new Allowance(
                            Rule.SCHEDULER, "io.penstock.channel.RealScheduler", "the door itself"),
                    new Allowance(
                            Rule.SCHEDULER,
                            "io.penstock.simulation.SimulatedStrand",
                            "hands the turn from thread to thread"),
                    new Allowance(
                            Rule.SCHEDULER,
                            "io.penstock.simulation.SimulatedScheduler",
                            "names the thread that calls and is no strand of it"),
                    new Allowance(
                            Rule.SCHEDULER,
                            "io.penstock.simulation.Watchdog",
                            "a strand that never gives its turn back is seen from outside only"),
                    new Allowance(
                            Rule.THREADS,
                            "io.penstock.app.BacktestSession",
                            "a shutdown hook is a thread by the JDK's rules"),
                    new Allowance(
                            Rule.PARAMETERS,
                            "exchange/src/main/java/io/penstock/exchange/MarketFeed.java#put",
                            "fields of an event side by side"),
                    new Allowance(
                            Rule.PARAMETERS,
                            "exchange/src/test/java/io/penstock/exchange/RecordedEvents.java#add",
                            "fields of an event side by side"),
                    new Allowance(
                            Rule.PARAMETERS,
                            "formats/src/main/java/io/penstock/formats/PacketBuffer.java#add",
                            "fields of an event side by side"),
                    new Allowance(
                            Rule.PARAMETERS,
                            "market/src/test/java/io/penstock/market/Events.java#add",
                            "fields of an event side by side"),
                    new Allowance(
                            Rule.PARAMETERS,
                            "trading/src/test/java/io/penstock/trading/OmsTest.java#told",
                            "fields of a report side by side"));

    private Allowances() {}

    /// Fails with the findings that no allowance covers and the allowances that cover nothing.
    static void check(Rule rule, List<Finding> findings) {
        check(rule, findings, ALL);
    }

    static void check(Rule rule, List<Finding> findings, List<Allowance> all) {
        List<Allowance> allowed = all.stream().filter(a -> a.rule() == rule).toList();
        List<String> failures = new ArrayList<>();
        for (Finding finding : findings) {
            if (allowed.stream().noneMatch(a -> a.subject().equals(finding.subject()))) {
                failures.add(finding.toString());
            }
        }
        for (Allowance allowance : allowed) {
            if (findings.stream().noneMatch(f -> f.subject().equals(allowance.subject()))) {
                failures.add("Allowances.java: no longer needed: " + allowance);
            }
        }
        if (!failures.isEmpty()) {
            throw new AssertionError(
                    failures.stream()
                            .distinct()
                            .collect(joining("\n", rule + ": " + rule.reason() + "\n", "\n")));
        }
    }
}
