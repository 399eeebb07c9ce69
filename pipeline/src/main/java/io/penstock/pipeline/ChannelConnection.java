// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.Channel;
import io.penstock.channel.EdgeStatistics;
import io.penstock.channel.OverflowPolicy;
import io.penstock.stage.ChannelInlet;
import io.penstock.stage.ChannelOutlet;
import io.penstock.stage.Inlet;
import io.penstock.stage.Outlet;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;

/// An edge that is a channel.
final class ChannelConnection implements Connection {
    private final Channel<Object> channel;
    private final boolean waits;
    private final int senders;

    ChannelConnection(Layout.Edge edge, RunOptions options, Consumer<Object> undelivered) {
        Channel.Builder<Object> builder = Channel.builder(edge.name(), edge.capacity());
        builder.scheduler(options.scheduler()).undelivered(undelivered);
        boolean conflates = false;
        if (edge.to().operator() instanceof Operator.Buffer buffer) {
            Function<Object, ?> key = buffer.key();
            BinaryOperator<Object> merge = buffer.merge();
            if (key != null && merge != null) {
                builder.conflate(key, merge);
                conflates = true;
            }
        }
        if (!conflates) {
            builder.overflow(edge.overflow());
        }
        switch (edge.topology()) {
            case ONE_TO_ONE -> builder.oneToOne();
            case ONE_TO_MANY -> builder.oneToMany();
            case MANY_TO_ONE -> builder.senders(edge.from().size());
            case ONE_TO_WORKERS_TO_ONE ->
                    throw new IllegalArgumentException("edge must be a queue: " + edge.name());
        }
        channel = builder.build();
        senders = edge.from().size();
        waits = conflates || edge.overflow() == OverflowPolicy.BLOCK;
    }

    @Override
    public Outlet outlet() {
        return new ChannelOutlet(channel, channel.sender(), senders > 1);
    }

    @Override
    public Inlet inlet() {
        return new ChannelInlet(channel);
    }

    @Override
    public boolean waitsForRoom() {
        return waits;
    }

    @Override
    public boolean hasRoom() {
        return !waits || channel.size() < channel.capacity();
    }

    @Override
    public void cancel() {
        channel.cancel();
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public EdgeStatistics statistics() {
        return channel.statistics();
    }
}
