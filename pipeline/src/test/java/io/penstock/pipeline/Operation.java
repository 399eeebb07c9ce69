// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.OverflowPolicy;
import io.penstock.stage.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Every operator, for the conformance suite: how it is put behind a source of whole numbers, and
/// what comes out when nothing goes wrong. `work` is applied to each item that passes through.
enum Operation {
    MAP(true) {
        @Override
        Stages<Integer> add(Stages<Integer> to, How how, UnaryOperator<Integer> work) {
            return to.map("op", work, how);
        }
    },
    FILTER(false) {
        @Override
        Stages<Integer> add(Stages<Integer> to, How how, UnaryOperator<Integer> work) {
            return to.filter("op", item -> work.apply(item) % 3 != 0, how);
        }

        @Override
        List<Integer> expected(int count) {
            return numbers(count).stream().filter(item -> item % 3 != 0).toList();
        }
    },
    FLAT_MAP(false) {
        @Override
        Stages<Integer> add(Stages<Integer> to, How how, UnaryOperator<Integer> work) {
            return to.flatMap(
                    "op",
                    (Integer item, io.penstock.stage.Emitter<Integer> out) -> {
                        int result = work.apply(item);
                        for (int i = 0; i < item % 3; i++) {
                            out.emit(result);
                        }
                    },
                    how);
        }

        @Override
        List<Integer> expected(int count) {
            List<Integer> all = new ArrayList<>();
            for (int item : numbers(count)) {
                for (int i = 0; i < item % 3; i++) {
                    all.add(item);
                }
            }
            return all;
        }
    },
    BATCH(true) {
        @Override
        Stages<Integer> add(Stages<Integer> to, How how, UnaryOperator<Integer> work) {
            return to.map("op", work, how).batch("lists", Batch.of(5)).unbatch("items");
        }
    },
    TIMED_BATCH(true) {
        @Override
        Stages<Integer> add(Stages<Integer> to, How how, UnaryOperator<Integer> work) {
            return to.map("op", work, how)
                    .batch("lists", Batch.of(5).orAfter(Duration.ofMillis(1)))
                    .unbatch("items");
        }
    },
    LIMIT(true) {
        @Override
        Stages<Integer> add(Stages<Integer> to, How how, UnaryOperator<Integer> work) {
            return to.map("op", work, how).limit("pace", Rate.perSecond(1_000));
        }
    },
    BUFFER(true) {
        @Override
        Stages<Integer> add(Stages<Integer> to, How how, UnaryOperator<Integer> work) {
            return to.map("op", work, how).buffer("room", 2, OverflowPolicy.BLOCK);
        }
    },
    MERGE(true) {
        @Override
        Stages<Integer> add(Stages<Integer> to, How how, UnaryOperator<Integer> work) {
            Stages<Integer> other =
                    Pipeline.from("other", Source.of(List.of(101, 102, 103)))
                            .map("same", item -> item);
            return to.map("op", work, how).merge("both", other);
        }

        @Override
        List<Integer> expected(int count) {
            List<Integer> all = new ArrayList<>(numbers(count));
            all.addAll(List.of(101, 102, 103));
            return all;
        }

        @Override
        boolean keepsOrder() {
            return false;
        }
    };

    private final boolean isParallel;

    Operation(boolean isParallel) {
        this.isParallel = isParallel;
    }

    /// Adds the operator, with one stage "op" that runs in the given way.
    abstract Stages<Integer> add(Stages<Integer> to, How how, UnaryOperator<Integer> work);

    /// What comes out for the numbers from 1.
    List<Integer> expected(int count) {
        return numbers(count);
    }

    boolean keepsOrder() {
        return true;
    }

    boolean canRunAs(Model model) {
        return isParallel || !model.isParallel();
    }

    static List<Integer> numbers(int count) {
        List<Integer> all = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            all.add(i);
        }
        return all;
    }
}
