// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// The items of lists.
final class UnbatchLink extends Link {
    private final StageGuard guard;
    private final Link to;

    UnbatchLink(StageGuard guard, Link to) {
        this.guard = guard;
        this.to = to;
    }

    @Override
    public void accept(Object item) {
        if (!(item instanceof Iterable<?> items)) {
            String type = item.getClass().getName();
            guard.failed(item, new ClassCastException("unbatch must get lists: type=" + type));
            return;
        }
        for (Object each : items) {
            count++;
            to.accept(StageGuard.required(each));
        }
    }
}
