// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.pipeline.Plan;
import io.penstock.stage.ExecutionModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Advice about locks, from what the flight recorder saw.
final class LockRules {
    /// Share of the workers' time in which they wait for a lock.
    static final double LOCKED = 0.2;

    private final Scene scene;

    LockRules(Scene scene) {
        this.scene = scene;
    }

    /// Workers that wait for a lock: once for each strand, at its heaviest stage, for the recorder
    /// knows threads only.
    void locks(Consumer<Draft> out) {
        for (List<Integer> strand : scene.line().strands().values()) {
            StageProfile heaviest =
                    strand.stream()
                            .map(scene.profiles()::get)
                            .max(Comparator.comparingDouble(StageProfile::demandNs))
                            .orElseThrow();
            List<LockWait> waits = waits(heaviest);
            double locked = locked(heaviest, waits);
            if (!waits.isEmpty() && locked >= LOCKED) {
                out.accept(draft(heaviest, worst(waits), locked));
            }
        }
    }

    private Draft draft(StageProfile profile, LockWait worst, double locked) {
        List<String> others = others(profile, worst.lock());
        String shared =
                others.isEmpty()
                        ? ""
                        : " %s wait%s for one of this class, too."
                                .formatted(
                                        String.join(" and ", others),
                                        others.size() == 1 ? "s" : "");
        return new Draft(profile, Diagnosis.LOCK)
                .to("state of its own for each worker, or one writer")
                .because(
                        ("%s for locks during %s of the busy time, the longest for a %s (%s).%s"
                             + " That is neither work nor I/O: more workers wait longer.")
                                .formatted(
                                        profile.workers() == 1
                                                ? "Its strand waits"
                                                : "Its workers wait",
                                        Figures.percent(locked),
                                        worst.lock(),
                                        Figures.count(worst.count(), "wait"),
                                        shared))
                .unless("Most of these waits are of a warm-up.");
    }

    /// By class of lock, for all strands of the stage together.
    private List<LockWait> waits(StageProfile profile) {
        Map<String, LockWait> waits = new HashMap<>();
        Plan.Group group = scene.groupOf(profile);
        for (LockWait wait : scene.recorded().locks()) {
            if (group.strands().contains(wait.thread())) {
                waits.merge(
                        wait.lock(),
                        wait,
                        (one, more) ->
                                new LockWait(
                                        one.thread(),
                                        one.lock(),
                                        one.count() + more.count(),
                                        one.waitNs() + more.waitNs()));
            }
        }
        return List.copyOf(waits.values());
    }

    private static LockWait worst(List<LockWait> waits) {
        return waits.stream().max(Comparator.comparingLong(LockWait::waitNs)).orElseThrow();
    }

    /// Share of the busy time of those strands that the recorder hears: of virtual ones it is the
    /// first of a calibrated run, which is a platform thread.
    private double locked(StageProfile profile, List<LockWait> waits) {
        boolean isOneHeard = scene.modelOf(profile) == ExecutionModel.VIRTUAL;
        double heard = isOneHeard ? 1 : profile.workers();
        double busyNs = profile.shares().groupBusy() * heard * scene.elapsedNs();
        double waitNs = waits.stream().mapToDouble(LockWait::waitNs).sum();
        return busyNs > 0 ? waitNs / busyNs : 0;
    }

    /// Stages on other strands that wait for a lock of the same class.
    private List<String> others(StageProfile profile, String lock) {
        List<String> others = new ArrayList<>();
        for (List<Integer> strand : scene.line().strands().values()) {
            StageProfile head = scene.profiles().get(strand.getFirst());
            boolean isOther = !head.group().equals(profile.group());
            if (isOther && waits(head).stream().anyMatch(wait -> wait.lock().equals(lock))) {
                others.add(head.name());
            }
        }
        return others;
    }
}
