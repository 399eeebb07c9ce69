// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.pipeline.Batch;
import io.penstock.pipeline.Change;
import io.penstock.stage.ExecutionModel;
import io.penstock.stage.OrderGuarantee;
import java.util.function.Consumer;

/// Advice about what lies between the strands: room, order, batches and hand-offs.
final class QueueRules {
    /// Part of the time that both sides of a queue must wait before its size is to blame.
    static final double BOTH_WAIT = 0.1;

    /// How many times longer the slow items must take than the usual ones to hold up the others.
    static final double SPREAD = 5;

    /// Places for each worker that keep it busy while finished items wait to be taken.
    static final int ROOM = 4;

    /// How many times the room of a queue is multiplied, and where that ends.
    static final int MORE_ROOM = 16;

    static final int MUCH_ROOM = 1 << 16;

    /// Items of a batch below which it is called tiny, and what it should rather be.
    static final int TINY = 8;

    /// Part of a strand's time beyond its functions above which handing on is its main work.
    static final double OVERHEAD = 0.5;

    private final Scene scene;

    QueueRules(Scene scene) {
        this.scene = scene;
    }

    /// What held up a stage whose workers were not all busy although items waited; what the line
    /// must know before it is sized.
    static Diagnosis heldUp(StageProfile profile) {
        if (!profile.how().isParallel()) {
            return Diagnosis.SMALL_QUEUE;
        }
        if (profile.isOneSided()) {
            return Diagnosis.SKEWED_KEY;
        }
        boolean isSpread =
                profile.cost().isSpreadKnown()
                        ? profile.cost().spread() >= SPREAD
                        : profile.how().capacity() >= ROOM * profile.workers();
        return profile.how().order() == OrderGuarantee.INPUT_ORDER && isSpread
                ? Diagnosis.HEAD_OF_LINE
                : Diagnosis.SMALL_WINDOW;
    }

    /// One key that has more than its share.
    void skewedKey(StageProfile profile, Consumer<Draft> out) {
        double busy = profile.busyWorkers();
        out.accept(
                new Draft(profile, Diagnosis.SKEWED_KEY)
                        .to("a finer key")
                        .because(
                                ("Items wait, yet of %d workers only %s are busy: items of one key"
                                     + " are worked on one at a time, and the busiest worker, at it"
                                     + " for %s of the time, has %s of the work. More workers will"
                                     + " not help; the bound is %s.")
                                        .formatted(
                                                profile.workers(),
                                                Figures.number(busy),
                                                Figures.percent(profile.shares().busiest()),
                                                Figures.percent(profile.busiestPart()),
                                                Figures.rate(bound(profile))))
                        .doubting(
                                Confidence.about(profile, profile.workers())
                                        .add(true, 1, "the keys themselves were not counted"))
                        .unless(
                                "The workers waited for each other's locks: ask the flight"
                                        + " recorder."));
    }

    private static double bound(StageProfile profile) {
        return profile.busyWorkers() * LittlesLaw.NANOS / Math.max(1e-9, profile.demandNs());
    }

    /// A slow item in front of finished ones.
    void headOfLine(StageProfile profile, Consumer<Draft> out) {
        StageProfile.Cost cost = profile.cost();
        int room = profile.how().capacity();
        double perSecond = profile.workers() * LittlesLaw.NANOS / cost.workNs();
        int capacity =
                cost.isSpreadKnown()
                        ? LittlesLaw.capacity(perSecond, cost.serviceP99Ns()) + profile.workers()
                        : ROOM * room;
        String need =
                cost.isSpreadKnown()
                        ? "the slow items take %s against %s. %s x %s need %d places"
                                .formatted(
                                        Figures.time(cost.serviceP99Ns()),
                                        Figures.time(cost.serviceP50Ns()),
                                        Figures.rate(perSecond),
                                        Figures.time(cost.serviceP99Ns()),
                                        capacity)
                        : "how long the slow items take was not measured. %d places let more go on"
                                .formatted(capacity);
        Draft draft =
                new Draft(profile, Diagnosis.HEAD_OF_LINE)
                        .because(
                                ("Results leave in order: %d places fill with finished items behind"
                                                + " a slow one, and %s of the workers' time is"
                                                + " lost; %s, and unordered() needs none.")
                                        .formatted(
                                                room,
                                                Figures.percent(profile.shares().idle()),
                                                need))
                        .doubting(
                                Confidence.about(profile, profile.workers())
                                        .add(!cost.isSpreadKnown(), 1, "only the mean is known"))
                        .unless("The slow items come in bursts, so that the room fills as well.");
        out.accept(
                capacity > room
                        ? draft.to("capacity " + capacity)
                                .by(Change.capacity(profile.name(), capacity))
                                .doing(line -> freed(line, profile))
                        : draft.to("unordered"));
    }

    /// Too little room inside for the workers that there are.
    void smallWindow(StageProfile profile, Consumer<Draft> out) {
        int capacity = ROOM * profile.workers();
        if (profile.how().capacity() >= capacity) {
            return;
        }
        out.accept(
                new Draft(profile, Diagnosis.SMALL_WINDOW)
                        .to("capacity " + capacity)
                        .by(Change.capacity(profile.name(), capacity))
                        .doing(line -> freed(line, profile))
                        .because(
                                ("Items wait, yet its %d workers are idle for %s of their time: its"
                                     + " %d places hold finished items that wait to be taken as"
                                     + " well as those in progress. Four for each worker keep them"
                                     + " busy.")
                                        .formatted(
                                                profile.workers(),
                                                Figures.percent(profile.shares().idle()),
                                                profile.how().capacity()))
                        .unless("What follows takes the results in bursts."));
    }

