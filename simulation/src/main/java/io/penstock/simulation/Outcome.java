// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import static java.util.stream.Collectors.joining;

import java.util.List;

/// How a run ended. `toString` says it in words.
public sealed interface Outcome {
    /// Every strand has ended.
    record Done() implements Outcome {
        @Override
        public String toString() {
            return "done";
        }
    }

    /// A strand ended with a failure that nobody caught.
    ///
    /// @param strand label of the strand
    record Failed(String strand, Throwable cause) implements Outcome {
        @Override
        public String toString() {
            return "failed: " + strand + ": " + cause;
        }
    }

    /// Strands are left, none can run, and none waits for a moment.
    record Deadlock(List<Waiting> waiting) implements Outcome {
        public Deadlock {
            waiting = List.copyOf(waiting);
        }

        @Override
        public String toString() {
            return waiting.stream()
                    .map(each -> "\n  " + each)
                    .collect(joining("", "deadlock: nobody can go on", ""));
        }
    }

    /// One strand of a deadlock.
    ///
    /// @param strand label of the strand
    /// @param on what it parks on, in words
    /// @param line the line of its program that waits; empty when it was not looked for
    record Waiting(String strand, String on, String line) {
        @Override
        public String toString() {
            return strand + " waits for " + on + (line.isEmpty() ? "" : " at " + line);
        }
    }

    /// Strands still run after the most steps or the most virtual time that a run may have.
    ///
    /// @param limit the limit in words
    /// @param alive the strands that have not ended, and what those wait for that wait
    record Livelock(String limit, List<String> alive) implements Outcome {
        public Livelock {
            alive = List.copyOf(alive);
        }

        @Override
        public String toString() {
            return "livelock: no end after " + limit + "; still there: " + String.join(", ", alive);
        }
    }

    /// Code waited, or ran, outside the scheduler's sight: a lock, queue, sleep or thread that is
    /// not the kit's, or a computation that never comes back to it.
    ///
    /// @param thread the strand or thread
    /// @param what what it did
    /// @param line the line that did it
    /// @param remedy what to do instead
    record Escaped(String thread, String what, String line, String remedy) implements Outcome {
        /// The same, of a run that then failed, perhaps because of it.
        Escaped before(Failed failed) {
            return new Escaped(thread, what, line, remedy + "; then it " + failed);
        }

        @Override
        public String toString() {
            return "escaped: " + thread + " " + what + " at " + line + "; " + remedy;
        }
    }

    /// The same choices gave two different runs: the program decides by something that is not the
    /// scheduler's, such as the clock, a random number of its own, or the order of hash codes.
    ///
    /// @param step number of the first step that differs; 0 when none that is told does
    record Nondeterministic(int step, String first, String second) implements Outcome {
        @Override
        public String toString() {
            String where = step == 0 ? "what is not told of the steps" : "step " + step;
            return "nondeterministic: "
                    + where
                    + " differs when repeated\n  first:  "
                    + first
                    + "\n  second: "
                    + second;
        }
    }

    /// Whether nothing is wrong.
    default boolean isDone() {
        return this instanceof Done;
    }
}
