// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The place in a program from which the kit was called.
///
/// @param operation the operation of the kit, such as `Cell.set`; empty when the program is not in
///   the kit
/// @param line file and line of the program; empty when there is none
record Site(String operation, String line) {
    private static final int MOST_FRAMES = 40;
    private static final List<String> JDK = List.of("java.", "jdk.", "sun.");
    private static final List<String> OF_OTHERS =
            Stream.concat(
                            JDK.stream(),
                            Stream.of(
                                    "org.junit.",
                                    "org.opentest4j.",
                                    "org.assertj.",
                                    "org.hamcrest."))
                    .toList();
    private static final String CHANNEL = "io.penstock.channel.";
    private static final String HERE = Site.class.getPackageName() + ".";

    /// Operations that say nothing by themselves: who calls them is one of the kit's kind.
    private static final List<String> OF_CALLERS = List.of("Scheduler.point", "Scheduler.park");

    private static final List<String> OWN =
            List.of(
                    "SimulatedScheduler",
                    "SimulatedStrand",
                    "Turns",
                    "AliveStrands",
                    "VirtualTime",
                    "Site",
                    "Trace",
                    "Watchdog",
                    "Explorer",
                    "Shrinker",
                    "Simulation");

    /// Where the caller is.
    static Site ofCaller() {
        return StackWalker.getInstance()
                .walk(
                        frames ->
                                of(
                                        frames.limit(MOST_FRAMES)
                                                .map(StackWalker.StackFrame::toStackTraceElement)));
    }

    /// The innermost two lines of a program that a failure has come through: a check that many make
    /// use of is not the same failure each time. Empty where there is none.
    static String placeOf(StackTraceElement[] frames) {
        return Arrays.stream(frames)
                .filter(frame -> !isScheduler(frame.getClassName()))
                .filter(frame -> OF_OTHERS.stream().noneMatch(frame.getClassName()::startsWith))
                .limit(2)
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .collect(joining(" "));
    }

    static Site of(StackTraceElement[] frames) {
        return of(Arrays.stream(frames).limit(MOST_FRAMES));
    }

    private static Site of(Stream<StackTraceElement> frames) {
        String operation = "";
        for (StackTraceElement frame : (Iterable<StackTraceElement>) frames::iterator) {
            String owner = frame.getClassName();
            if (isScheduler(owner)) {
                operation = "Scheduler." + frame.getMethodName();
            } else if (owner.startsWith(CHANNEL)) {
                operation = simple(owner) + "." + frame.getMethodName();
            } else if (JDK.stream().noneMatch(owner::startsWith)) {
                String line = frame.getFileName() + ":" + frame.getLineNumber();
                return new Site(OF_CALLERS.contains(operation) ? name(frame) : operation, line);
            }
        }
        return new Site(operation, "");
    }

    private static boolean isScheduler(String owner) {
        if (!owner.startsWith(HERE)) {
            return false;
        }
        String name = owner.substring(HERE.length());
        int nested = name.indexOf('$');
        return OWN.contains(nested < 0 ? name : name.substring(0, nested));
    }

    /// The method, or the one that a lambda was written in.
    private static String name(StackTraceElement frame) {
        String method = frame.getMethodName();
        String[] parts = method.split("\\$", -1);
        boolean isLambda = parts.length == 3 && parts[0].equals("lambda");
        return simple(frame.getClassName()) + "." + (isLambda ? parts[1] : method);
    }

    /// The class as users know it: which channel it is does not matter.
    private static String simple(String owner) {
        String name = owner.substring(owner.lastIndexOf('.') + 1);
        return owner.startsWith(CHANNEL) && name.endsWith("Channel") ? "Channel" : name;
    }

    @Override
    public String toString() {
        if (line.isEmpty()) {
            return operation;
        }
        return operation.isEmpty() ? line : operation + " (" + line + ")";
    }
}
