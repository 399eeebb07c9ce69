// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

/// The edges of one strategy worker. [#giveUp] is for everybody.
///
/// @param data feed to worker
/// @param orderEvents OMS to worker
/// @param requests worker to OMS
record WorkerEdges(SessionEdge data, SessionEdge orderEvents, SessionEdge requests)
        implements AutoCloseable {
    /// Nobody waits for this worker any more, neither the feed nor the OMS: what is on its edges is
    /// dropped, and counted.
    void giveUp() {
        orderEvents.abandon();
        data.abandon();
        requests.abandon(); // the last, for it is the OMS that is to see all of it
    }

    /// Whether the worker was given up.
    boolean isGivenUp() {
        return orderEvents.ring().isCancelled();
    }

    @Override
    public void close() {
        data.close();
        orderEvents.close();
        requests.close();
    }
}
