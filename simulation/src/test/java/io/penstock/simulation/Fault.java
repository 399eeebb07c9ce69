// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

/// One line that is wrong in a copy of a class of the kit.
enum Fault {
    NONE("nothing"),

    // CopiedRing
    WAKES_BEFORE_PUBLISHING("the receiver is woken before the item can be seen"),
    PARKS_WITHOUT_LOOKING("after arming, the condition is not looked at again"),
    TRUSTS_THE_WAKE_UP("after waking, the condition is not looked at again"),
    ENDS_WITHOUT_WAKING("done() drops the signal to the receiver"),
    ENDS_BEFORE_PUBLISHING("done() ends the ring before what is committed is published"),
    LOOKS_FOR_THE_END_LAST("the receiver looks for items first and for the end second"),
    TELLS_TOO_SELDOM("the sender is told of room only after two rounds of the ring"),
    CANCELS_ONE_SIDE("cancel() wakes the receiver only"),
    DROPS_WITHOUT_CLAIMING("the sender drops the oldest item by a plain write of the head"),
    ARMS_AFTER_LOOKING("the wait is armed after the last look instead of before it"),

    // CopiedChannel
    TIMEOUT_FORGETS_THE_VALUE("a receive that times out forgets the value that it was handed"),
    INTERRUPT_FORGETS_THE_VALUE("an interrupted receive forgets the value that it was handed"),
    TIMEOUT_KEEPS_THE_SIGNAL("a send that times out keeps the signal that was meant for the next"),
    ROOM_GIVEN_BACK_EARLY("the permit of an item is given back before the item is out"),
    SENDERS_COUNTED_IN_TWO_STEPS("the senders that are left are counted in two steps"),
    END_WAKES_ONE("the end wakes one receiver instead of all"),
    MERGES_IN_TWO_STEPS("a conflating send reads and writes in two steps"),
    ONE_WAKE_FOR_A_BATCH("a batch of items wakes one receiver, which wakes no other"),

    // CopiedMutex
    TAKES_WITHOUT_LOOKING("a woken strand takes the mutex without looking whether it is free"),
    TIMEOUT_LEAVES_THE_GRANT("a lock that times out does not look whether it was granted"),

    // CopiedScope
    ENDS_BEFORE_THE_RESULT("a task counts as ended before its result is there"),
    FORKS_PAST_THE_CANCEL("a fork looks for the cancel before it joins the list, not after"),
    TIMEOUT_AND_RESULT("a deadline fires without claiming the task"),
    PERMIT_BACK_AT_THE_DEADLINE("the deadline gives the permit back while the work still runs"),
    LOSES_A_HOOK("a hook that is added while the scope is cancelled is not run");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
