// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// One of several equal parts of a list, for a machine that cannot try all of it in one night.
///
/// @param number which one, from 1
/// @param count how many there are
record Shard(int number, int count) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

    Shard {
        if (number < 1 || number > count) {
            throw new IllegalArgumentException(
                    "shard must be from 1 to the number of shards: shard=" + number + "/" + count);
        }
    }

    /// Reads `3/10`, the third of ten.
    static Shard parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "shard must be a number and a count, like 3/10: shard=" + text);
        }
        return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /// What belongs to this one. Neighbours go to different ones, and so do those that come after
    /// every round of them: what recurs in the list is spread.
    <T> List<T> of(List<T> all) {
        return IntStream.range(0, all.size())
                .filter(i -> (i + i / count) % count == number - 1)
                .mapToObj(all::get)
                .toList();
    }
}
