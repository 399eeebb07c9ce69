// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.StrandKind;
import io.penstock.stage.ExecutionModel;
import io.penstock.stage.SlotRing;
import io.penstock.stage.SlotRingBuilder;
import io.penstock.stage.Step;
import io.penstock.stage.WatchedStep;
import java.util.List;
import java.util.Objects;

/// Makes the slot rings of parallel stages, whose workers start when they are needed. Confined to
/// the strand that starts the run, but for the steps, which each worker makes for itself.
final class Workers {
    private final String pipeline;
    private final RunOptions options;
    private final StageParts parts;
    private final Strands strands;
    private final Watch watch;

    Workers(String pipeline, RunOptions options, StageParts parts, Strands strands, Watch watch) {
        this.pipeline = pipeline;
        this.options = options;
        this.parts = parts;
        this.strands = strands;
        this.watch = watch;
    }

    /// What carries a strand: in a calibrated run the first one of each stage is one whose
    /// processor time can be read.
    static StrandKind kindOf(RunOptions options, ExecutionModel model, int worker) {
        return options.isCalibrating() && worker == 0 ? StrandKind.PLATFORM : model.strands();
    }

    /// The ring that an edge is, with the workers of the stage that it leads to.
    SlotRing ring(Layout.Edge edge) {
        Node node = edge.to();
        How how = node.how();
        Step function = Steps.forWorkers(node.operator());
        SlotRing[] ring = new SlotRing[1];
        SlotRingBuilder builder =
                SlotRing.builder(edge.name(), edge.capacity())
                        .scheduler(options.scheduler())
                        .workers(how.parallelism(), how.model().strands())
                        .steps(index -> watched(node, parts.careful(node, function, index)))
                        .undelivered(item -> parts.lost(node.name(), item))
                        .onFailure((item, cause) -> parts.ending().fail(node.name(), item, cause));
        switch (how.order()) {
            case INPUT_ORDER -> builder.ordered();
            case NONE -> builder.unordered();
            case KEY_ORDER -> builder.orderedBy(Objects.requireNonNull(how.key(), "key"));
        }
        builder.starter(
                index ->
                        strands.start(
                                pipeline + "/" + node.name() + "#" + (index + 1),
                                kindOf(options, how.model(), index),
                                List.of(node.name()),
                                () -> ring[0].work(index)));
        ring[0] = builder.build();
        return ring[0];
    }

    private Step watched(Node node, Step step) {
        if (!watch.watchesItems()) {
            return step;
        }
        WatchedStep watched = new WatchedStep(step, options.scheduler());
        watch.add(watched, List.of(node.name()), false);
        return watched;
    }
}
