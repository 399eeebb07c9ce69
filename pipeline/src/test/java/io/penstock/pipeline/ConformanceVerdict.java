// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.EdgeStatistics;
import io.penstock.stage.StageStatistics;
import java.util.ArrayList;
import java.util.List;

/// Says whether one run of an entry of the conformance suite has kept the contract. It is asked
/// thousands of times a second, so it compares plainly and makes words only for what is wrong.
///
/// @param plan of the pipeline that was run
record ConformanceVerdict(ConformanceEntry entry, ConformanceAccount account, Plan plan) {
    private static final String FULL = "an edge that fails when full must have room";

    /// @throws AssertionError with what is wrong
    void check(Ended ended) {
        checkAccounts(ended.statistics());
        checkInside();
        if (entry.operation() == Operation.BUFFER_FAIL && isFull(ended)) {
            checkPart(expected());
            return;
        }
        switch (entry.trouble()) {
            case NONE, SLOW, RETRY, FULL_EDGE -> checkDone(ended, ConformanceSubject.COUNT);
            case SKIP, DEADLINE -> checkDone(ended, ConformanceSubject.COUNT);
            case DEAD_LETTER -> {
                checkDone(ended, ConformanceSubject.COUNT);
                expect(account.letters.equals(victim()), "the dead letter", account.letters);
            }
            case DRAIN, FAULTS -> checkDone(ended, 0);
            case THROW, ERROR -> checkFailedAtVictim(ended);
            case DEAD_CONSUMER -> {
                Ended.Failed failed = failed(ended);
                expect(
                        failed.stage().equals(entry.operation().sink()),
                        "failed in the sink",
                        failed);
                checkPart(expected());
            }
            case BAD_SOURCE -> {
                Ended.Failed failed = failed(ended);
                expect(failed.stage().equals("source"), "failed in the source", failed);
                checkPart(expected());
            }
            case CANCEL -> {
                expect(ended instanceof Ended.Cancelled, "cancelled", ended);
                checkPart(expected());
            }
            case INTERRUPT -> {
                if (ended instanceof Ended.Done) {
                    checkDone(ended, ConformanceSubject.COUNT);
                } else {
                    checkPart(expected());
                }
            }
        }
    }

    // ------------------------------------------------------------- the account

    private void checkAccounts(RunStatistics statistics) {
        int failed = 0;
        int conflated = 0;
        for (EdgeStatistics edge : statistics.edges()) {
            expect(edge.isBalanced() && edge.left() == 0, "a balanced, empty edge", edge);
            int told = account.lost(edge.name());
            if (entry.operation() == Operation.CONFLATE && edge.name().endsWith("->room")) {
                conflated = (int) edge.dropped() - told;
                expect(conflated >= 0, "every loss of the edge counted", edge);
            } else if (!isRing(edge)) {
                expect(edge.dropped() == told, "every loss of the edge told", edge);
            }
        }
        for (StageStatistics stage : statistics.stages()) {
            failed += (int) stage.failed();
            expect(stage.undelivered() == account.lost(stage.name()), "every loss told", stage);
            if (entry.operation().isCounted(stage.name())) {
                expect(
                        stage.in() == stage.out() + stage.failed() + stage.undelivered(),
                        "a balanced stage",
                        stage);
            }
        }
        if (entry.operation().keepsCount()) {
            int ended = account.received.size() + failed + account.lostInAll() + conflated;
            expect(account.given.size() == ended, "every item accounted for", statistics);
        }
    }

    /// The edge of a parallel stage: its losses are told as the stage's.
    private boolean isRing(EdgeStatistics edge) {
        for (Plan.Edge planned : plan.edges()) {
            if (planned.name().equals(edge.name())) {
                return planned.topology() == Plan.Topology.ONE_TO_WORKERS_TO_ONE;
            }
        }
        throw wrong("an edge of the plan", edge);
    }

    private void checkInside() {
        boolean isKnown =
                entry.operation().keepsCount()
                        && entry.operation() != Operation.CONFLATE
                        && entry.operation() != Operation.CHANNEL_SOURCE
                        && entry.trouble() != Trouble.SKIP
                        && entry.trouble() != Trouble.DEADLINE;
        if (isKnown) {
            expect(
                    account.mostInside() <= plan.worstCaseItems(),
                    "no more inside than the plan says",
                    account.mostInside() + " of " + plan.worstCaseItems());
        }
    }

