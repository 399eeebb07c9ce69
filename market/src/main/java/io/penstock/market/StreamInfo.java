// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

/// What a tape knows about one stream of one instrument.
///
/// @param instrument id of the instrument
/// @param stream number of the stream
/// @param name its name
/// @param count events in it
/// @param exchangeTimeBack how often the exchange time was before that of the event before it;
///   events flagged [MarketEvent#RECOVERED] are not judged
/// @param receiveTimeBack the same of the receive time
public record StreamInfo(
        int instrument,
        int stream,
        String name,
        long count,
        long exchangeTimeBack,
        long receiveTimeBack) {}
