// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.EdgeStatistics;
import io.penstock.stage.StageStatistics;
import io.penstock.trading.OmsStatistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The accounts of a session. Immutable.
///
/// @param stages feed, workers, OMS and venue
/// @param edges all edges; exact unless the session is stuck
/// @param workers what each strategy asked for
/// @param stalls strategies that were given up because a callback did not return in time, or too
///   many order events were left unread
/// @param oms what the OMS did; null when it has not ended
/// @param orderLogHash hash of the order log; empty when the OMS has not ended
public record SessionStatistics(
        List<StageStatistics> stages,
        List<EdgeStatistics> edges,
        List<WorkerResult> workers,
        List<WorkerStall> stalls,
        @Nullable OmsStatistics oms,
        String orderLogHash) {
    public SessionStatistics {
        stages = List.copyOf(stages);
        edges = List.copyOf(edges);
        workers = List.copyOf(workers);
        stalls = List.copyOf(stalls);
    }

    /// What a strategy asked for.
    ///
    /// @param name name of the worker
    /// @param requests requests that it sent
    /// @param requestHash SHA-256 over them, one after the other; empty when the worker has not
    ///   ended
    public record WorkerResult(String name, long requests, String requestHash) {}

    /// A strategy that was given up.
    ///
    /// @param worker name of the worker
    /// @param message why, in which callback, at which of the user's lines
    /// @param stack what its strand did, innermost frame first; empty when it cannot be told
    public record WorkerStall(String worker, String message, List<StackTraceElement> stack) {
        public WorkerStall {
            stack = List.copyOf(stack);
        }
    }
}