    // ----------------------------------------------------------------- the end

    private static boolean isFull(Ended ended) {
        return ended instanceof Ended.Failed failed
                && failed.cause() instanceof IllegalStateException
                && failed.cause().getMessage().startsWith(FULL);
    }

    private Ended.Failed failed(Ended ended) {
        if (ended instanceof Ended.Failed failed) {
            return failed;
        }
        throw wrong("failed", ended);
    }

    private void checkFailedAtVictim(Ended ended) {
        Ended.Failed failed = failed(ended);
        Integer victim = ConformanceSubject.VICTIM;
        expect(
                failed.stage().equals("op") && victim.equals(failed.item()),
                "failed in op at " + victim,
                failed);
        checkPart(expected());
        if (entry.order() == Operation.Order.ALL) {
            expect(
                    account.received.stream().allMatch(item -> item < victim),
                    "nothing passes a failed item",
                    account.received);
        }
    }

    private void checkDone(Ended ended, int count) {
        expect(ended instanceof Ended.Done, "done", ended);
        int others = entry.operation() == Operation.MERGE ? 3 : 0;
        expect(
                count == 0 || account.given.size() == count + others,
                "all was given",
                account.given);
        List<Integer> expected = expected();
        if (entry.operation().isLossy()) {
            checkPart(expected);
            if (knowsTheCertain()) {
                List<Integer> certain = entry.operation().certain(expected);
                expect(account.received.containsAll(certain), "with " + certain, account.received);
            }
        } else {
            checkAll(account.received, expected);
            if (entry.operation() == Operation.BROADCAST) {
                checkAll(account.copies, expected);
            }
        }
    }

    /// Which items a policy lets through depends on their order: of all, or of those of a key.
    private boolean knowsTheCertain() {
        return entry.order() == Operation.Order.ALL
                || (entry.order() == Operation.Order.BY_KEY
                        && entry.operation() == Operation.CONFLATE);
    }

    private void checkAll(List<Integer> received, List<Integer> expected) {
        if (entry.order() == Operation.Order.ALL) {
            expect(received.equals(expected), "in order " + expected, received);
        } else {
            expect(sorted(received).equals(sorted(expected)), "all of " + expected, received);
            checkKeyOrder(received);
        }
    }

    private void checkPart(List<Integer> expected) {
        checkPart(account.received, expected);
        checkPart(account.copies, expected);
    }

    private void checkPart(List<Integer> received, List<Integer> expected) {
        List<Integer> rest = new ArrayList<>(expected);
        for (Integer item : received) {
            expect(rest.remove((Object) item), "a part of " + expected, received);
        }
        if (entry.order() == Operation.Order.ALL) {
            expect(received.equals(sorted(received)), "in order", received);
        } else {
            checkKeyOrder(received);
        }
    }

    private void checkKeyOrder(List<Integer> received) {
        if (entry.order() == Operation.Order.NONE) {
            return;
        }
        int[] latest = new int[2];
        for (int item : received) {
            expect(item >= latest[item % 2], "in the order of each key", received);
            latest[item % 2] = item;
        }
    }

    // --------------------------------------------------------------- the items

    private static List<Integer> victim() {
        return List.of(ConformanceSubject.VICTIM);
    }

    /// What would come out if all that was given came through.
    private List<Integer> expected() {
        List<Integer> through = new ArrayList<>(account.given);
        switch (entry.trouble()) {
            case SKIP, DEADLINE, DEAD_LETTER, THROW, ERROR, CANCEL -> through.removeAll(victim());
            case FAULTS -> account.letters.forEach(through::remove);
            default -> {}
        }
        return entry.operation().expected(through);
    }

    private static List<Integer> sorted(List<Integer> items) {
        return items.stream().sorted().toList();
    }

    private void expect(boolean isSo, String wanted, Object found) {
        if (!isSo) {
            throw wrong(wanted, found);
        }
    }

    private AssertionError wrong(String wanted, Object found) {
        return new AssertionError(
                entry
                        + ": expected "
                        + wanted
                        + ", found "
                        + found
                        + "; given "
                        + account.given
                        + ", received "
                        + account.received
                        + ", copies "
                        + account.copies
                        + ", letters "
                        + account.letters
                        + ", lost "
                        + account.lost);
    }
}
