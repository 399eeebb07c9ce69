// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

/// A rate that cannot be passed, and who sets it.
///
/// @param rate items of the sources per second; infinite where nothing that was measured sets one
/// @param cause what would have to change to pass it
/// @param stage name of the stage or resource that sets it; empty for [Cause#CORES]
public record Limit(double rate, Cause cause, String stage) {

    /// What sets a limit.
    public enum Cause {
        /// All cores compute: `cores / sum of processor time`.
        CORES("the cores"),
        /// One item at a time: `1 / time of an item`.
        SERIAL("one strand"),
        /// Several strands, all of them busy: `strands / time of an item`.
        WORKERS("its workers"),
        /// The strand that has the busiest key.
        KEY("the busiest key"),
        /// A resource of which stages said that they use it: `its limit / time of an item`.
        RESOURCE("a resource"),
        /// A rate that was asked for.
        RATE("a rate limit"),
        /// Everybody waits for the source.
        SOURCE("the source");

        private final String words;

        Cause(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /// Nothing sets a limit.
    static final Limit NONE = new Limit(Double.POSITIVE_INFINITY, Cause.CORES, "");

    /// The lower of the two.
    Limit and(Limit other) {
        return other.rate < rate ? other : this;
    }
}
