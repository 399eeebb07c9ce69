// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// A function with care around it: it may have no result for an item.
final class StepLink extends Link {
    private final Step step;
    private final StageGuard guard;
    private final Link to;

    StepLink(Step step, StageGuard guard, Link to) {
        this.step = step;
        this.guard = guard;
        this.to = to;
    }

    @Override
    public void accept(Object item) {
        Object result;
        try {
            result = guard.result(step.apply(item));
        } catch (Throwable e) { // whatever the user's code throws ends here
            guard.failed(item, e);
            return;
        }
        if (!Step.isNothing(result)) {
            count++;
            to.accept(result);
        }
    }
}
