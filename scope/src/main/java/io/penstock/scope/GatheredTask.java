// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import org.jspecify.annotations.Nullable;

/// A task that works on one input of a [Gather]. Its name is made when somebody asks for it.
final class GatheredTask<I, R extends @Nullable Object> extends Task<R> {
    private final Gather<I, R> gather;
    private final int index;
    private final I input;

    GatheredTask(Gather<I, R> gather, int index, I input, Context context) {
        super(gather.scope(), context);
        this.gather = gather;
        this.index = index;
        this.input = input;
    }

    @Override
    public String name() {
        return scope().name() + "#" + index;
    }

    @Override
    String strandName() {
        return scope().name();
    }

    @Override
    R work() throws Exception {
        return gather.work(input);
    }

    @Override
    void release() {
        gather.settled(index, this);
    }
}
