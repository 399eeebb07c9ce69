// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// The topologies of a channel.
enum ChannelShape {
    ONE_TO_ONE(1, 1),
    ONE_TO_MANY(1, 4),
    MANY_TO_MANY(4, 4);

    /// Most strands that a test lets send.
    final int senders;

    /// Most strands that a test lets receive.
    final int receivers;

    ChannelShape(int senders, int receivers) {
        this.senders = senders;
        this.receivers = receivers;
    }

    <T> Channel.Builder<T> of(Channel.Builder<T> builder) {
        return switch (this) {
            case ONE_TO_ONE -> builder.oneToOne();
            case ONE_TO_MANY -> builder.oneToMany();
            case MANY_TO_MANY -> builder;
        };
    }

    /// Integers modulo 100 are the keys where items are merged.
    Channel.Builder<Integer> integers(int capacity, OverflowPolicy policy) {
        Channel.Builder<Integer> builder = of(Channel.builder("edge", capacity));
        return policy == OverflowPolicy.CONFLATE
                ? builder.conflate(item -> item % 100, (older, newer) -> newer)
                : builder.overflow(policy);
    }

    static Stream<Arguments> withPolicies() {
        List<Arguments> all = new ArrayList<>();
        for (ChannelShape shape : values()) {
            for (OverflowPolicy policy : OverflowPolicy.values()) {
                all.add(Arguments.of(shape, policy));
            }
        }
        return all.stream();
    }
}
