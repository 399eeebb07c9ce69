// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.trading.OmsStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/// In how many sessions something happened: a simulation that never meets trouble proves nothing.
final class SessionSightings {
    private final Map<String, Integer> counts = new TreeMap<>();

    void add(SessionOutcome outcome, SessionAudit audit) {
        SessionStatistics statistics = outcome.statistics();
        OmsStatistics oms = statistics.oms();
        see("session", true);
        see("failed", outcome instanceof SessionOutcome.Failed);
        see("still running at the end", outcome instanceof SessionOutcome.Stuck);
        see(
                "cut short",
                outcome instanceof SessionOutcome.Failed failed
                        && failed.cause() instanceof TimeoutException);
        see("failed in the feed", isFailedIn(outcome, "feed"));
        see("failed in a strategy", isFailedIn(outcome, "first") || isFailedIn(outcome, "second"));
        see("gave a strategy up", !statistics.stalls().isEmpty());
        see("halted by its loss", audit.isHaltedByLoss());
        see("lost data of a worker", dropped(statistics, "feed → first"));
        see(
                "dropped what an order edge held",
                dropped(statistics, "OMS → first")
                        || dropped(statistics, "OMS → second")
                        || dropped(statistics, "first → OMS")
                        || dropped(statistics, "second → OMS"));
        see("merged prices", dropped(statistics, "feed → OMS"));
        see("request without room", audit.refused(0) + audit.refused(1) > 0);
        see("cancel behind a price", audit.mostMarks() > 0);
        see("feed waited", waited(statistics, "feed → "));
        see("venue waited", waited(statistics, "venue → "));
        if (oms != null) {
            see("filled", oms.fills() > 0);
            see("overdue", oms.timeouts() > 0);
            see("told twice", oms.anomalies().duplicates() > 0);
            see("rejected by the venue", !oms.rejectedByVenue().isEmpty());
            oms.refused().forEach((reason, count) -> see("refused: " + reason, count > 0));
        }
    }

    private static boolean isFailedIn(SessionOutcome outcome, String stage) {
        return outcome instanceof SessionOutcome.Failed failed && failed.stage().equals(stage);
    }

    private static boolean dropped(SessionStatistics statistics, String edge) {
        return statistics.edges().stream()
                .anyMatch(of -> of.name().equals(edge) && of.dropped() > 0);
    }

    private static boolean waited(SessionStatistics statistics, String from) {
        return statistics.edges().stream()
                .anyMatch(of -> of.name().startsWith(from) && of.senderWaits() > 0);
    }

    private void see(String what, boolean isSeen) {
        if (isSeen) {
            counts.merge(what, 1, Integer::sum);
        }
    }

    Map<String, Integer> counts() {
        return counts;
    }
}
