// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.scope.Deadlines;
import io.penstock.stage.Ending;
import io.penstock.stage.ListenerFaults;
import io.penstock.stage.StageCare;
import io.penstock.stage.StageGuard;
import io.penstock.stage.StageMeter;
import io.penstock.stage.Step;
import io.penstock.stage.TokenBucket;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What each stage of a run has for itself, whatever strands it runs on: its numbers, what becomes
/// of items that do not go through, the care around its function, its rate. Built by the strand
/// that starts the run; then for any strand.
final class StageParts {
    private final Layout layout;
    private final RunOptions options;
    private final Ending ending;
    private final Deadlines deadlines;
    private final ListenerFaults faults;
    private final Map<Node, StageMeter> meters = new HashMap<>();
    private final Map<Node, StageGuard> guards = new HashMap<>();
    private final Map<Node, StageCare> cares = new HashMap<>();
    private final Map<Node, TokenBucket> buckets = new LinkedHashMap<>();

    StageParts(Pipeline pipeline, RunOptions options, Ending ending, ListenerFaults faults) {
        layout = pipeline.layout();
        this.options = options;
        this.ending = ending;
        this.faults = faults;
        deadlines =
                Deadlines.open(
                        pipeline.name() + "/deadlines",
                        options.scheduler(),
                        options.deadlines(),
                        Deadlines.DEFAULT_TICK);
        for (Node node : pipeline.graph().nodes()) {
            add(node);
        }
    }

    private void add(Node node) {
        StageMeter meter = new StageMeter(node.name(), calledBy(node));
        meters.put(node, meter);
        guards.put(node, new StageGuard(meter, ending, options.scheduler(), this::lost));
        StageCare care =
                new StageCare(
                        node.name(), node.how().care(), options.scheduler(), deadlines, faults);
        cares.put(node, care);
        meter.caredForBy(care);
        if (node.operator() instanceof Operator.Limit(var rate)) {
            buckets.put(node, new TokenBucket(options.scheduler(), rate));
        }
    }

    /// The stage whose results come by a call and are not counted otherwise.
    private @Nullable StageMeter calledBy(Node node) {
        if (layout.groupOf(node).nodes.getFirst() == node) {
            return null;
        }
        Node before = node.inputs().getFirst();
        return before.operator() instanceof Operator.Broadcast ? null : meter(before);
    }

    /// How the run goes on.
    Ending ending() {
        return ending;
    }

    /// Tells whoever wants to know of an item that is lost. Never throws.
    ///
    /// @param where name of the stage or edge
    void lost(String where, Object item) {
        faults.call("undelivered", where, () -> options.undelivered().accept(where, item));
    }

    /// What listeners throw.
    ListenerFaults faults() {
        return faults;
    }

    StageMeter meter(Node node) {
        return of(meters, node);
    }

    StageGuard guard(Node node) {
        return of(guards, node);
    }

    StageCare care(Node node) {
        return of(cares, node);
    }

    TokenBucket bucket(Node node) {
        return of(buckets, node);
    }

    /// The rate of a stage that is a limit; null for another one.
    @Nullable TokenBucket bucketOrNull(Node node) {
        return buckets.get(node);
    }

    /// A step with the care that its stage asks for.
    Step careful(Node node, Step function, int worker) {
        return care(node).around(function, worker, ending::isStopping);
    }

    private static <V> V of(Map<Node, V> parts, Node node) {
        V part = parts.get(node);
        if (part == null) {
            throw new IllegalStateException(
                    "a part must be built before it is used: stage=" + node.name());
        }
        return part;
    }

    /// Wakes who waits for a rate, so that it sees that the run stops.
    void stop() {
        buckets.values().forEach(TokenBucket::stop);
    }

    /// All strands have ended.
    void close() {
        deadlines.close();
    }
}
