// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// Lists of items.
final class BatchLink extends Link {
    private final Bundle bundle;
    private final StageGuard guard;
    private final Link to;

    BatchLink(Bundle bundle, StageGuard guard, Link to) {
        this.bundle = bundle;
        this.guard = guard;
        this.to = to;
    }

    @Override
    public void accept(Object item) {
        if (bundle.isTimed() && bundle.size() == 0) {
            bundle.begun(guard.scheduler().nanoTime());
        }
        if (bundle.add(item)) {
            handOn();
        }
    }

    @Override
    void finish() {
        if (bundle.size() > 0) {
            handOn();
        }
    }

    @Override
    boolean isTimed() {
        return bundle.isTimed();
    }

    @Override
    long deadlineNs() {
        return bundle.deadlineNs();
    }

    @Override
    void due() {
        finish();
    }

    @Override
    void abandon() {
        int left = bundle.size();
        if (left > 0) {
            guard.lost(bundle.take(), left);
        }
    }

    private void handOn() {
        count++;
        to.accept(bundle.take());
    }
}
