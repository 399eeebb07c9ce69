// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.Scheduler;
import io.penstock.stage.Bundle;
import io.penstock.stage.CarefulBody;
import io.penstock.stage.Chain;
import io.penstock.stage.Emitter;
import io.penstock.stage.Head;
import io.penstock.stage.Inlet;
import io.penstock.stage.Link;
import io.penstock.stage.LinkClasses;
import io.penstock.stage.Links;
import io.penstock.stage.Outlet;
import io.penstock.stage.Probe;
import io.penstock.stage.SharedLinks;
import io.penstock.stage.ShowingOutlet;
import io.penstock.stage.StageGuard;
import io.penstock.stage.StageMeter;
import io.penstock.stage.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Builds the chain of one group: once of links that belong to this shape of chain, and once of
/// shared links with a stopwatch before each. Both have the same state behind them.
final class ChainBuilder {
    private final Wiring wiring;
    private final StageParts parts;
    private final Layout.Group group;
    private final int worker;
    private final StageMeter outletTime = new StageMeter("outlet", null);
    private final Map<Node, Bundle> bundles = new HashMap<>();
    private final Map<Node, Step> steps = new HashMap<>();
    private final Map<Node, BiConsumer<Object, Emitter<Object>>> bodies = new HashMap<>();
    private final Map<Node, Outlet> outlets = new HashMap<>();
    private final List<Outlet> outletsInOrder = new ArrayList<>();
    private final List<Link> counting = new ArrayList<>();

    // Of the pass that is being made.
    private Links links = new SharedLinks();
    private @Nullable Probe probe;
    private List<Link> made = new ArrayList<>();

    /// @param worker which of the strands of the group
    ChainBuilder(Wiring wiring, Layout.Group group, int worker) {
        this.wiring = wiring;
        parts = wiring.parts();
        this.group = group;
        this.worker = worker;
    }

    /// The chain. Meters are told which links count.
    ///
    /// @param own makes the links of this shape
    Chain build(Links own) {
        links = own;
        Head head = head();
        List<Link> inOrder = made;
        Collections.reverse(inOrder);
        made = new ArrayList<>();
        links = new SharedLinks();
        probe = new Probe(wiring.options().scheduler());
        Head timedHead = head();
        return new Chain(head, timedHead, inOrder, counting, outletsInOrder);
    }

    /// The inlet of the chain that was built, with its stopwatch where it is a source that is asked
    /// for items: one that emits them takes its own time, and a channel has none.
    Inlet timed(Inlet inlet) {
        Probe stopwatch = probe;
        boolean isAsked =
                group.input == null
                        && group.nodes.getFirst().operator() instanceof Operator.Origin(var source)
                        && !source.isPushed();
        return isAsked && stopwatch != null
                ? stopwatch.around(inlet, parts.meter(group.nodes.getFirst()))
                : inlet;
    }

    private Head head() {
        Node first = firstNode();
        Link entry = entersBehind() ? behind(first) : linkOf(first);
        Head head = links.head(parts.ending(), parts.guard(first), entry);
        counting.add(head);
        if (!group.nodes.isEmpty()) {
            parts.meter(group.nodes.getFirst()).fedBy(head);
        }
        return head;
    }

    /// The first node of the group, or the parallel one whose results it collects.
    private Node firstNode() {
        Layout.Edge input = group.input;
        return input != null && entersBehind() ? input.to() : group.nodes.getFirst();
    }

    private boolean entersBehind() {
        return group.input != null && group.input.topology() == Plan.Topology.ONE_TO_WORKERS_TO_ONE;
    }

    /// The link of a node, with all that is behind it.
    private Link linkOf(Node node) {
        StageGuard guard = parts.guard(node);
        return switch (node.operator()) {
            case Operator.Origin _, Operator.Buffer _, Operator.Merge _ -> behind(node);
            case Operator.MapItems(var function) ->
                    hasCare(node)
                            ? timed(node, links.step(step(node), guard, behind(node)))
                            : timed(node, links.map(function, guard, behind(node)));
            case Operator.Filter(var test) ->
                    hasCare(node)
                            ? counted(node, links.step(step(node), guard, behind(node)))
                            : counted(node, links.filter(test, guard, behind(node)));
            case Operator.FlatMap(var body) ->
                    counted(node, links.flatMap(body(node, body), guard, behind(node)));
            case Operator.Limit _ ->
                    timed(
                            node,
                            links.limit(parts.bucket(node), outletsInOrder, guard, behind(node)));
            case Operator.Batching(Batch batch) ->
                    counted(node, links.batch(bundle(node, batch), guard, behind(node)));
            case Operator.Unbatching() -> counted(node, links.unbatch(guard, behind(node)));
            case Operator.Broadcast _ -> timed(node, links.broadcast(branches(node)));
            case Operator.Sink(var consumer) ->
                    hasCare(node)
                            ? timed(node, links.step(step(node), guard, links.end()))
                            : timed(node, links.sink(consumer, guard));
        };
    }

