// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

/// What can go wrong, for the conformance suite.
enum Trouble {
    NONE("nothing", "done, with every item"),
    THROW("the stage throws an exception at one item", "failed: that stage, that item"),
    ERROR("the stage throws an error at one item", "failed: that stage, that item"),
    SKIP("the stage throws at one item, and its policy skips it", "done, without it"),
    DEAD_LETTER(
            "the stage throws at one item, and its policy hands it over",
            "done, without it, and it was handed over"),
    RETRY("the stage throws at the first attempt at each item", "done, with every item"),
    SLOW("the stage takes long for each item", "done, with every item"),
    CANCEL("the stage hangs at one item, and the run is cancelled", "cancelled"),
    DRAIN("the run is drained while its source still gives", "done, with all that was given"),
    DEADLINE("the stage hangs at one item until its deadline", "done, without it"),
    FULL_EDGE(
            "the edges hold one item for each worker (those of `buffer` and `conflate` two, of"
                    + " `limit` what it has by default), and the sink is slow",
            "done, with every item"),
    DEAD_CONSUMER("the sink throws", "failed: the sink"),
    INTERRUPT("the code of the stage leaves its strand interrupted", "an end, and the account"),
    BAD_SOURCE("the source throws in the middle", "failed: the source"),
    FAULTS(
            "faults by choice, at any item: source, stage and sink stall, the stage throws;"
                    + " where a channel is the source, it loses and doubles messages and says that"
                    + " it is full",
            "done, with all that was given but what was handed over as dead letters");

    private final String meaning;
    private final String end;

    Trouble(String meaning, String end) {
        this.meaning = meaning;
        this.end = end;
    }

    /// In words.
    String meaning() {
        return meaning;
    }

    /// How the run must end, in words.
    String end() {
        return end;
    }
}
