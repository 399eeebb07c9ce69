// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ChannelSourceTest {
    private final List<Integer> results = new ArrayList<>();

    static Stream<Channel<Integer>> channels() {
        return Stream.of(
                Channel.<Integer>builder("orders", 4).build(),
                Channel.<Integer>builder("orders", 4).oneToOne().build(),
                Channel.<Integer>builder("orders", 4).oneToMany().build(),
                Channel.<Integer>builder("orders", 4).conflate(item -> item, (_, b) -> b).build());
    }

    private Pipeline pipeline(Source<Integer> source) {
        return Pipeline.from("in", source).sink("sink", results::add);
    }

    private Ended.Failed failed(Channel<Integer> channel) throws Exception {
        Ended ended = Models.run(pipeline(Source.from(channel)));
        assertThat(ended).isInstanceOf(Ended.Failed.class);
        Ended.Failed failed = (Ended.Failed) ended;
        assertThat(failed.stage()).isEqualTo("in");
        assertThat(failed.item()).isNull();
        return failed;
    }

    @ParameterizedTest
    @MethodSource("channels")
    void isDoneWithADoneChannel(Channel<Integer> channel) throws Exception {
        channel.send(1);
        channel.send(2);
        channel.done();
        assertThat(Models.run(pipeline(Source.from(channel)))).isInstanceOf(Ended.Done.class);
        assertThat(results).containsExactly(1, 2);
        channel.close();
        assertThat(Models.run(pipeline(Source.from(channel)))).isInstanceOf(Ended.Done.class);
    }

    @ParameterizedTest
    @MethodSource("channels")
    void failsWithAFailedChannel(Channel<Integer> channel) throws Exception {
        channel.send(1);
        channel.fail(new IllegalStateException("upstream"));
        assertThat(failed(channel).cause())
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("channel=orders")
                .hasRootCauseMessage("upstream");
        assertThat(results).containsExactly(1);
    }

    @ParameterizedTest
    @MethodSource("channels")
    void failsWithACancelledChannel(Channel<Integer> channel) throws Exception {
        channel.send(1);
        channel.cancel();
        assertThat(failed(channel).cause())
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("channel=orders");
    }

    @ParameterizedTest
    @MethodSource("channels")
    void failsWithAChannelThatIsClosedBeforeItIsEmpty(Channel<Integer> channel) throws Exception {
        channel.send(1);
        channel.done();
        channel.close();
        assertThat(failed(channel).cause())
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("channel=orders");
    }

    @Test
    void failsWithAChannelThatIsCancelledWhileItRuns() throws Exception {
        Channel<Integer> channel = Channel.<Integer>builder("orders", 4).build();
        CountDownLatch received = new CountDownLatch(1);
        Pipeline pipeline =
                Pipeline.from("in", Source.from(channel)).sink("sink", _ -> received.countDown());
        try (Run run = pipeline.start()) {
            channel.send(1);
            received.await();
            channel.cancel(new IllegalStateException("given up"));
            Ended ended = Models.ended(run);
            assertThat(ended).isInstanceOf(Ended.Failed.class);
            assertThat(((Ended.Failed) ended).cause()).hasRootCauseMessage("given up");
        }
    }

    /// A channel may be what stops its source.
    @Test
    void isDoneWithAChannelThatADrainCancels() throws Exception {
        Channel<Integer> channel = Channel.<Integer>builder("orders", 4).build();
        Source<Integer> source = Source.from(channel);
        try (Run run = pipeline(source.onStop(channel::cancel)).start()) {
            assertThat(run.drain(Models.LONG)).isInstanceOf(Ended.Done.class);
        }
    }
}
