// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The stage that holds up the others.
///
/// @param stage its name
/// @param isSaturated whether its strands are busy; otherwise what comes waits although they are
///   not
/// @param why with numbers
public record Bottleneck(String stage, boolean isSaturated, String why) {
    /*
     * The usual sign of a bottleneck: busy itself, everybody before it is blocked, nobody after it
     * is. Searched from the sinks, so that of two busy stages the later one is found: the earlier
     * one may be busy only because it fills a queue.
     */

    /// Share of their time for which strands are called saturated.
    static final double SATURATED = 0.7;

    /// Share of the time for which a sender must be blocked for what it feeds to be under pressure.
    static final double PRESSED = 0.15;

    /// Share of the time up to which a stage that waits for room is still not held up by others.
    static final double FREE = 0.25;

    /// The bottleneck; null where nobody waits for anybody, so that what limits is outside.
    ///
    /// @param resting part of the time for which nobody worked
    static @Nullable Bottleneck find(List<StageProfile> profiles, Line line, double resting) {
        List<List<Integer>> strands = List.copyOf(line.strands().values());
        for (List<Integer> strand : strands.reversed()) {
            StageProfile head = profiles.get(strand.getFirst());
            double pressure = pressure(profiles, head);
            boolean isSaturated = head.shares().groupBusy() >= SATURATED && !head.isOneSided();
            boolean isPressed = head.upstream().isEmpty() || pressure >= PRESSED;
            boolean isFree = head.shares().blocked() <= FREE;
            boolean canBeHeldUp = !head.upstream().isEmpty() && !collects(profiles, head);
            if (isFree && isPressed && (isSaturated || canBeHeldUp)) {
                StageProfile stage = profiles.get(heaviest(strand, profiles));
                return of(stage, head, isSaturated, pressure);
            }
        }
        return areSourcesGone(profiles, resting) ? longest(profiles, line, resting) : null;
    }

    /// Whether the sources had given all and ended while others still worked for long: with less
    /// room behind them they would have been blocked for as long.
    private static boolean areSourcesGone(List<StageProfile> profiles, double resting) {
        return profiles.stream()
                .filter(profile -> profile.kind() == StageKind.SOURCE)
                .allMatch(source -> source.shares().absent() - resting >= PRESSED);
    }

    /// The strand that was busy for nearly all of the time in which anybody worked.
    private static @Nullable Bottleneck longest(
            List<StageProfile> profiles, Line line, double resting) {
        List<Integer> longest = List.of();
        double most = SATURATED * (1 - resting);
        for (List<Integer> strand : line.strands().values()) {
            StageProfile head = profiles.get(strand.getFirst());
            if (head.shares().groupBusy() >= most && !head.isOneSided()) {
                most = head.shares().groupBusy();
                longest = strand;
            }
        }
        if (longest.isEmpty()) {
            return null;
        }
        StageProfile stage = profiles.get(heaviest(longest, profiles));
        String rest =
                resting < PRESSED
                        ? ""
                        : ", and for %s nobody worked".formatted(Figures.percent(resting));
        return new Bottleneck(
                stage.name(),
                true,
                "its %s for %s of the time%s; the source had ended by then"
                        .formatted(busy(stage), Figures.percent(stage.shares().groupBusy()), rest));
    }

    private static Bottleneck of(
            StageProfile stage, StageProfile head, boolean isSaturated, double pressure) {
        String before =
                stage.upstream().isEmpty()
                        ? "it is the source"
                        : head.upstream().isEmpty()
                                ? "the source is on its strand"
                                : "what is before it is blocked for " + Figures.percent(pressure);
        return new Bottleneck(
                stage.name(),
                isSaturated,
                "its %s for %s of the time, blocked for %s; %s"
                        .formatted(
                                busy(stage),
                                Figures.percent(stage.shares().groupBusy()),
                                Figures.percent(stage.shares().blocked()),
                                before));
    }

    private static String busy(StageProfile stage) {
        return stage.workers() == 1 ? "strand is busy" : "workers are busy";
    }

    /// How much of its time whoever feeds a stage waits for room in front of it; a queue that is
    /// found full says the same, and so does one that is never found empty. Workers of a slot ring
    /// never wait for room: whoever collects their results is under the pressure that they are
    /// under.
    static double pressure(List<StageProfile> profiles, StageProfile head) {
        boolean isBehind = head.queue().isFull() || head.isNeverIdle();
        double most = isBehind ? 2 * PRESSED : 0;
        for (int before : head.upstream()) {
            StageProfile feeder = profiles.get(before);
            boolean isRing = feeder.how().isParallel();
            boolean mustWait = head.queue().capacity() == 0 || head.queue().senderWaits() > 0;
            double theirs =
                    isRing
                            ? mustWait ? pressure(profiles, feeder) : 0
                            : feeder.shares().blocked() * partOfWaits(profiles, before, head);
            most = Math.max(most, theirs);
        }
        return most;
    }

    /// Which part of a sender's waits was for room before this stage, where it feeds several.
    private static double partOfWaits(List<StageProfile> profiles, int before, StageProfile head) {
        String group = profiles.get(before).group();
        long all = 0;
        for (StageProfile profile : profiles) {
            boolean isFed =
                    !profile.group().equals(group)
                            && profile.upstream().stream()
                                    .anyMatch(from -> profiles.get(from).group().equals(group));
            all += isFed ? profile.queue().senderWaits() : 0;
        }
        return all == 0 ? 1 : (double) head.queue().senderWaits() / all;
    }

    private static boolean collects(List<StageProfile> profiles, StageProfile head) {
        return head.queue().capacity() == 0
                && head.upstream().stream().anyMatch(from -> profiles.get(from).how().isParallel());
    }

    private static int heaviest(List<Integer> strand, List<StageProfile> profiles) {
        int heaviest = strand.getFirst();
        for (int position : strand) {
            boolean isHeavier =
                    profiles.get(position).demandNs() > profiles.get(heaviest).demandNs();
            heaviest = isHeavier ? position : heaviest;
        }
        return heaviest;
    }
}
