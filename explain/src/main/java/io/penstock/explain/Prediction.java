// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

/// What a change is expected to do to the rate of the whole pipeline.
///
/// @param before items of the sources per second, with the advice before this one followed
/// @param after items of the sources per second
/// @param isAtMost whether less is as likely: the measurements only bound it
public record Prediction(double before, double after, boolean isAtMost) {
    /// The gain, as a share of what was: 0.38 for 38 % more.
    public double gain() {
        return before > 0 ? after / before - 1 : 0;
    }
}
