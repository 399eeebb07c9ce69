// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// What happened in a run: always as one number, and on request in words. Confined to the holder of
/// the baton.
final class Trace {
    private static final int MOST_FIRST = 400;
    private static final int MOST_LAST = 100;
    private static final long NS_IN_MS = 1_000_000;

    private final boolean speaks;
    private final List<String> first = new ArrayList<>();
    private final ArrayDeque<String> last = new ArrayDeque<>();
    private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private boolean isNaming;
    private String latest = "";
    private int times;
    private long skipped;
    private long hash = 17;

    Trace(boolean speaks) {
        this.speaks = speaks;
    }

    boolean speaks() {
        return speaks;
    }

    void mix(long value) {
        long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
        hash = mixed ^ (mixed >>> 29);
    }

    /// A number that tells runs apart.
    long hash() {
        return hash;
    }

    void say(String line) {
        if (line.equals(latest)) {
            times++;
            return;
        }
        write();
        latest = line;
        times = 1;
    }

    /// Notes what was said last.
    private void write() {
        if (times == 0) {
            return;
        }
        String line = times == 1 ? latest : latest + ", " + times + " times";
        times = 0;
        if (first.size() < MOST_FIRST) {
            first.add(line);
            return;
        }
        last.add(line);
        if (last.size() > MOST_LAST) {
            last.remove();
            skipped++;
        }
    }

    /// All that was said, in order; of long runs the beginning and the end.
    List<String> words() {
        write();
        List<String> words = new ArrayList<>(first);
        if (skipped > 0) {
            words.add("... " + skipped + " steps ...");
        }
        words.addAll(last);
        return words;
    }

    /// What something is called: its `toString`, or its class and a number where it has none of its
    /// own.
    String nameOf(Object thing) {
        isNaming = true;
        try {
            String text = textOf(thing);
            String type = thing.getClass().getName();
            return text.startsWith(type + "@") ? numbered(thing, type) : text;
        } finally {
            isNaming = false;
        }
    }

    private static String textOf(Object thing) {
        try {
            return String.valueOf(thing);
        } catch (RuntimeException e) { // it must not hide how the run has ended
            return thing.getClass().getName() + "@";
        }
    }

    /// Whether a thing is being asked for its name, which it may find out by operations of the kit:
    /// these are not the program's.
    boolean isNaming() {
        return isNaming;
    }

    private String numbered(Object thing, String type) {
        String known = names.get(thing);
        if (known == null) {
            String simple = type.substring(type.lastIndexOf('.') + 1);
            known = simple + "#" + counts.merge(simple, 1, Integer::sum);
            names.put(thing, known);
        }
        return known;
    }

    /// What the caller does on something, and where.
    String operationOn(Object on) {
        Site site = Site.ofCaller();
        return site.operation() + " on " + nameOf(on) + inBrackets(site);
    }

    /// Where the caller is.
    static String place() {
        return inBrackets(Site.ofCaller());
    }

    private static String inBrackets(Site site) {
        return site.line().isEmpty() ? "" : " (" + site.line() + ")";
    }

    /// A moment since the start of the run.
    static String time(long sinceStartNs) {
        if (sinceStartNs % NS_IN_MS == 0) {
            return sinceStartNs / NS_IN_MS + " ms";
        }
        return sinceStartNs + " ns";
    }
}
