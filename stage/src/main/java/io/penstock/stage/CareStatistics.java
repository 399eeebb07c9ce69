// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

/// What the [Care] of a stage has done so far.
///
/// @param failed items whose last attempt failed, or whose only one did
/// @param skipped those of them that were left out
/// @param deadLettered those of them that the dead letters took
/// @param retried attempts after the first
/// @param timedOut attempts whose time was over before they ended
public record CareStatistics(
        long failed, long skipped, long deadLettered, long retried, long timedOut) {}
