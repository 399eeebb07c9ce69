// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import java.util.Locale;

/// What ours shall reach beside a rival of the same workload.
///
/// @param ours name of the variant
/// @param rival name of the variant that it is measured against
/// @param form how the two are divided
/// @param bound the least quotient, or for `TIMES_AS_MUCH` the greatest
public record Aim(Workload workload, String ours, String rival, Form form, double bound) {
    /// How two values are divided.
    public enum Form {
        /// How many times as fast ours is; at least the bound.
        TIMES_AS_FAST,
        /// Ours through the rival's, of what should be small; at most the bound.
        TIMES_AS_MUCH
    }

    /// Ours is to be at least this many times as fast.
    public static Aim faster(Workload workload, String ours, String rival, double bound) {
        return new Aim(workload, ours, rival, Form.TIMES_AS_FAST, bound);
    }

    /// Ours is to take at most this many times as much.
    public static Aim atMost(Workload workload, String ours, String rival, double bound) {
        return new Aim(workload, ours, rival, Form.TIMES_AS_MUCH, bound);
    }

    /// The quotient of two values of the metric of the workload.
    double ratio(double oursValue, double rivalValue) {
        boolean isOursOnTop = form == Form.TIMES_AS_MUCH || workload.metric().isMoreBetter();
        return isOursOnTop ? oursValue / rivalValue : rivalValue / oursValue;
    }

    boolean isMetBy(double ratio) {
        return form == Form.TIMES_AS_FAST ? ratio >= bound : ratio <= bound;
    }

    /// The bound for people.
    String text() {
        String digits = bound == Math.rint(bound) ? "%.0f" : "%s";
        Object value = bound == Math.rint(bound) ? (Object) bound : (Object) Double.toString(bound);
        return (form == Form.TIMES_AS_FAST ? ">= " : "<= ")
                + String.format(Locale.ROOT, digits, value);
    }
}
