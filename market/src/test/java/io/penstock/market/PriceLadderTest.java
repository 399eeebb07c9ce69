// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testing.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PriceLadderTest {
    @Test
    void doesWhatATreeMapDoes() throws Exception {
        Seeds.check(
                60,
                6_000,
                (random, size) -> {
                    Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
                    PriceLadder ladder = new PriceLadder(side);
                    NavigableMap<Long, Long> model = new TreeMap<>(best(side));
                    int range = 1 + random.nextInt(2 * size);
                    int removals = 1 + random.nextInt(5);
                    for (int i = 0; i < size; i++) {
                        step(random, ladder, model, random.nextInt(range), removals);
                    }
                    check(ladder, model);
                    for (Long price : new ArrayList<>(model.keySet())) {
                        ladder.remove(ladder.find(price));
                        model.remove(price);
                    }
                    check(ladder, model);
                });
    }

    @Test
    void growsAtEitherEndAndInBetween() {
        for (Side side : Side.values()) {
            PriceLadder ladder = new PriceLadder(side);
            NavigableMap<Long, Long> model = new TreeMap<>(best(side));
            for (long i = 0; i < 10_000; i++) {
                long price = i % 3 == 0 ? i : i % 3 == 1 ? -i : i * 7_919 % 10_000;
                int place = ladder.find(price);
                assertThat(place < 0).isEqualTo(!model.containsKey(price));
                if (place < 0) {
                    ladder.insert(-1 - place, price, i);
                    model.put(price, i);
                }
            }
            check(ladder, model);
            ladder.clear();
            model.clear();
            check(ladder, model);
            assertThat(ladder.find(0)).isEqualTo(-1);
        }
    }

    private static Comparator<Long> best(Side side) {
        return side == Side.BUY ? Comparator.reverseOrder() : Comparator.naturalOrder();
    }

    private static void step(
            SplittableRandom random,
            PriceLadder ladder,
            Map<Long, Long> model,
            long price,
            int removals) {
        int place = ladder.find(price);
        assertThat(place >= 0).isEqualTo(model.containsKey(price));
        long value = random.nextLong();
        if (place < 0) {
            ladder.insert(-1 - place, price, value);
            model.put(price, value);
        } else if (random.nextInt(6) < removals) {
            ladder.remove(place);
            model.remove(price);
        } else {
            ladder.setValue(place, value);
            model.put(price, value);
        }
    }

    private static void check(PriceLadder ladder, Map<Long, Long> model) {
        assertThat(ladder.size()).isEqualTo(model.size());
        List<Map.Entry<Long, Long>> levels = new ArrayList<>(model.entrySet());
        for (int i = 0; i < levels.size(); i++) {
            int place = ladder.placeOf(i);
            assertThat(ladder.price(place)).isEqualTo(levels.get(i).getKey());
            assertThat(ladder.value(place)).isEqualTo(levels.get(i).getValue());
            assertThat(ladder.find(levels.get(i).getKey())).isEqualTo(place);
        }
        assertThat(ladder.placeOf(levels.size())).isNegative();
    }
}
