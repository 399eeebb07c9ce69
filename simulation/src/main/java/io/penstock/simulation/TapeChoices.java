// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

/// Choices read from a tape. Tolerant, so that a tape survives small changes of the program and can
/// be cut: a number that is too large counts as the largest possible one, and after the end comes
/// the ordinary course.
final class TapeChoices extends Choices {
    private final int[] values;
    private int next;

    TapeChoices(Freedom freedom, int... values) {
        super(freedom);
        this.values = values;
    }

    @Override
    int draw(Choice choice, int bound) {
        return next < values.length ? Math.min(values[next++], bound - 1) : 0;
    }
}
