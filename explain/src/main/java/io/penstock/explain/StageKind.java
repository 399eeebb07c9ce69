// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

/// What a stage does with its items, as far as it decides where the stage may run.
public enum StageKind {
    SOURCE("source"),
    MAP("map"),
    FILTER("filter"),
    FLAT_MAP("flatMap"),
    BATCH("batch"),
    UNBATCH("unbatch"),
    LIMIT("limit"),
    BUFFER("buffer"),
    MERGE("merge"),
    BROADCAST("broadcast"),
    SINK("sink");

    private final String word;

    StageKind(String word) {
        this.word = word;
    }

    /// The kind of an operator as a plan writes it: `batch(256, 2.0 ms)`.
    static StageKind of(String operator) {
        int end = operator.indexOf('(');
        String first = end < 0 ? operator : operator.substring(0, end);
        for (StageKind kind : values()) {
            if (kind.word.equals(first)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("operator must be known: operator=" + operator);
    }

    /// Whether it can work on several items at a time.
    boolean canBeParallel() {
        return this == MAP || this == SINK;
    }

    /// Whether it can be moved to a strand of its own.
    boolean canMove() {
        return canBeParallel() || this == FILTER || this == FLAT_MAP;
    }
}
