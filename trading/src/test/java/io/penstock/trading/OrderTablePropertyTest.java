// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.Side;
import io.penstock.strategy.OrderState;
import io.penstock.testing.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderTablePropertyTest {
    @Test
    void findsWhatANaiveTableFinds() throws Exception {
        Seeds.check(
                200,
                400,
                (random, size) -> {
                    OrderTable table = new OrderTable(new OmsConfiguration.Capacity(8, 5, 1, 1), 2);
                    Map<Long, Boolean> open = new LinkedHashMap<>();
                    List<Long> ended = new ArrayList<>();
                    long lastId = 0;
                    Order terms = new Order();
                    terms.isConfirmed = true;
                    for (int i = 0; i < size; i++) {
                        if (table.hasRoom() && random.nextBoolean()) {
                            terms.id = lastId += 1 + random.nextLong(1L << random.nextInt(40));
                            terms.side = random.nextBoolean() ? Side.BUY : Side.SELL;
                            table.add(terms);
                            open.put(terms.id, true);
                        } else if (!open.isEmpty()) {
                            long id =
                                    new ArrayList<>(open.keySet()).get(random.nextInt(open.size()));
                            table.setState(table.find(id), OrderState.CANCELLED);
                            open.remove(id);
                            ended.add(id);
                        }
                        assertThat(table.working()).isEqualTo(open.size());
                        open.keySet().forEach(id -> assertThat(table.find(id).id).isEqualTo(id));
                        int first = Math.max(0, ended.size() - 5);
                        for (int k = 0; k < ended.size(); k++) {
                            assertThat(table.find(ended.get(k)) != null).isEqualTo(k >= first);
                        }
                    }
                });
    }

    @Test
    void remembersTheLastExecutionsOnly() throws Exception {
        Seeds.check(
                200,
                300,
                (random, size) -> {
                    int capacity = 1 + random.nextInt(20);
                    ExecutionIds fast = new ExecutionIds(capacity);
                    List<Long> naive = new ArrayList<>();
                    for (int i = 0; i < size; i++) {
                        long id = random.nextLong(2L * capacity);
                        long order = id / 3;
                        boolean isNew = !naive.contains(id);
                        assertThat(fast.add(id % 2, id, order, 1)).isEqualTo(isNew);
                        if (isNew) {
                            naive.add(id);
                        }
                        if (naive.size() > capacity) {
                            naive.removeFirst();
                        }
                    }
                });
    }
}
