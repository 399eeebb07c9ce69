// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

/// A thread as its [Scheduler] knows it: something that runs, parks and can be woken.
public interface Strand {
    /// Name given at the start.
    String name();

    /// False once its body has ended.
    boolean isAlive();

    /// What it is doing now, innermost frame first; empty when it is not running or the scheduler
    /// cannot tell.
    StackTraceElement[] stackTrace();
}
