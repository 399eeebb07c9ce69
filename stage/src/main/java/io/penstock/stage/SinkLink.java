// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.function.Consumer;

/// The end of a stream.
final class SinkLink extends Link {
    private final Consumer<Object> consumer;
    private final StageGuard guard;

    SinkLink(Consumer<Object> consumer, StageGuard guard) {
        this.consumer = consumer;
        this.guard = guard;
    }

    @Override
    public void accept(Object item) {
        try {
            consumer.accept(item);
        } catch (Throwable e) { // whatever the user's code throws ends here
            guard.failed(item, e);
        }
    }
}
