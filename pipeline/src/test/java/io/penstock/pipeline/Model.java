// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

/// Every way in which a stage can run, for the conformance suite.
enum Model {
    FUSED(How.fused()),
    PLATFORM(How.platform(1)),
    PLATFORM_3(How.platform(3)),
    PLATFORM_3_UNORDERED(How.platform(3).unordered()),
    VIRTUAL(How.virtual(1)),
    VIRTUAL_3(How.virtual(3)),
    VIRTUAL_3_UNORDERED(How.virtual(3).unordered()),
    VIRTUAL_3_BY_KEY(How.virtual(3).orderedBy((Integer item) -> item % 2)),
    EVENT_LOOP(How.eventLoop());

    @SuppressWarnings("ImmutableEnumChecker") // its functions have no state
    private final How how;

    Model(How how) {
        this.how = how;
    }

    How how() {
        return how;
    }

    boolean isParallel() {
        return how.isParallel();
    }

    /// Whether results leave in the order in which the items came in.
    boolean keepsOrder() {
        return this != PLATFORM_3_UNORDERED
                && this != VIRTUAL_3_UNORDERED
                && this != VIRTUAL_3_BY_KEY;
    }

    /// Whether results of one key leave in the order in which its items came in.
    boolean keepsKeyOrder() {
        return keepsOrder() || this == VIRTUAL_3_BY_KEY;
    }

    /// Whether its functions may wait: an event loop that does is a mistake, but must end.
    boolean mayWait() {
        return this != EVENT_LOOP;
    }
}
