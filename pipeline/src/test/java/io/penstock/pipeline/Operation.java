// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.channel.OverflowPolicy;
import io.penstock.stage.Emitter;
import io.penstock.stage.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// Every operator, for the conformance suite: how it is put behind a source of whole numbers, and
/// what comes out when nothing goes wrong.
enum Operation {
    MAP,
    FILTER("op") {
        @Override
        Pipeline build(ConformanceSubject on) {
            return on.end(on.begin().filter("op", item -> on.work(item) % 3 != 0, on.how()));
        }

        @Override
        List<Integer> expected(List<Integer> given) {
            return given.stream().filter(item -> item % 3 != 0).toList();
        }

        @Override
        boolean canRunAs(Model model) {
            return !model.isParallel();
        }
    },
    FLAT_MAP("op") {
        @Override
        Pipeline build(ConformanceSubject on) {
            return on.end(
                    on.begin()
                            .flatMap(
                                    "op",
                                    (Integer item, Emitter<Integer> out) ->
                                            out.emitAll(copies(on.work(item))),
                                    on.how()));
        }

        @Override
        List<Integer> expected(List<Integer> given) {
            return given.stream().flatMap(item -> copies(item).stream()).toList();
        }

        @Override
        boolean canRunAs(Model model) {
            return !model.isParallel();
        }
    },
    BATCH("lists", "items") {
        @Override
        Stages<Integer> behind(Stages<Integer> worked) {
            return worked.batch("lists", Batch.of(5)).unbatch("items");
        }
    },
    TIMED_BATCH("lists", "items") {
        @Override
        Stages<Integer> behind(Stages<Integer> worked) {
            return worked.batch("lists", Batch.of(5).orAfter(Duration.ofMillis(1)))
                    .unbatch("items");
        }
    },
    UNBATCH("items") {
        @Override
        Pipeline build(ConformanceSubject on) {
            Stages<List<Integer>> lists =
                    on.begin().map("op", item -> copies(on.work(item)), on.how());
            return on.end(lists.unbatch("items"));
        }

        @Override
        List<Integer> expected(List<Integer> given) {
            return FLAT_MAP.expected(given);
        }
    },
    LIMIT {
        @Override
        Stages<Integer> behind(Stages<Integer> worked) {
            return worked.limit("pace", Rate.perSecond(1_000));
        }
    },
    BUFFER {
        @Override
        Stages<Integer> behind(Stages<Integer> worked) {
            return worked.buffer("room", 2, OverflowPolicy.BLOCK);
        }
    },
    BUFFER_FAIL {
        @Override
        Stages<Integer> behind(Stages<Integer> worked) {
            return worked.buffer("room", 2, OverflowPolicy.FAIL);
        }

        @Override
        boolean isLossy() {
            return true; // where it fails
        }
    },
    BUFFER_DROP_NEWEST {
        @Override
        Stages<Integer> behind(Stages<Integer> worked) {
            return worked.buffer("room", 2, OverflowPolicy.DROP_NEWEST);
        }

        @Override
        boolean isLossy() {
            return true;
        }

        @Override
        List<Integer> certain(List<Integer> expected) {
            return expected.subList(0, Math.min(1, expected.size()));
        }
    },
    BUFFER_DROP_OLDEST {
        @Override
        Stages<Integer> behind(Stages<Integer> worked) {
            return worked.buffer("room", 2, OverflowPolicy.DROP_OLDEST);
        }

        @Override
        boolean isLossy() {
            return true;
        }

        @Override
        List<Integer> certain(List<Integer> expected) {
            return expected.subList(Math.max(0, expected.size() - 1), expected.size());
        }
    },
    CONFLATE {
        @Override
        Stages<Integer> behind(Stages<Integer> worked) {
            return worked.conflate("room", 2, item -> item % 2, (_, newer) -> newer);
        }

        @Override
        boolean isLossy() {
            return true;
        }

        @Override
        Order order(Model model) {
            return model.keepsKeyOrder() ? Order.BY_KEY : Order.NONE;
        }

        @Override
        List<Integer> certain(List<Integer> expected) {
            List<Integer> last = new ArrayList<>();
            for (int key = 0; key < 2; key++) {
                int wanted = key;
                expected.stream()
                        .filter(item -> item % 2 == wanted)
                        .reduce((_, newer) -> newer)
                        .ifPresent(last::add);
            }
            return last;
        }
    },
    MERGE {
        @Override
        Pipeline build(ConformanceSubject on) {
            Stages<Integer> other = Pipeline.from("other", on.other()).map("same", item -> item);
            return on.end(
                    on.begin().map("op", on::work, on.how()).merge("both", on.room(4), other));
        }

        @Override
        Order order(Model model) {
            return Order.NONE;
        }
    },
    BROADCAST("split") {
        @Override
        Pipeline build(ConformanceSubject on) {
            return on.begin()
                    .map("op", on::work, on.how())
                    .broadcast(
                            "split",
                            on::end,
                            copy ->
                                    copy.sink(
                                            "copy",
                                            on::copied,
                                            How.platform(1).capacity(on.room(2))));
        }
    },
    PARALLEL_SINK {
        @Override
        Pipeline build(ConformanceSubject on) {
            return on.begin().sink("op", item -> on.sink(on.work(item)), on.how());
        }

        @Override
        String sink() {
            return "op";
        }

        @Override
        Order order(Model model) {
            return !model.isParallel()
                    ? Order.ALL
                    : model == Model.VIRTUAL_3_BY_KEY ? Order.BY_KEY : Order.NONE;
        }
    },
    EMITTING_SOURCE,
    CHANNEL_SOURCE;

    /// What is left of an order in what comes out.
    enum Order {
        NONE,
        /// Of those with the same remainder by two.
        BY_KEY,
        ALL
    }

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<String> uncounted;

    /// @param uncounted stages that give more or less than one for each item
    Operation(String... uncounted) {
        this.uncounted = Set.of(uncounted);
    }

    /// A pipeline with the operator, one stage "op" that runs in the given way, and a sink.
    Pipeline build(ConformanceSubject on) {
        return on.end(behind(on.begin().map("op", on::work, on.how())));
    }

    /// What comes behind the stage "op".
    Stages<Integer> behind(Stages<Integer> worked) {
        return worked;
    }

    /// The name of its sink.
    String sink() {
        return "sink";
    }

    /// What comes out when all goes well; with a lossy one a part of it.
    List<Integer> expected(List<Integer> given) {
        return given;
    }

    /// Whether it may lose items although all goes well.
    boolean isLossy() {
        return false;
    }

    /// Of what is expected, what even a lossy one must let through, where the order is known.
    List<Integer> certain(List<Integer> expected) {
        return isLossy() ? List.of() : expected;
    }

    /// What is left of the order where it runs on such a stage.
    Order order(Model model) {
        return model.keepsOrder() ? Order.ALL : model.keepsKeyOrder() ? Order.BY_KEY : Order.NONE;
    }

    boolean canRunAs(Model model) {
        return true;
    }

    /// Whether a stage gives one result for each item that does not fail.
    boolean isCounted(String stage) {
        return !uncounted.contains(stage);
    }

    /// Whether as many items leave it as come in.
    boolean keepsCount() {
        return uncounted.isEmpty() || this == BATCH || this == TIMED_BATCH;
    }

    private static List<Integer> copies(int item) {
        return Collections.nCopies(item % 3, item);
    }
}
