// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ManyToManyChannelTest extends ChannelContract {
    @Override
    <T> Channel.Builder<T> shape(Channel.Builder<T> builder) {
        return builder;
    }

    @Test
    void isDoneWhenAllHandlesAre() {
        Channel<Integer> channel = Channel.<Integer>builder("edge", 4).senders(2).build();
        Sender<Integer> first = channel.sender();
        Sender<Integer> second = channel.sender();
        first.send(1);
        first.done();
        first.done();
        assertThat(channel.send(2)).isTrue();
        assertThat(second.send(3)).isTrue();
        second.done();
        assertThat(second.send(4)).isFalse();
        assertThat(drained(channel)).containsExactly(1, 2, 3);
        assertThat(channel.isEnded()).isTrue();
    }
}
