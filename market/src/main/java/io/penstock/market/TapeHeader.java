// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import java.util.List;

/// What whoever writes a tape says about it.
///
/// @param instruments the instruments; the id of each is its place in the list
/// @param sources where the events come from, as the user named it
/// @param streams names of the streams; the place in the list is the number in the events (at most
///   65,536)
/// @param keptReference whether [EventKind#REFERENCE] rows are on the tape
/// @param visibleDepth levels a side that the recording shows, 0 when it shows all
public record TapeHeader(
        List<Instrument> instruments,
        List<String> sources,
        List<String> streams,
        boolean keptReference,
        int visibleDepth) {

    static final int MAX_STREAMS = 1 << 16;

    public TapeHeader {
        instruments = List.copyOf(instruments);
        sources = List.copyOf(sources);
        streams = List.copyOf(streams);
        for (int i = 0; i < instruments.size(); i++) {
            if (instruments.get(i).id() != i) {
                throw new IllegalArgumentException(
                        "an instrument's id is its place in the list: place="
                                + i
                                + ", id="
                                + instruments.get(i).id());
            }
        }
        if (streams.size() > MAX_STREAMS) {
            throw new IllegalArgumentException(
                    "a tape has at most 65,536 streams: streams=" + streams.size());
        }
        if (visibleDepth < 0) {
            throw new IllegalArgumentException(
                    "a depth is not negative: visibleDepth=" + visibleDepth);
        }
    }

    /// A header without metadata.
    public static TapeHeader of(List<Instrument> instruments) {
        return new TapeHeader(instruments, List.of(), List.of(), false, 0);
    }

    /// The name of a stream: as given, or its number.
    public String streamName(int stream) {
        return stream < streams.size() ? streams.get(stream) : "stream " + stream;
    }
}
