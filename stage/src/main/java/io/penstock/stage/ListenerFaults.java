// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/// What the listeners of a run throw, which must not change how it ends: the first of each listener
/// at each place is logged with its stack, the others are counted. Safe for use by any strand.
public final class ListenerFaults {
    private static final Logger LOGGER = System.getLogger(ListenerFaults.class.getName());

    private final String pipeline;

    /// Those that were not logged, by listener and place.
    private final ConcurrentMap<String, LongAdder> unlogged = new ConcurrentHashMap<>();

    /// @param pipeline name of the pipeline that runs
    public ListenerFaults(String pipeline) {
        this.pipeline = pipeline;
    }

    /// Calls a listener. Throws nothing.
    ///
    /// @param listener what it listens to
    /// @param place name of the stage or edge that it is called for
    public void call(String listener, String place, Runnable action) {
        try {
            action.run();
        } catch (Throwable e) { // checked ones, too, of languages that let them
            threw(listener + ", pipeline=" + pipeline + ", at=" + place, e);
        }
    }

    private void threw(String who, Throwable what) {
        LongAdder known = unlogged.putIfAbsent(who, new LongAdder());
        if (known != null) {
            known.increment();
        } else {
            LOGGER.log(
                    Level.ERROR,
                    "listener threw, and will only be counted from here on: listener=" + who,
                    what);
        }
    }

    /// Logs how many were not logged so far.
    public void sum() {
        unlogged.forEach(
                (who, count) -> {
                    long times = count.sumThenReset();
                    if (times > 0) {
                        LOGGER.log(
                                Level.ERROR,
                                "listener threw again: times=" + times + ", listener=" + who);
                    }
                });
    }
}
