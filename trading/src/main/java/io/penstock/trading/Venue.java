// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import io.penstock.channel.SlotSink;
import java.lang.foreign.MemorySegment;

/// Where orders are executed. A simulated venue lives in virtual exchange time: the event loop asks
/// for its next moment, lets it come, and hands over the requests that have reached it. Confined to
/// the thread of the loop.
///
/// Reports ([io.penstock.strategy.OrderReport]) go to the sink in the order in which they happened,
/// with their venue time; the sink copies them and adds the latency of the way back.
public interface Venue {
    /// In place of a next moment that there is not.
    long NEVER = Long.MAX_VALUE;

    /// When something happens next at the venue by itself (an event of the recorded market, an
    /// agent's action, an order's expiry), ns since 1970; [#NEVER] when nothing will.
    long nextTimeNs();

    /// Lets what happens at [#nextTimeNs] happen. One event a call: several may share a time.
    void advance(SlotSink reports);

    /// Takes a request ([OrderRequest]) that arrives now. Expected refusals are reports.
    ///
    /// @param nowNs exchange time of its arrival, not before anything that has happened already
    void onRequest(MemorySegment segment, long offset, long nowNs, SlotSink reports);

    /// Ends the session at this time: what still works is reported as expired, and orders that
    /// arrive afterwards are refused.
    void close(long nowNs, SlotSink reports);
}
