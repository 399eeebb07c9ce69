// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.EventKind;
import io.penstock.market.MarketEvent;
import io.penstock.testing.Seeds;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FloorBooksTest {
    @Test
    void writeTheCodesOfTheKindsTheyMean() {
        assertThat(EventKind.QUOTE.code()).isEqualTo((byte) 1);
        assertThat(EventKind.LEVEL.code()).isEqualTo((byte) 3);
        assertThat(EventKind.CLEAR.code()).isEqualTo((byte) 4);
        assertThat(EventKind.ORDER_ADD.code()).isEqualTo((byte) 5);
        assertThat(EventKind.ORDER_REDUCE.code()).isEqualTo((byte) 6);
        assertThat(EventKind.ORDER_DELETE.code()).isEqualTo((byte) 7);
        assertThat(EventKind.ORDER_EXECUTE.code()).isEqualTo((byte) 8);
        assertThat(EventKind.ORDER_REPLACE.code()).isEqualTo((byte) 9);
        assertThat(EventKind.GAP.code()).isEqualTo((byte) 11);
        assertThat(EventKind.REFERENCE.code()).isEqualTo((byte) 13);
    }

    @Test
    void followTheBestPrice() throws Exception {
        Seeds.check(
                30,
                2_000,
                (random, size) -> {
                    for (int sign : new int[] {1, -1}) {
                        PriceArray array = new PriceArray(sign, 900, 1_400);
                        TreeMap<Long, Long> model = new TreeMap<>();
                        for (int i = 0; i < size; i++) {
                            long price = 900 + random.nextLong(501);
                            long lots = random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 0;
                            array.set(array.place(price), lots);
                            model.put(price * sign, lots);
                            model.values().removeIf(value -> value == 0);
                            assertThat(array.bestPrice())
                                    .isEqualTo(
                                            model.isEmpty()
                                                    ? MarketEvent.NO_PRICE
                                                    : model.lastKey() * sign);
                            assertThat(array.bestLots())
                                    .isEqualTo(model.isEmpty() ? 0 : model.lastEntry().getValue());
                        }
                        array.clear();
                        assertThat(array.bestPrice()).isEqualTo(MarketEvent.NO_PRICE);
                    }
                });
    }

    @Test
    void findTheirOrders() throws Exception {
        Seeds.check(
                30,
                3_000,
                (random, size) -> {
                    IdTable table = new IdTable(64);
                    Map<Long, Long> model = new HashMap<>();
                    for (int i = 0; i < size; i++) {
                        long id = random.nextInt(100) * (random.nextBoolean() ? 1L : 1L << 32);
                        int slot = table.find(id);
                        assertThat(slot < 0 ? null : (Long) table.lots(slot))
                                .isEqualTo(model.get(id));
                        if (slot >= 0) {
                            table.remove(slot);
                            model.remove(id);
                        } else if (model.size() < 64) {
                            table.put(id, i, i);
                            model.put(id, (long) i);
                        }
                    }
                });
    }
}
