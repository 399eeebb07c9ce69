// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// What a stage does with one item. Types are gone at this level.
@FunctionalInterface
public interface Step {
    /// The result of a step that has none for this item: it was filtered out, skipped, or handed to
    /// the dead letters. Compared by identity.
    Object NOTHING =
            new Object() {
                @Override
                public String toString() {
                    return "nothing";
                }
            };

    /// Whether a result is [#NOTHING].
    @SuppressWarnings("ReferenceEquality") // it has an identity only
    static boolean isNothing(Object result) {
        return result == NOTHING;
    }

    /// Works on one item.
    ///
    /// @return the result, or [#NOTHING]; never null
    Object apply(Object item) throws Exception;
}
