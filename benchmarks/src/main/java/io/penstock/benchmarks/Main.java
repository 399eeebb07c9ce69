// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks;

import io.penstock.benchmarks.rivals.Rivals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/// Runs the benchmarks with JMH's own arguments (a pattern of names, `-f`, `-i`, `-rff`, …) and
/// always counts allocation: `gc.alloc.rate.norm` is bytes an operation. With `rivals` as its first
/// argument it runs the kit beside its rivals instead.
public final class Main {
    private Main() {}

    /// Runs what the arguments name; all benchmarks without arguments.
    public static void main(String... arguments)
            throws RunnerException, IOException, InterruptedException {
        if (arguments.length > 0 && arguments[0].equals("rivals")) {
            Rivals.run(List.of(arguments).subList(1, arguments.length));
            return;
        }
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-prof", "gc"));
        org.openjdk.jmh.Main.main(all.toArray(String[]::new));
    }
}
