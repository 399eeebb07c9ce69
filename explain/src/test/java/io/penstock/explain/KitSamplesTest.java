// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.explain.KitSamples.Order;
import io.penstock.explain.KitSamples.Tick;
import io.penstock.explain.KitSamples.Venue;
import io.penstock.pipeline.Ended;
import io.penstock.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class KitSamplesTest {
    private record FixedVenue(long price) implements Venue {
        @Override
        public long price(String symbol) {
            return price;
        }

        @Override
        public void abort() {}
    }

    @Test
    void sendThroughChannels() throws Exception {
        assertThat(KitSamples.oneProducerFourConsumers()).isEqualTo(1_999L * 2_000);
        assertThat(KitSamples.conflated()).isEqualTo("Tick[symbol=A, price=11] 3 = 0 + 1 + 2");
        assertThat(KitSamples.dropped()).containsExactly(new Order("A", 1), new Order("B", 2));
    }

    @Test
    void askInScopes() throws Exception {
        assertThat(KitSamples.bothOrNeither(new FixedVenue(10), new FixedVenue(11))).isOne();
        assertThat(KitSamples.sumOfThoseInTime(new FixedVenue(10), List.of("A", "B")))
                .isEqualTo(20);
    }

    @Test
    void runAPipeline() throws Exception {
        List<Tick> feed = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            feed.add(new Tick("S" + i % 7, i % 10));
        }
        List<Order> sent = new ArrayList<>();
        List<Tick> letters = new ArrayList<>();
        Pipeline pipeline = KitSamples.pipeline(feed, new FixedVenue(1), sent, letters);
        assertThat(KitSamples.plan(pipeline)).contains("enrich", "virtual(64)");
        Ended ended = KitSamples.run(pipeline);
        assertThat(KitSamples.how(ended)).isEqualTo("done, balanced: true");
        assertThat(letters).isEmpty();
        assertThat(sent.stream().mapToLong(Order::quantity).sum()).isEqualTo(900);
        assertThat(KitSamples.watched(pipeline, new ArrayList<>())).isInstanceOf(Ended.Done.class);
        Ended calibrated = KitSamples.calibrated(pipeline);
        assertThat(calibrated).isInstanceOf(Ended.Done.class);
        assertThat(Objects.requireNonNull(KitSamples.tuned(pipeline, calibrated)).name())
                .isEqualTo("feed");
    }
}
