// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testing.Seeds;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LongIntMapTest {
    @Test
    void doesWhatAHashMapDoes() throws Exception {
        Seeds.check(
                40,
                4_000,
                (random, size) -> {
                    LongIntMap map = new LongIntMap(4);
                    Map<Long, Integer> model = new HashMap<>();
                    long stride = random.nextBoolean() ? 1 : random.nextLong() | 1;
                    for (int i = 0; i < size; i++) {
                        long key = random.nextInt(1 + size / 4) * stride;
                        if (random.nextInt(3) > 0) {
                            map.put(key, i);
                            model.put(key, i);
                        } else {
                            Integer old = model.remove(key);
                            assertThat(map.remove(key)).isEqualTo(old == null ? -1 : old);
                        }
                        assertThat(map.size()).isEqualTo(model.size());
                    }
                    for (int i = 0; i <= size / 4; i++) {
                        assertThat(map.get(i * stride))
                                .isEqualTo(model.getOrDefault(i * stride, -1));
                    }
                });
    }

    @Test
    void forgetsEverythingWhenCleared() {
        LongIntMap map = new LongIntMap(2);
        map.put(Long.MIN_VALUE, 3);
        map.put(0, 4);
        map.clear();
        assertThat(map.size()).isZero();
        assertThat(map.get(Long.MIN_VALUE)).isEqualTo(LongIntMap.ABSENT);
        assertThat(map.get(0)).isEqualTo(LongIntMap.ABSENT);
    }
}
