// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The streams of a Binance recording, numbered by first appearance. A message without the wrapper
/// of combined streams gets the name that its stream would have. Confined to one strand.
final class StreamNames {
    /// The layout of an event holds no more.
    static final int MAX_STREAMS = 1 << 16;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, String> bareNames = new HashMap<>();

    /// The number of the stream of a message that is understood and is no snapshot.
    int of(BinanceMessage message, Place place) {
        String name = message.stream;
        return number(name == null || name.isBlank() ? bareName(message) : name, place);
    }

    /// The number of a stream.
    int number(String name, Place place) {
        Integer number = numbers.get(name);
        if (number == null) {
            if (names.size() == MAX_STREAMS) {
                throw place.error("more than " + MAX_STREAMS + " streams", "Split the recording");
            }
            number = names.size();
            numbers.put(name, number);
            names.add(name);
        }
        return number;
    }

    private String bareName(BinanceMessage message) {
        String suffix =
                switch (message.kind()) {
                    case DEPTH, SNAPSHOT -> "@depth";
                    case QUOTE -> "@bookTicker";
                    case TRADE -> "@trade";
                    case AGGREGATE_TRADE -> "@aggTrade";
                    case OTHER -> "@other";
                };
        String key = message.symbol + suffix;
        return bareNames.computeIfAbsent(key, name -> name.toLowerCase(Locale.ROOT));
    }

    /// All names; the place is the number.
    List<String> names() {
        return List.copyOf(names);
    }
}
