// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

/// Market time: the time of the event that is being handled. Elapsed time of the machine is the
/// scheduler's.
@FunctionalInterface
public interface Clock {
    /// Nanoseconds since 1970 UTC.
    long nowNs();
}