    private static Line freed(Line line, StageProfile profile) {
        return line.with(
                line.position(profile.name()),
                station -> station.withServers(station.how().parallelism(), false));
    }

    /// A queue that is full, and then empty: its two sides take turns in waiting. What is found in
    /// it does not tell, for it is looked at when there is something.
    void smallQueue(StageProfile profile, Consumer<Draft> out) {
        StageProfile head = scene.strandOf(profile).getFirst();
        StageProfile.Queue queue = head.queue();
        double blocked = scene.pressure(profile);
        double lost = Math.min(blocked, head.shares().idle());
        if (queue.capacity() == 0 || lost < BOTH_WAIT || queue.senderWaits() == 0) {
            return;
        }
        double strandNs =
                scene.strandOf(profile).stream().mapToDouble(StageProfile::demandNs).sum();
        int capacity = (int) Math.min(MUCH_ROOM, (long) MORE_ROOM * queue.capacity());
        double freed = 1 / (1 - lost);
        out.accept(
                new Draft(head, Diagnosis.SMALL_QUEUE)
                        .to("capacity " + capacity)
                        .by(Change.capacity(head.name(), capacity))
                        .doing(line -> line.losing(line.efficiency() * freed))
                        .atMost()
                        .because(
                                ("Bursts fill its %d places and then it runs dry: the sender is"
                                                + " blocked for %s of the time, in %s, and it is"
                                                + " idle for %s. How long a burst is was not"
                                                + " measured: %d times the room shows.")
                                        .formatted(
                                                queue.capacity(),
                                                Figures.percent(blocked),
                                                Figures.count(queue.senderWaits(), "wait"),
                                                Figures.percent(head.shares().idle()),
                                                MORE_ROOM))
                        .unless(
                                "Latency matters more than rate: each item that waits adds "
                                        + Figures.time(strandNs)
                                        + "."));
    }

    /// Batches that hold next to nothing.
    void tinyBatches(Consumer<Draft> out) {
        for (StageProfile profile : scene.profiles()) {
            if (profile.kind() != StageKind.BATCH || profile.flow().out() == 0) {
                continue;
            }
            double size = (double) profile.flow().in() / profile.flow().out();
            boolean isLimit = scene.fedBy(profile).stream().anyMatch(scene::isBottleneck);
            if (size > TINY || !isLimit) {
                continue;
            }
            StageProfile taker = scene.fedBy(profile).getFirst();
            int wanted = Math.max(TINY, profile.batchSize()) * TINY;
            Batch batch = Batch.of(wanted);
            boolean isTimed = profile.isTimed();
            double factor = size / wanted;
            Draft draft =
                    new Draft(profile, Diagnosis.TINY_BATCHES)
                            .to("batch(" + wanted + ")")
                            .because(
                                    ("Its batches hold %s, and %s, which takes them, is the"
                                         + " bottleneck at %s a batch. Where that is a price for"
                                         + " each batch, one of %d divides it.")
                                            .formatted(
                                                    Figures.number(size) + " items",
                                                    taker.name(),
                                                    Figures.time(taker.cost().workNs()),
                                                    wanted))
                            .atMost()
                            .doing(
                                    line ->
                                            line.with(
                                                    line.position(taker.name()),
                                                    station -> station.times(factor)))
                            .unless("A batch takes longer in proportion to its items.");
            out.accept(
                    isTimed
                            ? draft.to("batch(" + wanted + "), ended by a longer time")
                            : draft.by(Change.batch(profile.name(), batch)));
        }
    }

    /// A sender that wakes its receiver for each item.
    void unbatched(Consumer<Draft> out) {
        for (StageProfile head : scene.profiles()) {
            StageProfile.Queue queue = head.queue();
            if (queue.sent() == 0 || head.upstream().size() != 1) {
                continue;
            }
            StageProfile sender = scene.profiles().get(head.upstream().getFirst());
            double wakes = (double) queue.receiverWaits() / queue.sent();
            double worked = sender.cost().workNs();
            double own = Math.max(0, sender.cost().serviceNs());
            double overhead = worked > 0 ? Math.clamp(1 - own / worked, 0, 1) : 0;
            boolean isBusy = sender.shares().groupBusy() >= Bottleneck.SATURATED;
            if (wakes < OVERHEAD || overhead < OVERHEAD || !isBusy) {
                continue;
            }
            boolean canFuse = head.kind().canMove() && !head.how().isParallel();
            Draft draft =
                    new Draft(head, Diagnosis.UNBATCHED)
                            .because(
                                    ("%s of %s items wake it up, one by one: %s, which sends them,"
                                         + " needs %s for each although its function takes %s. A"
                                         + " wake-up costs more than the work.")
                                            .formatted(
                                                    Figures.whole(queue.receiverWaits()),
                                                    Figures.whole(queue.sent()),
                                                    sender.name(),
                                                    Figures.time(worked),
                                                    Figures.time(own)))
                            .unless("Items come one at a time, and each is wanted at once.");
            out.accept(
                    canFuse
                            ? draft.to("fused")
                                    .by(Change.model(head.name(), ExecutionModel.FUSED, 1))
                                    .doing(line -> fused(line, head, sender, own))
                            : draft.to("items in batches"));
        }
    }

    private static Line fused(Line line, StageProfile head, StageProfile sender, double ownNs) {
        Line fused = line.with(Change.model(head.name(), ExecutionModel.FUSED, 1));
        double more = ownNs - sender.cost().workNs();
        return fused.with(fused.position(sender.name()), station -> station.plus(more));
    }
}
