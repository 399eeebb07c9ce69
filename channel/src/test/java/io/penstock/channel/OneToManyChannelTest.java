// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

class OneToManyChannelTest extends ChannelContract {
    @Override
    <T> Channel.Builder<T> shape(Channel.Builder<T> builder) {
        return builder.oneToMany();
    }
}