    private List<Link> branches(Node split) {
        List<Link> branches = new ArrayList<>();
        for (Node child : wiring.graph().outputs(split)) {
            Link branch = links.pass(to(child));
            counting.add(branch);
            made.add(branch);
            parts.meter(split).countedBy(branch);
            if (wiring.layout().edgeInto(child) == null) {
                parts.meter(child).fedBy(branch);
            }
            branches.add(branch);
        }
        return branches;
    }

    private Link behind(Node node) {
        List<Node> outputs = wiring.graph().outputs(node);
        return outputs.isEmpty() ? links.end() : to(outputs.getFirst());
    }

    private Link to(Node child) {
        Layout.Edge edge = wiring.layout().edgeInto(child);
        if (edge == null) {
            return linkOf(child);
        }
        Node sender = senderInto(edge);
        if (sender == null) {
            throw new IllegalStateException("an edge must have a sender: stage=" + child.name());
        }
        Outlet outlet = outlets.get(child);
        if (outlet == null) {
            outlet = wiring.outlet(edge, group);
            if (sendsIntoSeveral()) {
                outlet = new ShowingOutlet(outlet, outletsInOrder);
            }
            outlets.put(child, outlet);
            outletsInOrder.add(outlet);
        }
        Link link = links.outlet(outlet, parts.guard(sender), child.name());
        Probe stopwatch = probe;
        return stopwatch == null ? link : stopwatch.around(link, outletTime);
    }

    private boolean sendsIntoSeveral() {
        return wiring.layout().edges().stream().filter(e -> senderInto(e) != null).count() > 1;
    }

    /// The node of this group that sends into an edge; null when none does.
    private @Nullable Node senderInto(Layout.Edge edge) {
        for (Node from : edge.from()) {
            if (group.nodes.contains(from) || (entersBehind() && from == firstNode())) {
                return from;
            }
        }
        return null;
    }

    private static boolean hasCare(Node node) {
        return !node.how().care().isNone();
    }

    private Step step(Node node) {
        return steps.computeIfAbsent(
                node, _ -> parts.careful(node, Steps.of(node.operator()), worker));
    }

    private BiConsumer<Object, Emitter<Object>> body(
            Node node, BiConsumer<Object, Emitter<Object>> body) {
        return hasCare(node)
                ? bodies.computeIfAbsent(
                        node, _ -> new CarefulBody(body, step -> parts.careful(node, step, worker)))
                : body;
    }

    private Bundle bundle(Node node, Batch batch) {
        Duration after = batch.after();
        long afterNs = after == null ? Long.MAX_VALUE : Scheduler.timeoutNs(after);
        return bundles.computeIfAbsent(node, _ -> new Bundle(batch.count(), afterNs));
    }

    private Link counted(Node node, Link link) {
        counting.add(link);
        parts.meter(node).countedBy(link);
        return timed(node, link);
    }

    private Link timed(Node node, Link link) {
        made.add(link);
        Probe stopwatch = probe;
        return stopwatch == null ? link : stopwatch.around(link, parts.meter(node));
    }

    /// What the chain is, in words, equal for chains that may share classes: its operators and the
    /// classes of its functions.
    String shape() {
        StringBuilder words = new StringBuilder(128);
        Node first = firstNode();
        if (first.operator() instanceof Operator.Origin(Source<?> source)) {
            words.append(source.shape());
        }
        if (entersBehind()) {
            describeBehind(first, words);
        } else {
            describe(first, words);
        }
        return words.toString();
    }

    private void describe(Node node, StringBuilder words) {
        words.append('|').append(node.operator().getClass().getSimpleName());
        words.append(hasCare(node) ? "!" : "");
        Object function =
                switch (node.operator()) {
                    case Operator.MapItems(var map) -> map;
                    case Operator.Filter(var test) -> test;
                    case Operator.FlatMap(var body) -> body;
                    case Operator.Sink(var consumer) -> consumer;
                    default -> null;
                };
        if (function != null) {
            words.append(' ').append(LinkClasses.nameOf(function));
        }
        describeBehind(node, words);
    }

    private void describeBehind(Node node, StringBuilder words) {
        for (Node child : wiring.graph().outputs(node)) {
            words.append('(');
            if (wiring.layout().edgeInto(child) == null) {
                describe(child, words);
            } else {
                words.append("edge");
            }
            words.append(')');
        }
    }
}
