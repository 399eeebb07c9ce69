// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A contender and how it is run. Immutable.
///
/// @param workload what it is measured at
/// @param name who it is, unique in the workload; of ours begin with `penstock`
/// @param contender makes it, in the virtual machine that measures it; null for a program
/// @param program a Python program and its arguments; empty for a contender
/// @param isOld whether the garbage collector moves what it made into the old generation first
/// @param isPolluted whether four other pipelines run first
/// @param jvmArguments of its virtual machine, beside those of all
public record Variant(
        Workload workload,
        String name,
        @Nullable Callable<? extends Contender> contender,
        List<String> program,
        boolean isOld,
        boolean isPolluted,
        List<String> jvmArguments) {
    /// One that runs in Java.
    public static Variant of(
            Workload workload, String name, Callable<? extends Contender> contender) {
        return new Variant(workload, name, contender, List.of(), false, false, List.of());
    }

    /// One that is a Python program of `src/main/python`.
    public static Variant python(Workload workload, String name, String... program) {
        return new Variant(workload, name, null, List.of(program), false, false, List.of());
    }

    /// The same with its queue in the old generation.
    public Variant old() {
        return new Variant(
                workload, name + ", old generation", contender, program, true, false, jvmArguments);
    }

    /// The same after four other pipelines.
    public Variant polluted() {
        return new Variant(
                workload, name + ", polluted", contender, program, false, true, jvmArguments);
    }

    /// The same in a virtual machine with these arguments.
    public Variant jvm(String... arguments) {
        return new Variant(
                workload, name, contender, program, isOld, isPolluted, List.of(arguments));
    }

    /// Names it among all.
    String id() {
        return workload.id() + "/" + name;
    }

    boolean isOurs() {
        return name.startsWith("penstock");
    }
}
