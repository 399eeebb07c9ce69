// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

/// The kind of thread that carries a strand.
public enum StrandKind {
    /// A thread of the operating system: for work that keeps a core busy.
    PLATFORM,
    /// A virtual thread: for work that mostly waits.
    VIRTUAL
}
