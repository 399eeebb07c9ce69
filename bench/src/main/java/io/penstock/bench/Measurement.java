// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// What was measured of one workload. Immutable; any thread.
///
/// @param name the workload
/// @param event what was counted
/// @param events events of one pass
/// @param agrees whether subject and floor ended with the same checksum every time; where not, they
///   did not do the same, and their ratio says nothing
/// @param rounds the rounds, in their order
/// @param foreignCores processor cores that others kept busy meanwhile; NaN where the machine does
///   not say
public record Measurement(
        String name,
        String event,
        long events,
        boolean agrees,
        List<Round> rounds,
        double foreignCores) {

    public Measurement {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("a measurement has rounds: name=" + name);
        }
    }

    /// One round: the subject, then the floor. Where it had several passes, times are means and
    /// bytes those of the last one.
    ///
    /// @param subjectNs elapsed time of a pass of the subject
    /// @param floorNs elapsed time of a pass of the floor
    /// @param subjectBytes heap bytes that a pass of the subject allocated, set-up included
    /// @param steadyBytesPerEvent heap bytes that it allocated an event in steady state
    public record Round(
            long subjectNs, long floorNs, double subjectBytes, double steadyBytesPerEvent) {}

    /// Events per second of the subject.
    public Spread eventsPerSecond() {
        return spread(round -> rate(round.subjectNs));
    }

    /// Events per second of the floor.
    public Spread floorEventsPerSecond() {
        return spread(round -> rate(round.floorNs));
    }

    /// How much longer the subject took than the floor in the same round.
    public Spread ratio() {
        return spread(round -> (double) round.subjectNs / round.floorNs);
    }

    /// Heap bytes that the subject allocated an event in steady state: the median of the rounds.
    public double bytesPerEvent() {
        return spread(Round::steadyBytesPerEvent).median();
    }

    /// Heap bytes that a whole pass of the subject allocated, set-up included: the median.
    public double bytesPerPass() {
        return spread(Round::subjectBytes).median();
    }

    private double rate(long ns) {
        return events * 1e9 / ns;
    }

    private Spread spread(ToDoubleFunction<Round> of) {
        return Spread.of(rounds.stream().mapToDouble(of).toArray());
    }
}
