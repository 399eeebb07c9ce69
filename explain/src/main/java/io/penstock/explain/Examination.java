// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.pipeline.Plan;
import io.penstock.pipeline.RunStatistics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes one [Analysis]. Confined to the caller.
final class Examination {
    /*
     * What holds a stage up although its workers are free (order, keys, room), or what keeps them
     * busy with waiting for each other (locks), is found before anything is sized: more workers are
     * no answer to it.
     */
    private final Plan plan;
    private final Machine machine;
    private final Recorded recorded;
    private final RunStatistics statistics;
    private final List<StageProfile> profiles;
    private final Evidence evidence;
    private final double targetRate;

    /// @param targetRate items of the sources per second that are wanted; may be infinite
    Examination(
            Plan plan,
            RunStatistics statistics,
            Machine machine,
            Recorded recorded,
            double targetRate) {
        this.targetRate = targetRate;
        this.plan = plan;
        this.machine = machine;
        this.recorded = recorded;
        this.statistics = statistics;
        this.profiles = ProfileReader.read(plan, statistics);
        this.evidence = Evidence.of(profiles, statistics.elapsedNs());
    }

    Analysis analysis() {
        if (evidence.extent() == Evidence.Extent.NOTHING) {
            return concluding(Limit.NONE, Limit.NONE, null, List.of());
        }
        double rate = rate();
        Line line = Line.of(profiles, machine);
        Bottleneck bottleneck = Bottleneck.find(profiles, line, evidence.restNs() / elapsedNs());
        if (bottleneck == null && !evidence.isRateKnown()) {
            return concluding(line.ceiling(), line.limit(), null, List.of());
        }
        if (bottleneck == null) {
            line = line.offering(Math.max(rate, 1e-9));
        } else if (!bottleneck.isSaturated()) {
            line = heldUp(line, bottleneck);
        }
        Limit ceiling = line.ceiling();
        line = line.reaching(rate);
        double target = Math.min(targetRate, ceiling.rate());
        Scene scene =
                new Scene(
                        plan,
                        profiles,
                        line,
                        machine,
                        recorded,
                        statistics.elapsedNs(),
                        target,
                        bottleneck);
        return concluding(ceiling, line.limit(), bottleneck, advice(scene));
    }

    private Analysis concluding(
            Limit ceiling, Limit limit, @Nullable Bottleneck bottleneck, List<Advice> advice) {
        return new Analysis(
                statistics.pipeline(),
                machine,
                statistics.elapsedNs(),
                rate(),
                targetRate,
                evidence,
                ceiling,
                profiles.stream().allMatch(Examination::isCpuKnown),
                limit,
                bottleneck,
                profiles,
                advice,
                plan.warnings());
    }

    private double elapsedNs() {
        return Math.max(1, statistics.elapsedNs());
    }

    private static boolean isCpuKnown(StageProfile profile) {
        return profile.flow().in() == 0 || profile.cost().isCpuKnown();
    }

    private double rate() {
        return profiles.stream()
                .filter(profile -> profile.kind() == StageKind.SOURCE)
                .mapToDouble(profile -> profile.flow().rate())
                .sum();
    }

    /// A stage that is held up serves as many items at a time as it was seen to serve.
    private Line heldUp(Line line, Bottleneck bottleneck) {
        int position = line.position(bottleneck.stage());
        StageProfile profile = profiles.get(position);
        if (!profile.how().isParallel()) {
            return line;
        }
        boolean isBound = QueueRules.heldUp(profile) == Diagnosis.SKEWED_KEY;
        double busy = Math.max(profile.busyWorkers(), 1e-3);
        return line.with(position, station -> station.withServers(busy, isBound));
    }

    private List<Advice> advice(Scene scene) {
        List<Draft> drafts = new ArrayList<>();
        Set<String> explained = new HashSet<>();
        WorkRules work = new WorkRules(scene);
        StrandRules strands = new StrandRules(scene);
        QueueRules queues = new QueueRules(scene);
        work.rateLimit(drafts::add);
        new LockRules(scene).locks(drafts::add);
        strands.runQueue(drafts::add);
        queues.unbatched(drafts::add);
        queues.tinyBatches(drafts::add);
        heldUp(scene, queues, drafts);
        drafts.forEach(draft -> explained.add(draft.profile().name()));
        drafts.addAll(new Sizing(scene, explained).drafts(followed(scene.line(), drafts)));
        if (drafts.stream().noneMatch(draft -> scene.isOnBottleneck(draft.profile()))) {
            work.resource(drafts::add);
        }
        if (drafts.stream().noneMatch(draft -> scene.isOnBottleneck(draft.profile()))) {
            work.slowSource(drafts::add);
            work.serial(drafts::add);
        }
        work.machineFull(drafts::add);
        strands.foreignLoad(drafts::add);
        work.slowBranch(drafts::add);
        work.waste(drafts::add);
        work.allocation(drafts::add);
        strands.blockedLoop(unless(drafts));
        strands.wrongKind(unless(drafts));
        strands.tinyStages(profile -> isFree(drafts, profile), drafts::add);
        return finished(scene.line(), drafts);
    }

    /// Only one change for a stage: the first.
    private static Consumer<Draft> unless(List<Draft> drafts) {
        return draft -> {
            if (isFree(drafts, draft.profile())) {
                drafts.add(draft);
            }
        };
    }

    private static boolean isFree(List<Draft> drafts, StageProfile profile) {
        return drafts.stream()
                .noneMatch(draft -> draft.isChange() && draft.profile().equals(profile));
    }

    private void heldUp(Scene scene, QueueRules queues, List<Draft> drafts) {
        Bottleneck bottleneck = scene.bottleneck();
        if (bottleneck == null || bottleneck.isSaturated() || !drafts.isEmpty()) {
            return;
        }
        StageProfile profile = profiles.get(scene.line().position(bottleneck.stage()));
        switch (QueueRules.heldUp(profile)) {
            case SKEWED_KEY -> queues.skewedKey(profile, drafts::add);
            case HEAD_OF_LINE -> queues.headOfLine(profile, drafts::add);
            case SMALL_WINDOW -> queues.smallWindow(profile, drafts::add);
            default -> queues.smallQueue(profile, drafts::add);
        }
    }

    private static Line followed(Line measured, List<Draft> drafts) {
        Line line = measured;
        for (Draft draft : drafts) {
            line = draft.isSure() ? draft.follow(line) : line;
        }
        return line;
    }

    /// Gains that are only bounded are not built upon.
    private List<Advice> finished(Line measured, List<Draft> drafts) {
        List<Advice> advice = new ArrayList<>();
        Line line = measured;
        for (Draft draft : drafts) {
            advice.add(draft.finish(line, evidence));
            line = draft.isSure() ? draft.follow(line) : line;
        }
        return advice;
    }
}
