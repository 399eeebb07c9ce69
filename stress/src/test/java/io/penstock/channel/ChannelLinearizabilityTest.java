// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever senders and receivers do at once, they see results that they could have seen one after
/// another: Lincheck compares with a queue that only knows one thread. On each storage, under each
/// policy that does not wait.
///
/// A receiver that finds nothing while an item is on its way asks again: a channel hands items out
/// in the order in which room was taken for them, so the next one may still be written when one
/// behind it is there, and then there is nothing to receive.
///
/// Several senders that drop the oldest are not among them: each makes room and then takes some,
/// which are two steps that others may come between, as the policy says. Lincheck shows it.
@Tag("nightly")
class ChannelLinearizabilityTest {
    static Stream<Arguments> channelsAndQueues() {
        return Stream.of(
                arguments(ChannelQueues.Refusing.class, ChannelQueues.RefusingQueue.class),
                arguments(
                        ChannelQueues.DroppingNewest.class,
                        ChannelQueues.DroppingNewestQueue.class),
                arguments(ChannelQueues.Conflating.class, ChannelQueues.ConflatingQueue.class),
                arguments(ChannelQueues.OneSender.class, ChannelQueues.RefusingQueue.class),
                arguments(
                        ChannelQueues.OneSenderDroppingOldest.class,
                        ChannelQueues.DroppingOldestQueue.class),
                arguments(ChannelQueues.OneToOne.class, ChannelQueues.RefusingQueue.class),
                arguments(
                        ChannelQueues.OneToOneDroppingNewest.class,
                        ChannelQueues.DroppingNewestQueue.class));
    }

    /// Two threads of the machine, which are all that a small one has; Lincheck's wait for each
    /// other by spinning.
    @ParameterizedTest
    @MethodSource("channelsAndQueues")
    void isLinearizableOnRealThreads(Class<?> channel, Class<?> queue) {
        new StressOptions()
                .iterations(5)
                .invocationsPerIteration(500)
                .threads(2)
                .actorsPerThread(4)
                .sequentialSpecification(queue)
                .check(channel);
    }

    /// Three threads, one at a time, in orders of Lincheck's choice.
    @ParameterizedTest
    @MethodSource("channelsAndQueues")
    void isLinearizableInOrdersThatAreChosen(Class<?> channel, Class<?> queue) {
        new ModelCheckingOptions()
                .iterations(20)
                .invocationsPerIteration(200)
                .threads(3)
                .actorsPerThread(3)
                .sequentialSpecification(queue)
                .check(channel);
    }
}
