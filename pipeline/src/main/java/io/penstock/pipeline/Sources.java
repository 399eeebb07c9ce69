// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.stage.BlockingInlet;
import io.penstock.stage.ChannelSource;
import io.penstock.stage.Inlet;
import io.penstock.stage.Links;
import io.penstock.stage.PushInlet;
import io.penstock.stage.SourceStop;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The sources of a run: the inlets that ask them, and how they are stopped. Filled by the strand
/// that starts the run; any strand stops.
final class Sources {
    private final RunOptions options;
    private final StageParts parts;
    private final Map<String, SourceStop> stops = new LinkedHashMap<>();

    Sources(RunOptions options, StageParts parts) {
        this.options = options;
        this.parts = parts;
    }

    /// Where the group that begins with a source gets its items.
    Inlet inlet(Node node, Links links) {
        if (!(node.operator() instanceof Operator.Origin(Source<?> source))) {
            throw new IllegalStateException("a group must have an input: stage=" + node.name());
        }
        SourceStop stop = new SourceStop(options.scheduler(), parts.ending(), source.stop());
        stops.put(node.name(), stop);
        return switch (source.kind()) {
            case Source.Iterated<?>(var items) ->
                    source.isAtHand()
                            ? links.iterable(items, parts.ending())
                            : asked(Source.asked(node.name(), items), stop);
            case Source.Supplied<?>(Supplier<? extends @Nullable Object> supplier) ->
                    source.isAtHand()
                            ? links.supplier(supplier, parts.ending())
                            : asked(supplier, stop);
            case Source.Ranged<?>(long from, long to, var item) ->
                    links.range(from, to, item, parts.ending());
            case Source.Received<?>(var channel) ->
                    new ChannelSource(channel, parts.ending(), stop);
            case Source.Emitted<?> emitted ->
                    new PushInlet(
                            emitted.untyped()::run,
                            parts.ending(),
                            stop,
                            options.scheduler(),
                            parts.meter(node));
        };
    }

    private Inlet asked(Supplier<? extends @Nullable Object> supplier, SourceStop stop) {
        return new BlockingInlet(supplier, parts.ending(), stop);
    }

    /// Stops those that are being asked. Must not throw.
    void stop() {
        stops.forEach((name, source) -> parts.faults().call("onStop", name, source::stop));
    }
}
