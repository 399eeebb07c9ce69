// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingStream;

/// Listens to the flight recorder of this machine while a run goes on: who waits for which lock,
/// and for how long the collector of garbage stops everything. Costs time for each wait, so it is
/// for those who ask.
///
/// It hears platform threads only: the recorder of Java 25 has no event for a virtual thread that
/// waits for a monitor or a lock. In a calibrated run it hears the first strand of each stage,
/// which stands for the others. Of a lock of the library it tells the class of the lock, as
/// `ReentrantLock$NonfairSync`, not of its owner.
///
/// Start it before the run, and ask for [#recorded] after it. Confined to one thread; the recorder
/// uses one of its own until the end.
public final class Contention implements AutoCloseable {
    /// Waits that are shorter are left out: they are cheaper than being told of them.
    public static final Duration SHORTEST = Duration.ofNanos(10_000);

    /// Where locks of the library park; anything else that parks waits for work, not for a lock.
    private static final String LIBRARY_LOCKS = "java.util.concurrent.locks.";

    /// Kinds of lock and thread that are told apart; further ones are counted together.
    private static final int MOST_KINDS = 1_024;

    private record Kind(String thread, String lock) {}

    private final RecordingStream stream = new RecordingStream();
    private final Map<Kind, long[]> waits = new HashMap<>();
    private long pauseNs;

    private Contention(Duration shortest) {
        stream.enable("jdk.JavaMonitorEnter").withThreshold(shortest).withoutStackTrace();
        stream.enable("jdk.ThreadPark").withThreshold(shortest).withoutStackTrace();
        stream.enable("jdk.GCPhasePause").withoutStackTrace();
        stream.onEvent("jdk.JavaMonitorEnter", event -> wait(event, "monitorClass"));
        stream.onEvent("jdk.ThreadPark", this::park);
        stream.onEvent("jdk.GCPhasePause", event -> pauseNs += event.getDuration().toNanos());
        stream.startAsync();
    }

    /// Begins to listen.
    public static Contention listen() {
        return listen(SHORTEST);
    }

    /// Begins to listen.
    ///
    /// @param shortest waits that are shorter are left out
    public static Contention listen(Duration shortest) {
        return new Contention(shortest);
    }

    private void park(RecordedEvent event) {
        RecordedClass parked = event.getClass("parkedClass");
        if (parked != null && parked.getName().startsWith(LIBRARY_LOCKS)) {
            wait(event, "parkedClass");
        }
    }

    private void wait(RecordedEvent event, String classField) {
        RecordedThread thread = event.getThread();
        RecordedClass lock = event.getClass(classField);
        String threadName = thread == null ? null : thread.getJavaName();
        Kind kind =
                new Kind(threadName == null ? "" : threadName, lock == null ? "" : lock.getName());
        if (waits.size() >= MOST_KINDS && !waits.containsKey(kind)) {
            kind = new Kind("", "other");
        }
        long[] sums = waits.computeIfAbsent(kind, _ -> new long[2]);
        sums[0]++;
        sums[1] += event.getDuration().toNanos();
    }

    /// Ends listening and gives what was heard. Waits until the recorder has handed over all of it.
    public Recorded recorded() {
        stream.stop();
        List<LockWait> locks = new ArrayList<>();
        waits.forEach(
                (kind, sums) ->
                        locks.add(new LockWait(kind.thread(), kind.lock(), sums[0], sums[1])));
        locks.sort((a, b) -> Long.compare(b.waitNs(), a.waitNs()));
        return new Recorded(locks, pauseNs);
    }

    /// Ends listening.
    @Override
    public void close() {
        stream.close();
    }
}
